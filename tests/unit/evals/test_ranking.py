import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.ranking import ranking

CLAUSES = st.sampled_from("abcdefgh")


def test_ranks_by_hand() -> None:
    first = ranking([["a"]], ["a", "b"])
    assert all(m == (1, 1) for m in first.values())
    third = ranking([["a"]], ["x", "y", "a"])
    assert third["recall@1"] == (0, 1)
    assert third["recall@5"] == (1, 1)
    assert third["MRR"][0] == pytest.approx(1 / 3)
    assert third["nDCG@10"][0] == pytest.approx(0.5)
    sixth = ranking([["a"]], list("uvwxya"))
    assert sixth["recall@5"] == (0, 1)


def test_several_groups_and_alternatives() -> None:
    half = ranking([["a", "b"], ["c"]], ["b", "x", "y", "z", "w", "c"])
    assert half["recall@1"] == (1, 1)
    assert half["recall@5"] == (1, 2)


def test_nothing_found_is_nothing() -> None:
    assert all(above == 0 for above, _ in ranking([["a"]], []).values())


@given(st.lists(st.lists(CLAUSES, min_size=1), min_size=1, max_size=4), st.lists(CLAUSES, unique=True))
def test_no_measure_passes_its_whole(groups: list[list[str]], found: list[str]) -> None:
    for above, below in ranking(groups, found).values():
        assert 0 <= above <= below + 1e-9
