from __future__ import annotations

import pytest

from knowledge.retrieval.entries import LATER_CITATION, pack_entries


@pytest.fixture(scope="module")
def entries(small_pack):
    return {entry.id: entry for entry in pack_entries(small_pack, str.lower)}


def test_clauses_are_searched_under_their_headings_and_bare_headings_not_at_all(entries):
    assert (
        entries["clause:1.2.1"].text
        == "申报条件 对于绿色工厂，还应满足以下条件 已建立能源管理体系，并取得认证证书。"
    )
    assert entries["clause:3"].text.startswith("联系方式 绿色工厂类")
    assert "clause:1.2" not in entries


def test_clauses_come_first_and_every_exemplar_has_an_entry(small_pack):
    entries = pack_entries(small_pack, str.lower)
    kinds = [entry.topic is None for entry in entries]
    assert kinds == sorted(kinds, reverse=True)
    assert [e.exemplar for e in entries if e.topic] == [q for t in small_pack.topics for q in t.questions]


def test_an_exemplar_leads_to_the_cited_clauses_and_later_citations_count_less(entries):
    exemplar = entries["exemplar:how-to-apply:1"]
    assert dict(exemplar.links) == {"2.1": 1.0, "2.2": 1.0, "3": LATER_CITATION}
    assert dict(exemplar.links_for("water_saver")) == {"2.2": 1.0}
    assert exemplar.links_for(None) == exemplar.links


def test_an_exemplar_without_citations_leads_nowhere(entries):
    assert entries["exemplar:hello:1"].links == ()
    assert entries["exemplar:hello:1"].categories == ()
