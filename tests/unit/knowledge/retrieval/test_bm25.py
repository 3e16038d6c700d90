from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.retrieval.bm25 import KeywordLeg

TEXTS = [["截止", "日期"], ["联系", "方式", "电话"], ["电话", "电话"], []]


def test_a_text_scores_by_the_words_it_shares_and_a_rare_word_more():
    scores = KeywordLeg.build(TEXTS).scores(["截止", "电话"], [])
    assert scores[0] > scores[1] > scores[3] == 0
    assert scores[2] > scores[1]


def test_an_implied_word_counts_less_than_one_asked_for():
    leg = KeywordLeg.build(TEXTS)
    asked, implied = leg.scores(["截止"], []), leg.scores([], ["截止"])
    assert asked[0] > implied[0] > 0


def test_a_leg_reads_back_what_it_saved(tmp_path):
    leg = KeywordLeg.build(TEXTS)
    leg.save(tmp_path / "leg")
    again = KeywordLeg.load(tmp_path / "leg", len(TEXTS))
    assert np.array_equal(again.scores(["电话"], ["方式"]), leg.scores(["电话"], ["方式"]))


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_texts_without_words_are_never_found(texts):
    scores = KeywordLeg.build(texts).scores(["电话"], ["截止"])
    assert scores.tolist() == [0.0] * len(texts)


WORDS = st.lists(st.sampled_from(["甲", "乙", "丙", "丁"]), max_size=6)


@given(st.lists(WORDS, min_size=1, max_size=6), WORDS, WORDS)
def test_scores_lie_between_nothing_and_one_and_more_words_never_lower_them(texts, asked, implied):
    leg = KeywordLeg.build(texts)
    scores = leg.scores(asked, implied)
    assert scores.shape == (len(texts),)
    assert ((scores >= 0) & (scores < 1)).all()
    assert (leg.scores([*asked, "甲"], implied) >= scores).all()
