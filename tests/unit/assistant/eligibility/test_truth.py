"""Truth tables in full, written out and against the definition: agreement of all completions."""

from itertools import product

import pytest

from assistant.eligibility.truth import all_of, at_least, negate, verdict_of, worst

MET, NOT, UNKNOWN, ASK = "met", "not_met", "unknown", "needs_confirmation"
ORDER = (NOT, ASK, MET)
STATUSES = (*ORDER, UNKNOWN)

AND = {
    (MET, MET): MET, (MET, ASK): ASK, (MET, UNKNOWN): UNKNOWN, (MET, NOT): NOT,
    (ASK, MET): ASK, (ASK, ASK): ASK, (ASK, UNKNOWN): UNKNOWN, (ASK, NOT): NOT,
    (UNKNOWN, MET): UNKNOWN, (UNKNOWN, ASK): UNKNOWN, (UNKNOWN, UNKNOWN): UNKNOWN, (UNKNOWN, NOT): NOT,
    (NOT, MET): NOT, (NOT, ASK): NOT, (NOT, UNKNOWN): NOT, (NOT, NOT): NOT,
}  # fmt: skip
OR = {
    (MET, MET): MET, (MET, ASK): MET, (MET, UNKNOWN): MET, (MET, NOT): MET,
    (ASK, MET): MET, (ASK, ASK): ASK, (ASK, UNKNOWN): UNKNOWN, (ASK, NOT): ASK,
    (UNKNOWN, MET): MET, (UNKNOWN, ASK): UNKNOWN, (UNKNOWN, UNKNOWN): UNKNOWN, (UNKNOWN, NOT): UNKNOWN,
    (NOT, MET): MET, (NOT, ASK): ASK, (NOT, UNKNOWN): UNKNOWN, (NOT, NOT): NOT,
}  # fmt: skip


def by_completion(count, parts):
    """The status that all completions of the unknown parts give, where they give one."""
    results = set()
    for completed in product(*[ORDER if part == UNKNOWN else (part,) for part in parts]):
        ranked = sorted(completed, key=ORDER.index, reverse=True)
        results.add(ranked[count - 1] if count else MET)
    return results.pop() if len(results) == 1 else UNKNOWN


@pytest.mark.parametrize(("first", "second"), [*product(STATUSES, STATUSES)])
def test_all_and_one_of_two_parts_follow_the_table(first, second):
    assert all_of([first, second]) == AND[first, second]
    assert at_least(1, [first, second]) == OR[first, second]


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_at_least_k_is_what_all_completions_agree_on(size):
    for parts in product(STATUSES, repeat=size):
        for count in range(size + 1):
            assert at_least(count, parts) == by_completion(count, parts), (count, parts)


def test_not_turns_what_is_certain_and_nothing_else():
    assert [negate(status) for status in (MET, NOT, UNKNOWN, ASK)] == [NOT, MET, UNKNOWN, ASK]


@pytest.mark.parametrize(("first", "second"), [*product(STATUSES, STATUSES)])
def test_de_morgan_holds(first, second):
    assert negate(all_of([first, second])) == at_least(1, [negate(first), negate(second)])


def test_the_worst_part_is_the_clause():
    assert worst([MET, ASK, UNKNOWN, NOT]) == NOT
    assert worst([MET, ASK, UNKNOWN]) == UNKNOWN
    assert worst([MET, ASK]) == ASK
    assert worst([MET, "not_applicable"]) == MET
    assert worst(["not_applicable"]) == "not_applicable"


@pytest.mark.parametrize(
    ("statuses", "verdict"),
    [
        ([MET, UNKNOWN, ASK, NOT], "ineligible"),
        ([MET, UNKNOWN, ASK], "needs_info"),
        ([MET, ASK], "needs_confirmation"),
        ([MET, "not_applicable"], "eligible"),
        (["not_applicable"], "eligible"),
        ([], "needs_confirmation"),
    ],
)
def test_the_verdict_is_the_first_that_applies(statuses, verdict):
    assert verdict_of(statuses) == verdict
