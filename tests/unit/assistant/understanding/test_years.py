"""今年, asked in another year than the notice's, is that year."""

from __future__ import annotations

import pytest

from assistant.understanding.message import read_message
from assistant.understanding.years import with_this_year_named


@pytest.mark.parametrize(
    ("said", "today", "read"),
    [
        ("今年五星上云几号开始", 2026, "2026年五星上云几号开始"),
        ("本年度还收平台吗", 2025, "2025年还收平台吗"),
        ("今年五星上云几号开始", 2023, "今年五星上云几号开始"),
        ("我们今年满三年，能报吗", 2026, "我们今年满三年，能报吗"),
        ("今年刚注册", 2026, "今年刚注册"),
    ],
)
def test_this_year_is_written_out_where_it_is_not_the_notices(said: str, today: int, read: str) -> None:
    assert with_this_year_named(read_message(said), today, 2023).plain == read
