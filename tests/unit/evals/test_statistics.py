import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.statistics import bootstrap, figure, holm, mcnemar, wilson


def test_wilson_as_published() -> None:
    # Newcombe 1998, table I: 81 of 263, and 0 of 20.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson(0, 0) == (0, 1)


@given(st.integers(1, 500), st.data())
def test_wilson_holds_its_share_and_mirrors(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    low, high = wilson(hits, n)
    assert 0 <= low <= hits / n <= high <= 1
    assert wilson(n - hits, n) == pytest.approx((1 - high, 1 - low))


def test_a_bootstrap_of_clusters_is_wider_than_of_cases() -> None:
    measured = [(float(n < 50), 1.0) for n in range(100)]
    alone = bootstrap(measured, [str(n) for n in range(100)])
    together = bootstrap(measured, [str(n // 10) for n in range(100)])
    assert together[1] - together[0] > 1.5 * (alone[1] - alone[0])
    assert together == bootstrap(measured, [str(n // 10) for n in range(100)]), "seeded"


def test_a_share_has_wilsons_interval_and_a_ratio_the_bootstraps() -> None:
    share = figure("x", [(1, 1), (0, 1), (1, 1)], ["a", "b", "c"])
    assert (share.value, share.n) == (pytest.approx(2 / 3), 3)
    assert (share.low, share.high) == pytest.approx(wilson(2, 3))
    f1 = figure("F1", [(2, 2), (0, 3), (2, 4)], ["a", "b", "c"])
    assert f1.value == pytest.approx(4 / 9)
    assert f1.low <= f1.value <= f1.high


def test_nothing_measured_is_no_figure() -> None:
    with pytest.raises(ValueError, match="nothing measured"):
        figure("x", [], [])


def test_mcnemar_is_the_binomials_tail() -> None:
    assert mcnemar(0, 0) == 1
    assert mcnemar(1, 1) == 1
    assert mcnemar(10, 0) == pytest.approx(2 / 1024)
    assert mcnemar(8, 2) == mcnemar(2, 8) == pytest.approx(2 * (1 + 10 + 45) / 1024)
    assert mcnemar(900, 1_100) < 1e-5, "large numbers do not overflow"


def test_holm_as_by_hand() -> None:
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03}) == pytest.approx({"a": 0.03, "c": 0.06, "b": 0.06})
    assert holm({}) == {}


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 1), max_size=8))
def test_holm_never_lowers_a_p(family: dict[str, float]) -> None:
    adjusted = holm(family)
    assert all(family[name] <= p <= 1 and not math.isnan(p) for name, p in adjusted.items())
