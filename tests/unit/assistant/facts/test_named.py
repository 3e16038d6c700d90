from pathlib import Path

import pytest

from assistant.facts.named import facts_hinted, facts_named, facts_of_unit
from knowledge.cues import load_fact_cues
from knowledge.pack import load_pack

PACK = Path(__file__).parents[4] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_pack(PACK).schema


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("补做一份专项审计", {"has_audit_report"}),
        ("财务整顿好了", {"sound_finance"}),
        ("团队也配齐", {"professional_team"}),
        ("完工后审计报告来得及出", {"project_built", "has_audit_report"}),
        ("投入补够", {"investment_3y_wan"}),
        ("先评上三星", {"current_star"}),
        ("制造系统能力补上", {"manufacturing_directions_covered"}),
        ("停的恢复使用", {"services_still_in_use", "min_months_of_each_service"}),
        ("都补齐了", set()),
    ],
)
def test_facts_are_named_by_the_packs_own_words(text: str, named: set[str]) -> None:
    assert facts_named(text, SCHEMA, CUES) == named


def test_what_is_counted_names_the_facts_that_count_it() -> None:
    assert facts_of_unit("第三个方面", SCHEMA, CUES) == {"foundation_aspects_met"}
    assert len(facts_of_unit("那个方向", SCHEMA, CUES)) == 3


def test_the_end_of_a_name_may_stand_for_it() -> None:
    assert "has_audit_report" in facts_hinted("报告补上", SCHEMA)
    assert "has_invoices" not in facts_hinted("报告补上", SCHEMA)
