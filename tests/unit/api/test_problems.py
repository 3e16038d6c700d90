from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.problems import KINDS, kind_of, problem_of, respond, shown
from knowledge import errors
from knowledge.errors import FactError, PackError, ShenbaoError, UnknownPack


def family(root: type) -> list[type]:
    return [root, *(member for child in root.__subclasses__() for member in family(child))]


def test_every_error_of_the_project_has_its_own_answer():
    declared = {error for error in family(ShenbaoError) if error.__module__ == errors.__name__}
    assert declared == set(KINDS)


def test_an_error_derived_elsewhere_is_answered_like_its_parent():
    class UnknownAnnexPack(UnknownPack):
        pass

    assert kind_of(UnknownAnnexPack("无")) is KINDS[UnknownPack]


def test_internal_failures_keep_their_details_in_the_log():
    for failure in (PackError("/srv/pack.yaml", 3, "坏", "修"), KeyError("/srv")):
        assert "/srv" not in problem_of(failure).model_dump_json()


def test_a_refused_fact_names_what_came_and_what_is_allowed():
    (wrong,) = problem_of(FactError("span", float("nan"), "有限数字")).errors
    assert wrong.model_dump() == {"field": "facts.span", "received": "nan", "allowed": "有限数字"}


anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(anything)
def test_whatever_came_can_be_shown_shortly_and_as_json(value):
    answer = respond(problem_of(FactError("span", value, "有限数字")))
    received = json.loads(answer.body)["errors"][0].get("received")
    assert len(str(received)) <= 120
    assert shown(value) == received or isinstance(value, float)


@pytest.mark.parametrize("value", [True, 0, -1, 2.5, "是", None])
def test_a_short_value_is_shown_as_it_came(value):
    assert (shown(value), type(shown(value))) == (value, type(value))


def test_half_a_surrogate_pair_is_not_sent_back():
    assert respond(problem_of(FactError("span", "a\ud800", "有限数字"))).body
