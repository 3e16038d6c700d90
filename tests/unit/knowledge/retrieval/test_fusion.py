from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.retrieval.entries import Entry
from knowledge.retrieval.fusion import by_clause, fused, lexical_only

UNIT = st.floats(0, 1)


@given(UNIT, UNIT, UNIT)
def test_scores_stay_within_bounds_and_rise_with_either_leg(dense, lexical, more):
    assert 0 <= fused(dense, lexical) <= 1
    assert 0 <= lexical_only(lexical, more) <= 1
    assert fused(max(dense, more), lexical) >= fused(dense, lexical)
    assert fused(dense, max(lexical, more)) >= fused(dense, lexical)


def _exemplar(question, links, links_of=None):
    return Entry(question, question, "", (), links, links_of or {}, exemplar=question, topic="t")


def test_a_clause_takes_its_strongest_evidence():
    own = Entry("clause:1", "", "", (), (("1", 1.0),), {})
    near = _exemplar("近", (("1", 1.0), ("2", 0.9)))
    far = _exemplar("远", (("2", 1.0),))
    found = by_clause([(own, 0.5), (near, 0.8), (far, 0.3)], None)
    assert found["1"] == (0.8, near)
    assert found["2"] == (0.8 * 0.9, near)


def test_an_exemplar_leads_to_the_clauses_of_the_category_asked_about():
    exemplar = _exemplar("怎么报", (("1", 1.0), ("2", 1.0)), {"a": (("1", 1.0),)})
    assert set(by_clause([(exemplar, 0.8)], "a")) == {"1"}
    assert set(by_clause([(exemplar, 0.8)], "b")) == {"1", "2"}
