"""Slots of an answer's text, filled for the categories asked about."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.slots import SLOTS, filled, has_slots


def test_one_desk_is_its_phone_alone(pack: Any) -> None:
    assert filled("请致电{desks}。", pack.notice, ["star_cloud"]) == "请致电025-69652719。"


def test_several_desks_are_told_apart_by_the_short_names(pack: Any) -> None:
    said = filled("请致电{desks}。", pack.notice, ["platform", "star_cloud"])
    assert said == "请致电平台025-69652717、星级上云企业025-69652719。"


def test_without_a_category_every_one_is_named(pack: Any) -> None:
    said = filled("{desks}", pack.notice, [])
    assert said == "平台025-69652717、标杆工厂025-69652603、星级上云企业025-69652719"
    assert filled("{forms}", pack.notice, []).count("附件") == len(pack.notice.categories)


def test_annexes_are_named_by_number_and_title(pack: Any) -> None:
    said = filled("按{guidelines}准备，填{forms}。", pack.notice, ["benchmark_factory"])
    assert (
        said == "按附件2《江苏省工业互联网标杆工厂建设指南》准备，填附件5《江苏省工业互联网标杆工厂申报书》。"
    )


def test_an_annex_of_all_categories_fills_no_slot(pack: Any) -> None:
    assert "推荐项目汇总表" not in "".join(filled(slot, pack.notice, []) for slot in SLOTS)


@pytest.mark.parametrize("category", ["platform", "benchmark_factory", "star_cloud"])
def test_an_answer_about_one_category_never_names_another_ones_desk_or_annex(
    pack: Any, category: str
) -> None:
    said = filled("".join(SLOTS), pack.notice, [category])
    others = [c for c in pack.notice.contacts if c.category != category]
    assert not any(contact.phone in said for contact in others)
    foreign = [annex for annex in pack.notice.annexes if category not in annex.categories]
    assert not any(annex.title in said for annex in foreign)


def test_a_slot_may_stand_twice(pack: Any) -> None:
    assert filled("{desks}，{desks}", pack.notice, ["platform"]) == "025-69652717，025-69652717"


def test_a_text_without_slots_stays_as_it_is(pack: Any) -> None:
    assert not has_slots("见附件{number}[6]。")
    assert filled("见附件{number}[6]。", pack.notice, ["platform"]) == "见附件{number}[6]。"


@pytest.mark.parametrize("slot", SLOTS)
def test_each_slot_is_seen(slot: str) -> None:
    assert has_slots(f"见{slot}。")
