from __future__ import annotations

import time

import pytest

from knowledge.errors import UnknownCategory, UnknownPack


def test_the_nearest_clauses_and_exemplars_are_found_with_the_words_to_mark(assistant):
    found = assistant.look_up("贯标证书有效期", k=6)
    assert found.clauses[0].clause.id == "3.3.2"
    assert len(found.clauses) == len(found.exemplars) == 6
    assert "3.3.2" in {clause.id for clause in found.exemplars[0].clauses}
    assert {"贯标", "证书"} <= set(found.words)
    assert len({exemplar.topic.id for exemplar in found.exemplars}) == 6


def test_a_category_leaves_what_binds_it(assistant):
    found = assistant.look_up("申报条件", k=8, category="star_cloud")
    assert found.clauses
    assert all("star_cloud" in hit.clause.categories for hit in found.clauses)
    assert all(hit.topic.category in {None, "star_cloud"} for hit in found.exemplars)
    with pytest.raises(UnknownCategory):
        assistant.look_up("申报条件", k=8, category="boats")
    with pytest.raises(UnknownPack):
        assistant.look_up("申报条件", k=8, pack="boats")


def test_synonyms_are_marked_too(assistant):
    assert "电话" in assistant.words("座机是多少")


@pytest.mark.parametrize("query", ["", " ", "？？", "\u200b", "<script>", "a" * 1000])
def test_any_text_may_be_looked_up(assistant, query):
    found = assistant.look_up(query, k=6)
    assert len(found.clauses) <= 6


def test_looking_up_is_quick_enough_for_typing(assistant):
    assistant.look_up("先来一次", k=6)
    began = time.perf_counter()
    for n in range(20):
        assistant.look_up(f"注册满{n}年", k=6)
    assert (time.perf_counter() - began) / 20 < 0.2
