from __future__ import annotations

import pytest

from knowledge.errors import StateConflict, UnknownRecord


@pytest.fixture
def propose(records):
    def proposed(question="谁来评定？", pack="jiangsu", **more):
        given = {"clauses": ("4.2.2",), "topic": None, "note": "", "by": "li"} | more
        return records.exemplars.propose(pack=pack, question=question, **given)

    return proposed


def test_a_proposal_waits_for_its_review_and_is_not_taught(records, propose, clock):
    made = propose(note="见条款", ticket_id=3)
    assert (made.state, made.clauses, made.note, made.ticket_id) == ("proposed", ("4.2.2",), "见条款", 3)
    assert (made.proposed_by, made.proposed_at, made.reviewed_by) == ("li", clock.now, None)
    assert records.exemplars.get(made.id) == made
    assert records.exemplars.list("proposed", ticket_id=3) == (made,)
    assert records.exemplars.taught("jiangsu") == ()
    assert records.exemplars.versions() == {}


def test_an_approved_one_is_taught_in_every_process_until_withdrawn(opened, propose, records):
    other, made = opened(), propose()
    approved = records.exemplars.approve(made.id, "wang")
    assert (approved.state, approved.reviewed_by) == ("approved", "wang")
    assert other.exemplars.taught("jiangsu") == (approved,)
    assert other.exemplars.taught("another") == ()
    assert other.exemplars.version("jiangsu") == 1
    other.exemplars.withdraw(made.id, "wang", "有误")
    assert records.exemplars.taught("jiangsu") == ()
    assert records.exemplars.version("jiangsu") == 2
    assert records.exemplars.get(made.id).review == "有误"


def test_an_exported_one_is_still_taught(records, propose):
    made = propose()
    records.exemplars.approve(made.id, "wang")
    records.exemplars.export([made.id], "shell")
    (taught,) = records.exemplars.taught("jiangsu")
    assert (taught.state, taught.reviewed_by) == ("exported", "wang")
    assert records.exemplars.version("jiangsu") == 1


def test_a_review_happens_once(records, propose):
    made = propose()
    records.exemplars.reject(made.id, "wang", "不清楚")
    for step in (
        lambda: records.exemplars.approve(made.id, "wang"),
        lambda: records.exemplars.reject(made.id, "wang", ""),
        lambda: records.exemplars.withdraw(made.id, "wang", ""),
        lambda: records.exemplars.export([made.id], "wang"),
    ):
        with pytest.raises(StateConflict, match="已退回"):
            step()
    assert records.exemplars.versions() == {}
    with pytest.raises(UnknownRecord):
        records.exemplars.approve(99, "wang")


def test_of_several_to_be_exported_all_are_or_none(records, propose):
    first, second = propose("一"), propose("二")
    records.exemplars.approve(first.id, "wang")
    with pytest.raises(StateConflict):
        records.exemplars.export([first.id, second.id], "shell")
    assert records.exemplars.get(first.id).state == "approved"


def test_every_step_is_in_the_log(records, propose):
    made = propose()
    records.exemplars.approve(made.id, "wang")
    records.exemplars.withdraw(made.id, "zhao", "有误")
    log = records.audit.list(subject=f"proposal {made.id}")
    assert [(entry.actor, entry.action) for entry in log] == [
        ("zhao", "proposal.withdraw"),
        ("wang", "proposal.approve"),
        ("li", "proposal.propose"),
    ]
    assert log[0].before == {"state": "approved"}
    assert log[0].after == {"state": "rejected", "review": "有误"}
    assert log[2].after["question"] == "谁来评定？"


def test_proposals_are_listed_by_state_and_pack(records, propose):
    first, second, third = propose("一"), propose("二", pack="other"), propose("三")
    records.exemplars.reject(third.id, "wang", "")
    assert [p.id for p in records.exemplars.list("proposed")] == [first.id, second.id]
    assert [p.id for p in records.exemplars.list(pack="jiangsu")] == [third.id, first.id]
    assert records.exemplars.count("rejected") == 1
    assert records.exemplars.count(pack="other") == 1
