"""Patterns that can take exponential time are found, and only they are."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.ambiguity import endless_ambiguity

ENDLESS = [
    "(?:a|aa)*b",
    "(?:a*)*b",
    "(?:ab|a|b)*c",
    "(?:[^x]{1,10}y)*z",
    "(?:a{2}|a{3})*b",
    "(?:x?y?)*z",
    "(?:我们?|我们?是|是)*。",
    "(?:制造|[一-龥]{2,4}制造)*厂",
    "(?:<!--.*?-->)*<html",
    "x(?:(?:a|b)+,?)+y",
]
BOUNDED = [
    "(?:a|b)*c",
    "(?:ab|ac)*d",
    "(?:a++)*+b",
    "(?:a|aa){0,5}b",
    "(?:我们?|是)*。",
    "(?:(?><!--.*?-->))*+<html",
    "[a-z]+@[a-z]+",
    "(?:[0-9]{1,3},)*[0-9]+",
    "(?:的|了)*的",
    "(?=(?:a|b)*c)d*",
]


@pytest.mark.parametrize("pattern", ENDLESS)
def test_a_repetition_that_can_be_cut_in_two_ways_is_found(pattern):
    assert endless_ambiguity(pattern)


@pytest.mark.parametrize("pattern", BOUNDED)
def test_a_repetition_that_can_be_cut_in_one_way_is_let_through(pattern):
    assert endless_ambiguity(pattern) == ""


def test_what_is_no_pattern_is_no_answer():
    with pytest.raises(re.error):
        endless_ambiguity("(a")


words = st.lists(st.text("ab", min_size=1, max_size=3), min_size=1, max_size=5, unique=True)


@settings(max_examples=150, deadline=None)
@given(words)
def test_the_verdict_on_alternatives_is_that_of_counting(alternatives):
    """Ambiguity of (w1|w2|…)* without end is that some text is cut into the words in more than one way."""

    def cuts(text: str) -> int:
        ways = [1] + [0] * len(text)
        for at in range(len(text)):
            for word in alternatives:
                if text.startswith(word, at):
                    ways[at + len(word)] += ways[at]
        return ways[-1]

    texts = {""}
    for _ in range(4):
        texts |= {text + word for text in texts for word in alternatives}
    seen = max(cuts(text) for text in texts) > 1
    found = bool(endless_ambiguity(f"(?:{'|'.join(alternatives)})*c"))
    assert found or not seen


@settings(max_examples=60, deadline=None)
@given(words)
def test_what_is_let_through_ends_soon(alternatives):
    pattern = f"(?:{'|'.join(alternatives)})*c"
    if endless_ambiguity(pattern):
        return
    matcher = re.compile(pattern)
    began = time.process_time()
    for word in alternatives:
        matcher.match(word * 400)
    assert time.process_time() - began < 0.5
