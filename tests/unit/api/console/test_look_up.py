from __future__ import annotations

import re
from html import unescape

import pytest

from api.console.marking import Piece, marked, quoted


def text_of(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


def test_without_a_question_the_contents_are_shown(staff, desk):
    page = staff.get("")
    assert "目录" in page.text
    assert "/console/clauses/1.1" in page.text
    assert desk.looked_up == []


def test_results_are_clauses_and_exemplars_with_hits_marked(staff):
    page = staff.get("?q=手工风筝").text
    assert "<mark>风筝</mark>须为<mark>手工</mark>制作" in page
    assert "要<mark>手工</mark>吗" in page
    assert len(re.findall("data-hit", page)) == 4
    assert "/console/clauses/1.1?pack=kites&amp;q=" in page


def test_results_are_narrowed_to_a_category(staff, desk):
    staff.get("?q=a&category=kite")
    staff.get("?q=b&category=boat")
    assert desk.looked_up == [("a", "kite"), ("b", None)]


def test_blanks_are_no_question(staff, desk):
    assert staff.get("?q=%20%20").status_code == 200
    assert desk.looked_up == []


def test_what_was_taught_is_found_as_well(staff, records):
    kept = {"pack": "kites", "topic": None, "note": "", "by": "小坐"}
    records.exemplars.propose(question="手工做的风筝行吗", clauses=["1.2"], **kept)
    assert "坐席补充" not in staff.get("?q=手工风筝").text
    records.exemplars.approve(1, "小编")
    page = staff.get("?q=手工风筝").text
    assert "坐席补充" in page
    assert "<mark>手工</mark>做的<mark>风筝</mark>行吗" in page


def test_a_clause_stands_among_its_neighbours_rules_and_questions(staff):
    page = staff.get("/clauses/1.1?q=手工").text
    words = text_of(page)
    assert "<mark>手工</mark>" in page
    for part in (
        "上级",
        "上一条",
        "下一条",
        "约束",
        "规则",
        "不作判定",
        "提示",
        "引到本条的例问",
        "要手工吗",
    ):
        assert part in words, part
    assert 'rel="prev"' in page
    assert 'data-copy="cited"' in page
    assert "根据《" in words


def test_a_quote_is_marked_where_it_stands(staff):
    assert "风筝<mark>须为手工</mark>制作" in staff.get("/clauses/1.1?quote=须为 手工").text


def test_a_clause_shows_what_was_taught_for_it(staff, records):
    kept = {"pack": "kites", "topic": None, "note": "", "by": "小坐"}
    records.exemplars.propose(question="竹子的算吗", clauses=["1.2"], **kept)
    records.exemplars.approve(1, "小编")
    assert "竹子的算吗" in staff.get("/clauses/1.2").text
    assert "竹子的算吗" not in staff.get("/clauses/1.1").text


@pytest.mark.parametrize("path", ["/clauses/9.9", "/clauses/1.1?pack=none", "?pack=none"])
def test_what_is_not_there_is_told(path, staff):
    assert staff.get(path).status_code == 404


@pytest.mark.parametrize(
    ("text", "words", "pieces"),
    [
        ("贯标证书有效期", ["证书", "书有", "有效"], [("贯标", False), ("证书有效", True), ("期", False)]),
        ("需3年", ["3", "年"], [("需", False), ("3", True), ("年", False)]),
        ("ERP系统", ["erp"], [("ERP", True), ("系统", False)]),
        ("没有", ["别的"], [("没有", False)]),
        ("没有", [], [("没有", False)]),
        ("", ["别的"], []),
        ("年年年", ["年年"], [("年年年", True)]),
        ("1月19日", ["1"], [("1", True), ("月19日", False)]),
        ("ERPs", ["erp"], [("ERPs", False)]),
        ("a.b", ["."], [("a.b", False)]),
        ("İ证书", ["证书"], [("İ", False), ("证书", True)]),
    ],
)
def test_words_are_marked_where_they_stand(text, words, pieces):
    assert marked(text, words) == [Piece(*piece) for piece in pieces]


@pytest.mark.parametrize("text", ["", "贯标证书有效期须在2023年3月31日之后。", "aaaa<b>"])
def test_marking_loses_nothing(text):
    for words in (["证书"], ["a", "aa"], ["<b>"], []):
        assert "".join(piece.text for piece in marked(text, words)) == text
        assert "".join(piece.text for piece in quoted(text, "证书")) == text


@pytest.mark.parametrize(
    ("text", "quote", "hit"),
    [
        ("须 为\n手工", "为手工", "为\n手工"),
        ("须为手工", " 须 为 ", "须为"),
        ("须为手工", "机器", None),
        ("须为", "", None),
    ],
)
def test_a_quote_is_found_whatever_the_white_space(text, quote, hit):
    assert [piece.text for piece in quoted(text, quote) if piece.hit] == ([hit] if hit else [])
