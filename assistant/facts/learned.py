"""What a phrase states, learned from phrases that people said (said/*.jsonl of a pack).

The readers' patterns hold what is regular in language; this holds what is not (账目清清爽爽, 还停在PPT上). One linear
machine for each yes-or-no fact and each of its values, over character n-grams and the sentence embedding. What
is not clearly stated is left to be asked.
"""

from __future__ import annotations

import copy
import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.facts.levels import marked_levels
from knowledge.cues import Gazetteer
from knowledge.said import Said

Matrix = npt.NDArray[np.float32]
Encode = Callable[[list[str]], Matrix]
State = tuple[str, bool | int]
"""A yes-or-no fact and its value, or a level of which none is held (0)."""

LONGEST_GRAM = 4
SIGNS_COUNT = 20
FORMAT = 3


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
    clear_no: float = 0.3
    elsewhere: float = 0.5
    beyond_doubt: float = 0.8
    apart: float = 0.35
    """By how much yes and no must differ where both are heard."""


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
class _Machines:
    """`weights` (grams + dimensions, states), `bias` (states,); `grams` gives a gram's row, `idf` its weight."""

    states: tuple[State, ...]
    grams: Mapping[str, int]
    idf: npt.NDArray[np.float64]
    weights: Matrix
    bias: Matrix


class StatementModel:
    """Trained on the phrases of a pack; immutable after construction. `folder` keeps what was trained."""

    def __init__(
        self,
        said: Sequence[Said],
        encode: Encode,
        encoder_name: str,
        folder: Path | None,
        tuning: StatementTuning,
        places: Places,
    ) -> None:
        self.tuning, self._encode, self._places = tuning, encode, places
        roles = marked_levels(said)
        said = [one.model_copy(update={"text": places.masked(one.text)}) for one in said]
        content = [FORMAT, encoder_name, asdict(tuning), [one.model_dump(mode="json") for one in said], roles]
        digest = hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
        file = folder / f"statements-{digest[:16]}.npz" if folder else None
        if file is not None and file.exists():
            self._machines, self._roles = _load(file)
            return
        texts = [one.text for one in said]
        dense = tuning.dense * encode([text.lower() for text in texts]) if texts else _nothing(0)
        self._machines = _trained(texts, dense, [frozenset(one.states) for one in said], tuning)
        marked = [text for text, _ in roles]
        self._roles = _trained(
            marked,
            _nothing(len(marked)),
            [frozenset({(role, True)} if role else ()) for _, role in roles],
            tuning,
        )
        if file is not None:
            _save(file, self._machines, self._roles)

    def tuned(self, tuning: StatementTuning) -> StatementModel:
        """The same machines under other bounds of what is clear."""
        other = copy.copy(self)
        other.tuning = tuning
        return other

    def read(self, phrases: Sequence[str]) -> list[dict[State, float]]:
        """For each phrase how clearly it states what; only states with a margin above zero."""
        if not self._machines.states or not phrases:
            return [{} for _ in phrases]
        phrases = [self._places.masked(phrase) for phrase in phrases]
        dense = self.tuning.dense * self._encode([phrase.lower() for phrase in phrases])
        return [_clear(self._machines, phrase, vector) for phrase, vector in zip(phrases, dense, strict=True)]

    def role(self, marked: str) -> str:
        """The fact of which the marked level is a value, `` where that is not clear (see `marked`)."""
        found = _clear(self._roles, marked, _nothing(1)[0])
        (name, _), margin = max(found.items(), key=lambda item: item[1], default=(("", True), 0.0))
        return name if margin >= self.tuning.clear else ""


def _clear(machines: _Machines, phrase: str, vector: Matrix) -> dict[State, float]:
    margins = machines.bias + vector @ machines.weights[len(machines.grams) :]
    known = [(machines.grams[g], n) for g, n in grams(phrase).items() if g in machines.grams]
    if known:
        rows = np.array([row for row, _ in known])
        values = np.array([1 + math.log(n) for _, n in known]) * machines.idf[rows]
        values /= math.sqrt(float(values @ values))
        margins = margins + values.astype(np.float32) @ machines.weights[rows]
    return {s: float(m) for s, m in zip(machines.states, margins, strict=True) if m > 0}


def _nothing(rows: int) -> Matrix:
    return np.zeros((rows, 0), np.float32)


_DENIES = "没有?|未|不|无|别|勿|非|从未|从没|不曾|谈不上|算不上|哪有|缺乏"
_LACKS = (
    "失信|污点|黑名单|处罚|违法|违规|不良|老赖|被执行|缺|欠|差(?!旅)|乱|亏|停|断|丢|烂|假|脏|糊涂|毛病|问题|瑕疵|短板|漏|退订|下线|注销|空壳|皮包"
    "|外包|分公司|分支|分部|办事处|个体|门市|挂靠|作坊|在建|筹|规划|图纸|地基|动工|施工|半拉|烂尾|外省|省外|不合格|落选|没戏"
)
_HAS = (
    "有|齐|全|好|健全|规范|清楚|明白|稳|成|过|到手|下来|拿到|发了|办妥|办好|建成|投产|上线|认定|评上|入选|符合|满足|达标|对得上|提升|升级|进步|在用|用着"
    "|续费|独立|法人|省内|良好|优秀|专业|强|够|√|✓|ok|行|通过|具备|出了|开了|留着|存着|在手"
)
_SIGNS = (
    ("<denies lack>", re.compile(f"(?:{_DENIES})[^，。,]{{0,4}}?(?:{_LACKS})")),
    ("<denies has>", re.compile(f"(?:{_DENIES})[^，。,]{{0,3}}?(?:{_HAS})")),
    ("<lack>", re.compile(_LACKS)),
    ("<has>", re.compile(_HAS)),
    ("<denies>", re.compile(_DENIES)),
)


def grams(text: str) -> Counter[str]:
    """Character n-grams of the text with its ends marked, and the signs of yes and no that it holds together.

    That 没 turns a 污点 around is in no n-gram by itself; a lack denied is a sign of its own.
    """
    bound = f"^{text.lower()}$"
    found = Counter(bound[i : i + n] for n in range(1, LONGEST_GRAM + 1) for i in range(len(bound) - n + 1))
    signs = [name for name, words in _SIGNS if words.search(bound)]
    if signs:
        # All of them as one: what counts is which stand together.
        found["".join(signs)] = SIGNS_COUNT
    return found


def _trained(
    texts: Sequence[str], dense: Matrix, own: Sequence[frozenset[State]], tuning: StatementTuning
) -> _Machines:
    """One machine a state, over all grams that stand in two phrases or more."""
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415 - heavy, only to train
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    bags = [grams(text) for text in texts]
    frequencies = Counter(gram for bag in bags for gram in bag)
    names = sorted(gram for gram, count in frequencies.items() if count > 1)
    columns = {gram: n for n, gram in enumerate(names)}
    idf = np.array([1.0 + math.log((1 + len(texts)) / (1 + frequencies[gram])) for gram in names])
    rows, cols, values = [], [], []
    for row, bag in enumerate(bags):
        known = [(columns[g], (1 + math.log(n)) * idf[columns[g]]) for g, n in bag.items() if g in columns]
        norm = math.sqrt(sum(value * value for _, value in known)) or 1.0
        rows += [row] * len(known)
        cols += [column for column, _ in known]
        values += [value / norm for _, value in known]
    sparse: Any = csr_matrix((values, (rows, cols)), shape=(len(texts), len(names)))
    features = hstack([sparse, csr_matrix(dense)]).tocsr()
    states = tuple(sorted(set().union(*own))) if own else ()
    machines = []
    for state in states:
        machine = LinearSVC(
            C=tuning.cost, class_weight={True: tuning.stated, False: 1.0}, tol=1e-3, random_state=0
        )
        machine.fit(features, np.array([state in one for one in own]))
        machines.append(np.append(machine.coef_[0], machine.intercept_))
    width = len(names) + dense.shape[1] + 1
    learned = np.array(machines, np.float32).reshape(len(states), width)
    return _Machines(states, columns, idf, learned[:, :-1].T.copy(), learned[:, -1].copy())


def _save(file: Path, *every: _Machines) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    kept: dict[str, Any] = {}
    for n, machines in enumerate(every):
        kept[f"{n}states"] = np.frombuffer(json.dumps(machines.states).encode(), np.uint8)
        kept[f"{n}grams"] = np.frombuffer(json.dumps(list(machines.grams)).encode(), np.uint8)
        kept |= {f"{n}idf": machines.idf, f"{n}weights": machines.weights, f"{n}bias": machines.bias}
    part = file.with_suffix(".part")
    with part.open("wb") as stream:
        np.savez(stream, **kept)
    part.replace(file)


def _load(file: Path) -> tuple[_Machines, _Machines]:
    with np.load(file, allow_pickle=False) as kept:

        def machines(n: int) -> _Machines:
            states = tuple((name, value) for name, value in json.loads(kept[f"{n}states"].tobytes().decode()))
            names = json.loads(kept[f"{n}grams"].tobytes().decode())
            columns = {gram: row for row, gram in enumerate(names)}
            return _Machines(states, columns, kept[f"{n}idf"], kept[f"{n}weights"], kept[f"{n}bias"])

        return machines(0), machines(1)
