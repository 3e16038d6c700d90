"""A drafted pack beside the packaged one: asked at once, decided after a person has accepted, each from its own notice."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from assistant.bootstrap import build_assistant
from assistant.service import Assistant
from assistant.settings import Settings
from knowledge.drafting.deciding import above, accept
from knowledge.drafting.draft import draft_notice, read_text
from knowledge.drafting.proposal import load_proposals
from knowledge.drafting.writing import write_pack
from knowledge.pack import PACKS_ROOT

NOTICE = Path(__file__).parents[1] / "fixtures" / "notices" / "guangdong-2024-digital.txt"
JIANGSU, DRAFTED = "jiangsu-2023-industrial-internet", "guangdong-2025-digital"
AS_OF = date(2024, 12, 20)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, index_root: Path) -> Assistant:
    """The drafted pack with its surest rules accepted, served with the packaged one."""
    root = tmp_path_factory.mktemp("packs")
    shutil.copytree(PACKS_ROOT / JIANGSU, root / JIANGSU)
    source, _ = read_text([NOTICE])
    folder = write_pack(draft_notice(DRAFTED, source), root)
    accept(folder, above(load_proposals(folder), 0.8), by="王芳", on=date(2024, 12, 1))
    return build_assistant(Settings(packs_root=root, index_root=index_root, default_pack=JIANGSU))


@pytest.mark.parametrize(
    ("question", "route", "said"),
    [
        ("截止时间是什么时候", "lookup", "12月31日截止"),
        ("工业软件攻关什么时候截止", "lookup", "1月20日18:00前"),
        ("联系电话是多少", "contact", "020-83133254"),
        ("申报系统网址", "lookup", "http://jgxm.gdei.example.gov.cn"),
        ("申报条件有哪些", "lookup", "具有独立法人资格"),
        ("每家企业限报几项", "lookup", "每个企业限报1项"),
        ("有哪几类可以申报", "lookup", "中小企业数字化转型城市试点"),
        ("谁发的通知", "lookup", "广东省工业和信息化厅"),
        ("附件有哪些", "lookup", "工业软件攻关项目申报书"),
        ("寄到哪里", "unresolved", "020-83133254"),  # the notice names no address
    ],
)
def test_a_drafted_pack_answers_at_once(both: Assistant, question: str, route: str, said: str) -> None:
    reply = both.reply(question, pack=DRAFTED, as_of=AS_OF)
    assert reply.route == route, reply.text
    assert said in reply.text
    assert reply.citations


def test_accepted_rules_are_asked_decided_and_cited(both: Assistant) -> None:
    first = both.reply("我们能报工业软件攻关吗", pack=DRAFTED, as_of=AS_OF)
    assert first.route == "eligibility"
    assert "吗" in first.text.split("请再告诉我")[1]
    second = both.reply("研发人员占比35%，研发费用600万元", session_id=first.session_id, as_of=AS_OF)
    assert second.eligibility is not None
    status = {r.quote: r.status for r in second.eligibility.criteria}
    assert status["申报单位研发人员占比不低于30%"] == "met"
    assert status["上年度研发费用不少于800万元"] == "not_met"
    assert second.eligibility.verdict == "ineligible"
    assert any("不少于800万元" in citation.quote for citation in second.citations)


def test_a_bare_answer_is_of_what_was_asked(both: Assistant) -> None:
    first = both.reply("我们能报工业软件攻关吗", pack=DRAFTED, as_of=AS_OF)
    second = both.reply("是的", session_id=first.session_id, as_of=AS_OF)
    assert len(second.facts) == 1
    assert second.facts[0].value is True


def test_what_nobody_decided_on_keeps_the_verdict_open(both: Assistant) -> None:
    pack = both.packs[DRAFTED]
    assert pack.undecided
    facts = {
        spec.name: {"bool": True, "date": "2010-01-01"}.get(spec.type, 50 if spec.unit == "%" else 1000)
        for spec in pack.schema.facts
        if "ruanjiangongguan" in spec.categories
    } | {"dishonest": False, "tax_arrears": False, "items_applied": 1}
    report = both.check("ruanjiangongguan", facts, as_of=AS_OF, pack=DRAFTED)
    assert {r.status for r in report.criteria} == {"met"}
    assert report.verdict == "needs_confirmation"


def test_each_pack_answers_from_its_own_notice(both: Assistant) -> None:
    reply = both.reply("联系电话是多少", pack=JIANGSU, as_of=date(2023, 2, 10))
    assert "025-69652717" in reply.text
    assert "020-" not in reply.text
