from __future__ import annotations

import pytest


@pytest.fixture
def proposed(staff):
    """A proposal that waits for review."""
    done = staff.post(
        "/proposals/new", question="竹子做的行吗", clauses="1.1", note="须手工制作。", then="propose"
    )
    assert done.headers["location"] == "/console/proposals/1?done=proposed"
    return 1


def test_a_proposal_waits_with_the_answer_that_it_would_give(proposed, staff, editor):
    page = staff.get("/proposals/1")
    assert "竹子做的行吗" in page.text
    assert "须手工制作[1.1]。" in page.text
    assert "等编辑审核" in page.text
    assert "/approve" not in page.text
    assert "/approve" in editor.get("/proposals/1").text
    assert "竹子做的行吗" in editor.get("/proposals").text


def test_an_editor_approves_and_it_is_taught(proposed, editor, records):
    assert records.exemplars.version("kites") == 0
    assert "从下一个问题起生效" in editor.follow(editor.post("/proposals/1/approve")).text
    assert [p.id for p in records.exemplars.taught("kites")] == [1]
    assert records.exemplars.version("kites") == 1
    assert records.exemplars.get(1).reviewed_by == "小编"
    assert "竹子做的行吗" in editor.get("/proposals?state=approved").text


def test_what_is_taught_may_be_withdrawn(proposed, editor, records):
    editor.post("/proposals/1/approve")
    assert editor.post("/proposals/1/withdraw", review="过时").status_code == 303
    assert records.exemplars.taught("kites") == ()
    assert records.exemplars.version("kites") == 2
    assert "过时" in editor.get("/proposals/1").text


def test_an_editor_sends_it_back_with_a_reason(proposed, editor, records):
    editor.post("/proposals/1/reject", review="条款不对")
    assert records.exemplars.get(1).state == "rejected"
    assert "条款不对" in editor.get("/proposals/1").text
    assert editor.post("/proposals/1/approve").status_code == 409


def test_two_editors_decide_once(proposed, editor, admin):
    assert editor.post("/proposals/1/approve").status_code == 303
    late = admin.post("/proposals/1/reject")
    assert late.status_code == 409
    assert "已通过" in late.text


def test_what_the_clauses_do_not_say_is_refused_at_proposing_and_at_approval(
    proposed, staff, editor, desk, records
):
    desk.unsupported_words = ("手工",)
    refused = staff.post("/proposals/new", question="别的", clauses="1.1", note="须手工。", then="propose")
    assert refused.status_code == 422
    assert "所引条款中没有：手工" in refused.text
    assert "须手工。" in refused.text
    assert records.exemplars.count() == 1
    late = editor.post("/proposals/1/approve")
    assert late.status_code == 422
    assert "所引条款中没有：手工" in late.text
    assert records.exemplars.taught("kites") == ()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"question": "", "clauses": "1.1"}, "问题应有"),
        ({"question": "问"}, "请指明"),
        ({"question": "问", "clauses": "9.9"}, "没有条款 9.9"),
        ({"question": "问", "topic": "none"}, "没有问点"),
        ({"question": "竹子做的行吗", "clauses": "1.1"}, "已在 1 号例问中"),
    ],
)
def test_a_proposal_that_cannot_be_taught_is_told(fields, told, proposed, staff, records):
    refused = staff.post("/proposals/new", then="propose", **fields)
    assert refused.status_code == 422
    assert told in refused.text
    assert records.exemplars.count() == 1


def test_clauses_are_looked_for_before_anything_is_kept(staff, desk, records):
    page = staff.post("/proposals/new", question="竹子", clauses="1.2", then="find")
    assert page.status_code == 200
    assert 'value="1.2" checked' in page.text
    assert desk.looked_up[-1] == ("竹子", None)
    assert records.exemplars.count() == 0


def test_a_proposal_from_a_clause_has_it_ticked(staff):
    page = staff.get("/proposals/new?clause=1.2&question=线多长").text
    assert 'value="1.2" checked' in page
    assert 'value="线多长"' in page


def test_a_proposal_to_a_topic_shows_its_answer(staff):
    staff.post("/proposals/new", question="竹子", topic="handmade", then="propose")
    page = staff.get("/proposals/1").text
    assert "归入问点" in page
    assert "[1.1]。" in page


def test_a_clause_that_is_gone_is_told(proposed, editor, desk):
    pack = desk.packs["kites"]
    gone = type(pack.tree)(tuple(clause for clause in pack.tree if clause.id != "1.1"))
    object.__setattr__(pack, "tree", gone)
    assert "有的已不在通知里" in editor.get("/proposals/1").text
    assert editor.post("/proposals/1/approve").status_code in {404, 422}
