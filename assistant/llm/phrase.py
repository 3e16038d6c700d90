"""Phrasing: the composed answer in other words, of which only those are let through that say the very same.

The model is given the sentences of the verified draft, each under a token, and hands back sentences that end in
tokens. A token stands for a composed sentence and brings that sentence's citations along: the model never names a
clause. What is kept of its sentence is dress alone (see Wording.bare): figures, conditions, negations, verdicts and
their order are the composed ones, or the sentence goes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.compose.draft import Draft
from assistant.compose.grounding import Grounding
from assistant.compose.sentences import Sentence
from assistant.llm.fence import fenced
from assistant.llm.model import Prompt
from assistant.llm.wording import Wording

MOST_SENTENCES = 16
"""Sentences beyond which an answer is a list, which is not phrased."""
_TOKEN = re.compile(r"⟦c(\d{1,3})⟧")
_STATEMENT = re.compile(r"(?P<text>[^⟦⟧]*)(?P<tokens>(?:⟦c\d{1,3}⟧[ 、，,]*)+)(?P<end>[。！；]?)")
_SENTENCE_END = re.compile(r"(?<=[。！？\n])")
_STUTTER = re.compile(r"[，。；：、！]{2}|^[，。；：、！]")
_ENDS = "。！？：；"


def phrase_prompt(draft: Draft, wording: Wording) -> Prompt | None:
    """The draft as material; None where there is nothing to phrase: nothing cited, or too much.

    The question is not shown: the answer's content is settled, and what a visitor wrote has no say in its words.
    """
    spoken = _spoken(draft.sentences)
    if not any(sentence.clauses for sentence in spoken.values()) or len(spoken) > MOST_SENTENCES:
        return None
    composed = {f"⟦c{number}⟧": sentence.text for number, sentence in spoken.items()}
    return Prompt(wording.tasks.phrase, fenced("内容", composed))


def read_phrased(
    answer: str, draft: Draft, grounding: Grounding, wording: Wording
) -> tuple[Sentence, ...] | None:
    """The sentences that stand the check, in place of the draft's; None where they do not say all that it says."""
    spoken = _spoken(draft.sentences)
    phrased: dict[int, tuple[tuple[int, ...], Sentence]] = {}
    reached = 0
    for text, numbers in _statements(answer):
        sources = [spoken[number] for number in numbers if number in spoken]
        in_order = all(a < b for a, b in zip((reached, *numbers), numbers, strict=False))
        sentence = _same(text, sources, wording) if in_order and len(sources) == len(numbers) else None
        if sentence is None or grounding.verify([sentence], draft.own_words).rejected:
            continue
        phrased[numbers[0]], reached = (numbers, sentence), numbers[-1]
    covered = [number for numbers, _ in phrased.values() for number in numbers]
    if covered != list(spoken):
        return None
    return _in_place(draft.sentences, phrased)


def _spoken(sentences: Sequence[Sentence]) -> Mapping[int, Sentence]:
    """The sentences that have words, by the number of their token; the others are layout and stay where they are."""
    return dict(enumerate((sentence for sentence in sentences if sentence.text), 1))


def _statements(answer: str) -> list[tuple[str, tuple[int, ...]]]:
    """Each text that ends in tokens, with their numbers."""
    found = []
    for match in _STATEMENT.finditer(answer):
        numbers = tuple(dict.fromkeys(int(number) for number in _TOKEN.findall(match["tokens"])))
        found.append((match["text"].lstrip("。！；") + match["end"], numbers))
    return found


def _same(text: str, sources: Sequence[Sentence], wording: Wording) -> Sentence | None:
    """The longest end of `text` that says exactly what its sources say, as a sentence in their place."""
    if not sources or any(source.lead for source in sources[1:]):
        return None
    wanted = wording.bare("".join(source.text for source in sources))
    pieces = [piece for piece in _SENTENCE_END.split(text) if piece.strip()]
    for first in range(len(pieces)):
        said = "".join(line.strip() for line in "".join(pieces[first:]).split("\n"))
        if wording.bare(said) == wanted and not _STUTTER.search(said):
            last = sources[-1].text[-1]
            ended = said if said[-1] in _ENDS or last not in _ENDS else said + last
            return Sentence(
                ended,
                tuple(dict.fromkeys(clause for source in sources for clause in source.clauses)),
                tuple(dict.fromkeys(value for source in sources for value in source.derived)),
                breaks=sources[-1].breaks,
                lead=sources[0].lead,
            )
    return None


def _in_place(
    sentences: Sequence[Sentence], phrased: Mapping[int, tuple[tuple[int, ...], Sentence]]
) -> tuple[Sentence, ...]:
    """The draft with each phrased sentence where the first of its sources stood."""
    placed: list[Sentence] = []
    number = 0
    for sentence in sentences:
        if not sentence.text:
            placed.append(sentence)
            continue
        number += 1
        if number in phrased:
            placed.append(phrased[number][1])
    return tuple(placed)
