from __future__ import annotations

from datetime import date

from assistant.records.numbers import ClauseCount, DayCount

DAY, NEXT = date(2023, 2, 20), date(2023, 2, 21)


def test_the_days_are_counted(records, say, clock):
    for milliseconds in range(1, 11):
        say("一", seconds=milliseconds / 1000, clauses=("4.2.2", "6") if milliseconds > 8 else ("4.2.2",))
    clock.pass_(days=1)
    say("补贴多少？", route="unresolved", clauses=(), session="s2", channel="b", seconds=0.5)
    say("补贴多少？", route="unresolved", clauses=(), session="s3", channel="b", seconds=0.5)
    last = say("还有吗？", route="unresolved", clauses=(), session="s3", channel="b", seconds=0.5)
    records.feedback.rate(last, "down", visitor="v1")
    numbers = records.numbers.summary(DAY, NEXT)
    assert numbers.days == (DayCount(DAY, 10, 0), DayCount(NEXT, 3, 3))
    assert (numbers.questions, numbers.sessions, numbers.unresolved_share) == (13, 3, 3 / 13)
    assert numbers.routes == {"lookup": 10, "unresolved": 3}
    assert numbers.channels == {"demo": 10, "b": 3}
    assert numbers.ratings == {"down": 1}
    assert numbers.verdicts == {}
    assert numbers.tickets == {"open": 3}
    assert numbers.top_clauses == (ClauseCount("jiangsu", "4.2.2", 10), ClauseCount("jiangsu", "6", 2))
    assert numbers.top_unresolved == (("补贴多少？", 2), ("还有吗？", 1))
    assert numbers.latency_ms == {"p50": 7, "p90": 500, "p95": 500, "p99": 500}


def test_a_span_or_channel_leaves_the_rest_out(records, say, clock):
    say("一", route="unresolved")
    clock.pass_(days=1)
    say("二", channel="b", seconds=0.003)
    assert records.numbers.summary(DAY, DAY).routes == {"unresolved": 1}
    assert records.numbers.summary(DAY, DAY).tickets == {"open": 1}
    assert records.numbers.summary(NEXT, NEXT).tickets == {}
    of_b = records.numbers.summary(DAY, NEXT, channel="b")
    assert (of_b.questions, of_b.tickets, of_b.latency_ms["p99"]) == (1, {}, 3)


def test_without_questions_there_are_no_shares(records):
    empty = records.numbers.summary(DAY, NEXT)
    assert (empty.questions, empty.unresolved_share, empty.latency_ms, empty.days) == (0, 0.0, {}, ())
