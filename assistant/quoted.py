"""A reply as plain lines: what is said, then the clauses that it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from assistant.phrases import load_phrases
from assistant.reply import ChatReply

_phrases = cache(load_phrases)


def reply_lines(reply: ChatReply) -> Iterator[str]:
    """The answer, then the clauses that it stands on."""
    yield spoken(reply)
    if reply.citations:
        yield ""
        yield from citation_lines(reply)


def spoken(reply: ChatReply) -> str:
    """The text up to the list of clauses, with which some texts end."""
    return reply.text.partition(f"\n{_phrases().basis}\n")[0]


def citation_lines(reply: ChatReply) -> Iterator[str]:
    """The heading 依据 with the documents, then one line a citation."""
    phrases = _phrases()
    documents = "、".join(dict.fromkeys(citation.document for citation in reply.citations))
    yield f"{phrases.basis}（{documents}）"
    for citation in reply.citations:
        yield phrases.quote.format(marker=citation.marker, label=citation.label, quote=citation.quote)
