"""Numbered citations and the text as it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.compose.draft import Draft
from assistant.compose.sentences import Sentence
from assistant.phrases import Phrases
from assistant.reply import ShownCitation
from knowledge.pack import Pack
from knowledge.values import find_values

_QUOTE_LENGTH = 120


def render(
    draft: Draft, sentences: Iterable[Sentence], pack: Pack, phrases: Phrases
) -> tuple[str, tuple[ShownCitation, ...]]:
    """The text with markers [1] [2] … and the citations behind them, in the order of first use."""
    markers: dict[str, int] = {}
    support: dict[str, str] = {}
    text = ""
    for sentence in sentences:
        for clause in sentence.clauses:
            markers.setdefault(clause, len(markers) + 1)
            support[clause] = support.get(clause, "") + sentence.text
        text += _marked(sentence, markers) + ("\n" if sentence.breaks else "")
    citations = tuple(
        ShownCitation(
            marker=marker,
            pack=pack.notice.id,
            document=pack.notice.document,
            clause_id=clause,
            label=pack.tree.get(clause).label,
            quote=as_printed(pack.tree.get(clause).text, draft.quotes.get(clause, ()))
            or best_quote(pack.tree.get(clause).text, support[clause]),
        )
        for clause, marker in markers.items()
    )
    text = text.strip()
    if draft.basis and citations:
        lines = [phrases.quote.format(marker=c.marker, label=c.label, quote=c.quote) for c in citations]
        text += f"\n{phrases.basis}\n" + "\n".join(lines)
    return text, citations


def _marked(sentence: Sentence, markers: dict[str, int]) -> str:
    marks = "".join(f"[{markers[clause]}]" for clause in sentence.clauses)
    body = re.match(r"(.*?)([。！？：；]?)$", sentence.text, re.DOTALL)
    assert body is not None  # noqa: S101 - the pattern matches any text
    return f"{sentence.lead}{body[1]}{marks}{body[2]}"


def as_printed(clause: str, pieces: Sequence[str]) -> str:
    """The clause's own characters from the first to the last of the pieces that stand in it, white space aside."""
    places = [n for n, character in enumerate(clause) if not character.isspace()]
    squeezed = "".join(clause.split())
    wanted = ["".join(piece.split()) for piece in pieces]
    spans = [
        (start, start + len(piece)) for piece in wanted if piece and (start := squeezed.find(piece)) >= 0
    ]
    if not spans:
        return ""
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    return clause[places[first] : places[last - 1] + 1]


def best_quote(clause: str, claim: str) -> str:
    """The shortest run of the clause's lines or sentences that carries the claim; the whole of a short clause."""
    wanted = {value.key for value in find_values(claim)}
    lines = [line for line in clause.split("\n") if line.strip()]
    carried = [n for n, line in enumerate(lines) if wanted & {v.key for v in find_values(line)}]
    if len(lines) > 1 and carried:
        return "\n".join(lines[carried[0] : carried[-1] + 1])
    if len(clause) <= _QUOTE_LENGTH:
        return clause
    pieces = re.findall(r"[^。；\n]+[。；\n]?", clause)
    grams = {claim[i : i + 2] for i in range(len(claim) - 1)}

    def worth(piece: str) -> float:
        values = sum(value.key in wanted for value in find_values(piece))
        return 5 * values + sum(piece[i : i + 2] in grams for i in range(len(piece) - 1))

    best = max(range(len(pieces)), key=lambda n: (worth(pieces[n]), -n))
    carrying = [
        n for n, piece in enumerate(pieces) if n == best or wanted & {v.key for v in find_values(piece)}
    ]
    return "".join(pieces[min(carrying) : max(carrying) + 1]).strip()
