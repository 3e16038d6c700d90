from __future__ import annotations

import re
from datetime import timedelta

import pytest

from api.console import plots


def test_the_numbers_of_some_days(visitor, accounts, desk, clock):
    desk.reply("昨天")
    clock.pass_(timedelta(days=1))
    desk.route = "unresolved"
    desk.reply("今天")
    desk.reply("今天", session_id="again")
    visitor.sign_in("小坐")
    page = visitor.get("/numbers").text
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "提问 3 对话 3 通知未写明 66.7%" in words
    assert "一半的回答快于 20" in words
    assert 'aria-label="去向：通知未写明 2 问；查通知 1 问；"' in page
    assert "2026-11-26" in page
    assert re.search(r"今天</a></td><td class=\"number\">2<", page)
    assert page.count("<svg") >= 4


def test_a_span_without_questions_says_so(staff):
    page = staff.get("/numbers?since=2020-01-01&until=2020-01-02")
    assert page.status_code == 200
    assert "这段时间没有。" in page.text


@pytest.mark.parametrize("query", ["since=2026-01-02&until=2026-01-01", "since=2020-01-01&until=2026-01-01"])
def test_a_span_that_is_none_or_too_long_is_told(query, staff):
    assert staff.get(f"/numbers?{query}").status_code == 422


def test_the_longest_bar_fills_the_plot_and_the_others_keep_to_scale():
    plot = plots.bars([("a", 10), ("b", 5), ("c", 0)])
    widths = [bar.width for bar in plot.bars]
    assert widths[0] == 2 * widths[1]
    assert widths[2] == 1
    assert all(bar.x + bar.width <= plot.width for bar in plot.bars)
    assert all(bar.y + bar.height <= plot.height for bar in plot.bars)


def test_columns_stand_on_each_other_within_the_scale():
    plot = plots.columns([("1-1", 3, 2), ("1-2", 0, 0), ("1-3", 1, 0)])
    low, high = (bar for bar in plot.bars if bar.label == "1-1")
    assert high.second
    assert high.y + high.height == pytest.approx(low.y, abs=0.2)
    assert low.height == pytest.approx(1.5 * high.height, abs=0.2)
    assert not [bar for bar in plot.bars if bar.label == "1-2"]
    assert min(bar.y for bar in plot.bars) >= min(plot.lines)


@pytest.mark.parametrize("days", [1, 2, 30, 366])
def test_columns_stay_inside_whatever_the_span(days):
    plot = plots.columns([(f"d{n}", n, 1) for n in range(days)])
    assert all(bar.x >= 0 and bar.x + bar.width <= plot.width and bar.y >= 0 for bar in plot.bars)
    assert len([text for text in plot.texts if text.text.startswith("d")]) <= 8


def test_nothing_to_draw_is_an_empty_plot():
    assert plots.bars([]).rows == ()
    assert plots.columns([]).bars == ()


@pytest.mark.parametrize("most", [0, 1, 3, 9, 17, 99, 101, 5_001, 123_456])
def test_the_scale_is_of_whole_numbers_and_not_far_above(most):
    top = plots.columns([("d", most, 0)]).texts[-1].text
    scale = float(top)
    assert scale >= most
    assert scale % 2 == 0
    assert scale <= max(2 * most, 2) or most <= 2
