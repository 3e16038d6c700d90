"""Slots of an answer's text, filled for the categories asked about."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.slots import SLOTS, filled, has_slots, left_to


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


def loaded(pack: Any, *numbers: int) -> Any:
    annexes = tuple(a.model_copy(update={"loaded": a.number in numbers}) for a in pack.notice.annexes)
    return pack.notice.model_copy(update={"annexes": annexes})


def test_what_is_loaded_is_no_longer_said_to_be_missing(pack: Any) -> None:
    text = "通知没有写明[1]。{guidelines}的正文没有载入[annexes]。可致电{desks}[6]。"
    assert filled(text, loaded(pack, 1), ["platform"]) == "通知没有写明[1]。可致电025-69652717[6]。"
    said = filled(text, loaded(pack, 1), [])
    assert "附件1" not in said
    assert "附件2" in said


def test_two_kinds_in_one_list_are_named_as_far_as_they_are_missing(pack: Any) -> None:
    text = "{guidelines}、{forms}的正文没有载入。"
    assert (
        filled(text, loaded(pack, 2), ["benchmark_factory"])
        == "附件5《江苏省工业互联网标杆工厂申报书》的正文没有载入。"
    )
    assert filled(text, loaded(pack, 2, 5), ["benchmark_factory"]) == ""


def test_a_remark_on_a_missing_annex_goes_when_it_comes(pack: Any) -> None:
    text = "附件4是申报书{4:，正文没有载入}[annexes]。"
    assert has_slots(text)
    assert filled(text, pack.notice, []) == "附件4是申报书，正文没有载入[annexes]。"
    assert filled(text, loaded(pack, 4), []) == "附件4是申报书[annexes]。"


def test_to_which_annexes_a_text_leaves_a_question(pack: Any) -> None:
    assert [a.number for a in left_to("{guidelines}的正文没有载入。", pack.notice, ["platform"])] == [1]
    assert [a.number for a in left_to("{forms}{2:，没有}", pack.notice, ["benchmark_factory"])] == [2, 5]
    assert left_to("{desks}", pack.notice, []) == ()
