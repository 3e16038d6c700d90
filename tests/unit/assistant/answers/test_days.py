"""Days are counted for who asks how many, to the days that the answer tells."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.answers.topics import topic_draft
from assistant.compose.grounding import Grounding
from assistant.phrases import load_phrases


def said(pack: Any, topic: str, question: str, as_of: date, *categories: str) -> str:
    draft = topic_draft(pack, pack.topic(topic), categories, question, as_of, load_phrases())
    verified = Grounding(pack.tree, pack.notice).verify(draft.sentences)
    assert not verified.rejected
    return "".join(sentence.text for sentence in verified.kept)


@pytest.mark.parametrize(
    ("topic", "category", "question", "days"),
    [
        ("applicant-deadline", "platform", "离平台报名结束还有几天", "距2月28日还有8天"),
        ("applicant-deadline", "benchmark_factory", "标杆还能报多少天", "距2月28日还有8天"),
        ("bureau-deadline", "star_cloud", "上云推荐截止还剩几天", "距4月17日还有56天"),
        ("bureau-deadline", "platform", "离推荐截止还有多久", "距3月15日还有23天"),
        ("applicant-deadline", "platform", "6号开28号关，共多少天", "当天是22天"),
        ("window-length", "platform", "2月6号到月底一共几天", "不含2月28日当天是22天，含当天是23天"),
    ],
)
def test_days_are_counted_where_asked(pack: Any, topic: str, category: str, question: str, days: str) -> None:
    assert days in said(pack, topic, question, date(2023, 2, 20), category)


@pytest.mark.parametrize(
    "question", ["平台什么时候截止", "截止前几天人多吗", "还有几个附件", "离得远，能寄吗"]
)
def test_none_are_counted_where_none_are_asked(pack: Any, question: str) -> None:
    assert "天" not in said(pack, "applicant-deadline", question, date(2023, 2, 20), "platform")


@pytest.mark.parametrize("as_of", [date(2023, 2, 28), date(2023, 3, 1)])
def test_none_are_left_once_the_day_has_come(pack: Any, as_of: date) -> None:
    assert "还有" not in said(pack, "applicant-deadline", "还有几天截止", as_of, "platform")


def test_what_does_not_tell_the_days_counts_none(pack: Any) -> None:
    assert "23天" not in said(pack, "account-registration", "账号审核要几天", date(2023, 2, 20), "platform")
