"""What a phrase states and whose values it mentions, learned from phrases that people said (said/*.jsonl of a pack).

The readers' patterns hold what is regular in language; this holds what is not (账目清清爽爽, 还停在PPT上, 公司刚过两周岁).
One linear machine for each yes-or-no fact and each of its values, and one for each fact with a date, a sum, a
count or a level, over character n-grams and the sentence embedding. What is not clear is left to be asked.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.facts.learned.grams import grams, mention_grams
from assistant.facts.learned.lessons import State, ValueLesson, states_told, value_lessons
from assistant.facts.learned.machines import Machines, Matrix, from_arrays, trained
from assistant.facts.learned.mentions import Kind, facts_of
from assistant.kept_arrays import keep_arrays, kept_arrays
from knowledge.cues import FactCues
from knowledge.facts import FactSchema
from knowledge.gazetteer import Gazetteer
from knowledge.said import Said

Encode = Callable[[list[str]], Matrix]

FORMAT = 4


@dataclass(frozen=True, slots=True)
class StatementTuning:
    """Chosen by cross-validation over the phrases.

    `dense` weighs the embedding beside the n-grams. A yes counts from `clear` on, a no, which may shut an
    applicant out, from `clear_no` on; both from `elsewhere` on outside the category under discussion, and from
    `beyond_doubt` on against what the patterns read.
    """

    dense: float = 1.2
    cost: float = 1.0
    stated: float = 2.0
    clear: float = 0.2
    clear_no: float = 0.45
    elsewhere: float = 0.5
    beyond_doubt: float = 0.8
    wholly_asked: float = 0.8
    """From where on what a phrase that does nothing but ask (赶得上省重点平台吗) is taken to state something."""
    apart: float = 0.35
    """By how much yes and no must differ where both are heard."""
    valued: float = 0.3
    """From where on a mentioned value is taken for that of a fact; `disowned`: below, no pattern is believed."""
    disowned: float = -1.3
    expected: float = 0.3
    """By how much a value is taken the sooner for that of a fact asked for or said last."""
    value_dense: float = 1.0
    value_stated: float = 1.5


class Places:
    """Names of places become one of two words, inside or outside the province: which city it is tells nothing more."""

    def __init__(self, gazetteer: Gazetteer, province: str) -> None:
        self._gazetteer, self._province = gazetteer, province

    def masked(self, text: str) -> str:
        """The text with 泰州 as 省内 and 杭州 as 省外."""
        owners = self._gazetteer.province_of
        return self._gazetteer.names.sub(
            lambda match: "省内" if owners[match.group()] == self._province else "省外", text
        )


@dataclass(frozen=True, slots=True)
class _Lessons:
    """What the phrases teach: their texts with places masked, the states that each tells, and the values mentioned."""

    texts: list[str]
    states: list[frozenset[State]]
    values: list[ValueLesson]

    @classmethod
    def of(cls, said: Sequence[Said], schema: FactSchema, cues: FactCues, places: Places) -> _Lessons:
        """Read from the phrases: some 0.2 ms each."""
        return cls(
            [places.masked(one.text) for one in said],
            [states_told(one, cues) for one in said],
            value_lessons(said, schema, cues),
        )

    def digest(self, encoder_name: str, tuning: StatementTuning) -> str:
        """Changes whenever something else might be learned."""
        content = [FORMAT, encoder_name, asdict(tuning), self.texts, [sorted(told) for told in self.states]]
        content.append([(lesson.words, lesson.kind.value, lesson.fact) for lesson in self.values])
        return _digest(content)


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _file(folder: Path, digest: str) -> Path:
    return folder / f"statements-{digest[:16]}.npz"


def _kept(folder: Path | None, digest: str) -> Mapping[str, npt.NDArray[Any]] | None:
    return kept_arrays(_file(folder, digest)) if folder and digest else None


def _note(folder: Path | None, sources: Sequence[object]) -> Path | None:
    """Where the digest of the lessons stands that were read from these sources."""
    return folder / f"lessons-{_digest(sources)[:16]}.txt" if folder else None


def _noted(note: Path | None) -> str:
    try:
        return note.read_text(encoding="ascii") if note else ""
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


class StatementModel:
    """Trained on the phrases of a pack; immutable after construction. `folder` keeps what was trained.

    `said` loads the phrases, `encode_kept` embeds them, `encode` what is read later. `made_of` names all that the phrases, the schema,
    the cues and the way to read them come from: what it taught before is found by it, and no phrase is loaded.
    """

    def __init__(
        self,
        said: Callable[[], Sequence[Said]],
        schema: FactSchema,
        cues: FactCues,
        encode: Encode,
        encoder_name: str,
        folder: Path | None,
        tuning: StatementTuning,
        encode_kept: Encode | None = None,
        made_of: str = "",
    ) -> None:
        self.tuning, self._encode, self._cues = tuning, encode, cues
        self._places = Places(cues.gazetteer, cues.place.province if cues.place else "")
        note = _note(folder, [FORMAT, encoder_name, asdict(tuning), made_of]) if made_of else None
        kept = _kept(folder, _noted(note))
        if kept is None:
            lessons = _Lessons.of(said(), schema, cues, self._places)
            digest = lessons.digest(encoder_name, tuning)
            kept = _kept(folder, digest)
            if kept is None:
                kept = self._learned(lessons, encode_kept)
                if folder is not None:
                    keep_arrays(_file(folder, digest), kept)
            if note is not None:
                with suppress(OSError):  # where nothing may be written the phrases are read again
                    note.write_text(digest, encoding="ascii")
        self._states: Machines[State] = from_arrays(kept, "states")
        self._values: Machines[str] = from_arrays(kept, "values")

    def tuned(self, tuning: StatementTuning) -> StatementModel:
        """The same machines under other bounds of what is clear."""
        other = copy.copy(self)
        other.tuning = tuning
        return other

    def read(self, phrases: Sequence[str]) -> list[dict[State, float]]:
        """For each phrase how clearly it states what; only states with a margin above zero."""
        if not self._states.labels or not phrases:
            return [{} for _ in phrases]
        phrases = [self._places.masked(phrase) for phrase in phrases]
        dense = self._dense(phrases, self.tuning.dense)
        margins = [
            self._states.margins(grams(phrase), vector) for phrase, vector in zip(phrases, dense, strict=True)
        ]
        return [{state: margin for state, margin in found.items() if margin > 0} for found in margins]

    def owners(self, words: Sequence[str], kinds: Sequence[Kind]) -> list[dict[str, float]]:
        """For each mention in its masked words how clearly it is a value of each fact that it may be one of."""
        if not self._values.labels or not words:
            return [{} for _ in words]
        dense = self._dense(words, self.tuning.value_dense)
        found = []
        for text, kind, vector in zip(words, kinds, dense, strict=True):
            margins = self._values.margins(mention_grams(text), vector)
            may = facts_of(kind, self._cues)
            found.append({fact: margin for fact, margin in margins.items() if fact in may})
        return found

    def _learned(self, lessons: _Lessons, encode: Encode | None) -> dict[str, npt.NDArray[Any]]:
        states: Machines[State] = trained(
            [grams(text) for text in lessons.texts],
            self._dense(lessons.texts, self.tuning.dense, encode),
            lessons.states,
            cost=self.tuning.cost,
            stated=self.tuning.stated,
        )
        return {**states.arrays("states"), **self._learn_values(lessons.values, encode).arrays("values")}

    def _learn_values(self, lessons: Sequence[ValueLesson], encode: Encode | None) -> Machines[str]:
        may = {kind: facts_of(kind, self._cues) for kind in Kind}
        words = [lesson.words for lesson in lessons]
        return trained(
            [mention_grams(text) for text in words],
            self._dense(words, self.tuning.value_dense, encode),
            [frozenset({lesson.fact} if lesson.fact else ()) for lesson in lessons],
            cost=self.tuning.cost,
            stated=self.tuning.value_stated,
            concerns=lambda row, fact: fact in may[lessons[row].kind],
        )

    def _dense(self, texts: Sequence[str], weight: float, encode: Encode | None = None) -> Matrix:
        if not texts:
            return np.zeros((0, 0), np.float32)
        return (weight * (encode or self._encode)([text.lower() for text in texts])).astype(np.float32)
