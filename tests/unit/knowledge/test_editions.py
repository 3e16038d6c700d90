"""Whether a text belongs to this notice is told by the places that say what it is, never by a year in a condition."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.editions import other_edition, signs_of

OWN = "附件1\n江苏省重点工业互联网平台建设指南\n一、总体要求\n按指南建设。\n"


def foreign(pack: Any, source: str, name: str = "附件1.docx") -> list[str]:
    return [sign.edition for sign in other_edition(signs_of(source, name, pack.notice), pack.notice)]


@pytest.mark.parametrize(
    "source",
    [
        OWN,
        "附件1\n江苏省重点工业互联网平台建设指南\n（2023年版）\n一、总体要求\n",
        "苏工信融合〔2023〕27号附件1\n指南\n一、总体要求\n",
        OWN
        + "二、条件\n（一）2022年度营业收入不低于5000万元。\n（二）从2022年1月1日起计算，2021年已被认定的不重复申报。\n",
        "附件1\n指南\n根据《工作方案》（苏政发〔2021〕12号）制定本指南。\n一、总体要求\n",
        "附件1\n指南\n为贯彻苏政办发〔2022〕5号文件，制定本指南。\n一、总体要求\n",
        OWN + "江苏省工业和信息化厅\n2023年1月19日\n",
    ],
)
def test_what_belongs_to_this_notice_is_taken(pack: Any, source: str) -> None:
    assert foreign(pack, source) == []


@pytest.mark.parametrize(
    ("source", "name", "edition"),
    [
        ("附件1\n2022年度江苏省重点工业互联网平台建设指南\n一、总体要求\n", "a.docx", "2022"),
        ("附件1\n江苏省重点工业互联网平台建设指南（2021版）\n一、总体要求\n", "a.docx", "2021"),
        ("苏工信融合〔2022〕35号\n附件1\n指南\n一、总体要求\n", "a.docx", "苏工信融合〔2022〕35号"),
        ("苏工信融合〔2023〕99号\n附件1\n指南\n一、总体要求\n", "a.docx", "苏工信融合〔2023〕99号"),
        (OWN, "2022年平台建设指南.docx", "2022"),
        (OWN + "二、申报\n2022年度省重点工业互联网平台申报工作按本指南执行。\n", "a.docx", "2022"),
        (OWN + "江苏省工业和信息化厅\n2022年3月1日\n", "a.docx", "2022"),
    ],
)
def test_another_year_or_notice_is_seen_where_a_text_says_what_it_is(
    pack: Any, source: str, name: str, edition: str
) -> None:
    assert foreign(pack, source, name)[0] == edition


def test_a_text_that_names_this_year_too_is_this_editions(pack: Any) -> None:
    assert foreign(pack, "附件1\n2023年度指南（2022年修订版）\n一、总体要求\n") == []


def test_the_place_of_a_sign_is_told(pack: Any) -> None:
    source = "附件1\n2022年度指南\n一、总体要求\n"
    signs = other_edition(signs_of(source, "20230119.docx", pack.notice), pack.notice)
    assert [(sign.place, sign.words) for sign in signs] == [("第2行", "2022年度")]


@given(source=st.text(max_size=400), name=st.text(max_size=40))
def test_any_text_has_signs_that_stand_in_it(pack: Any, source: str, name: str) -> None:
    for sign in signs_of(source, name, pack.notice):
        assert all((sign.place, sign.words, sign.edition))
