"""Rewriting: 「那发票呢」 after a question about audit reports, as the full question that it is.

The full question only helps to recognise the topic. It may hold nothing but the words of the follow-up, of the last
topic and category, and words of asking; and it must hold all that the follow-up says.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from assistant.llm.fence import fenced
from assistant.llm.model import Prompt
from assistant.llm.wording import Wording

LONGEST = 80
"""Characters beyond which an answer is no question."""
_SIGNS = re.compile(r"[\s\W_]+")


def rewrite_prompt(follow_up: str, subject: str, category: str, wording: Wording) -> Prompt:
    """The follow-up with what it may refer to; `category` is its name, empty for none."""
    context = wording.context.format(subject=subject, category=category or wording.no_category)
    return Prompt(wording.tasks.rewrite, f"{context}\n{fenced('原话', follow_up)}")


def read_rewritten(answer: str, follow_up: str, subject: str, category: str, wording: Wording) -> str | None:
    """The full question; None where it says more than it may, or leaves out what was asked."""
    question = answer.strip().split("\n")[0].strip("「」“”\"' ")
    if not question or len(question) > LONGEST or question == follow_up:
        return None
    rest = _SIGNS.sub("", question)
    own = _words(follow_up, wording)
    if not own or any(word not in rest for word in own):
        return None
    known = sorted(
        {*own, *_words(subject, wording), *_words(category, wording), *wording.asking}, key=len, reverse=True
    )
    for word in known:
        rest = rest.replace(word, "\0")
    return question if not rest.strip("\0") else None


def _words(text: str, wording: Wording) -> list[str]:
    """The words of a text that are not words of asking."""
    pieces = [piece for run in _SIGNS.split(text) for piece in _cutter().cut(run)]
    return [piece for piece in pieces if piece and piece not in wording.asking]


@cache
def _cutter() -> Any:
    from rjieba import Jieba  # noqa: PLC0415 - loads its dictionary, for those with a model

    return Jieba()
