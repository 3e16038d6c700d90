from __future__ import annotations


def test_entries_are_read_newest_first_and_by_actor_or_subject(records, clock):
    records.audit.record("li", "a.b", "thing 1", {"x": 1}, {"x": "二"})
    clock.pass_(hours=1)
    records.audit.record("wang", "a.c", "thing 1")
    records.audit.record("wang", "a.c", "thing 2")
    assert [entry.subject for entry in records.audit.list()] == ["thing 2", "thing 1", "thing 1"]
    assert [entry.subject for entry in records.audit.list(actor="li")] == ["thing 1"]
    assert records.audit.count(subject="thing 1") == 2
    assert [entry.actor for entry in records.audit.list(offset=1, limit=1)] == ["wang"]
    oldest = records.audit.list(actor="li")[0]
    assert (oldest.before, oldest.after) == ({"x": 1}, {"x": "二"})
    assert (clock.now - oldest.at).total_seconds() == 3600
