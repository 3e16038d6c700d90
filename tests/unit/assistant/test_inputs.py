from __future__ import annotations

import json
import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.inputs import NotJson, parse_day, parse_json

text = st.text(st.characters(exclude_categories=["Cs"]))
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False) | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
)


@given(values, st.booleans())
def test_json_is_read_as_it_was_written(value, ascii_only):
    assert parse_json(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@given(st.binary())
def test_any_bytes_are_json_or_refused(content):
    try:
        value = parse_json(content)
    except NotJson:
        with pytest.raises(ValueError):  # noqa: PT011 - any refusal of the plain reader is ours as well
            json.loads(content.decode("utf-8-sig"), parse_constant=str)
    else:
        assert json.dumps(value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "第 1 行第 1 列"),
        (b'{"a": 1,\n "b" 2}', "第 2 行第 6 列"),
        (b'{"a": 1, "a": 1}', "键重复：a"),
        (b'{"x": {"b": 1, "b": 2}}', "键重复：b"),
        (b'"\xff"', "第 2 字节"),
        (b'"\\udc00"', "代理项"),
        (b"[" * 100_000, "嵌套过深"),
        (b"9" * 10_000, "过长的数字"),
    ],
)
def test_a_refusal_says_why_and_where(content, reason):
    with pytest.raises(NotJson, match=reason):
        parse_json(content)


def test_numbers_that_are_not_finite_are_left_to_the_field_they_stand_in():
    assert math.isnan(parse_json(b'{"n": NaN}')["n"])
    assert math.isinf(parse_json(b'{"n": 1e400}')["n"])


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_is_read(day):
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2023",
        "2023-02",
        "2023-02-30",
        "2023-2-06",
        "20230206",
        "1899-12-31",
        "2101-01-01",
        "２０２３-02-06",
        "2023-02-06\n",
    ],
)
def test_other_texts_are_no_days(written):
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        parse_day(written)
