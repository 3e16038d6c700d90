"""The checker and the independent second reading of the contract agree, verdict by verdict, clause by clause."""

import random
from collections import Counter

import eligibility_oracle as oracle
import profiles
import pytest

from assistant.eligibility import evaluate

CATEGORIES = ("platform", "benchmark_factory", "star_cloud")
VERDICTS = {"ineligible", "needs_info", "needs_confirmation", "eligible"}


@pytest.mark.parametrize(("category", "number"), [*((c, 20_000) for c in CATEGORIES), (None, 5_000)])
def test_verdicts_and_clauses_agree_for_random_profiles(pack, category, number):
    seen = Counter()
    for facts, as_of in profiles.drawn(2023, category, number):
        evaluation = evaluate(pack, category, pack.schema.parse(facts), as_of)
        expected = oracle.judge(category, facts, as_of)
        assert (evaluation.verdict, evaluation.clauses) == expected, (facts, as_of)
        seen[evaluation.verdict] += 1
        seen.update(evaluation.clauses.items())
    # The draw is worth something only if it reaches every verdict and every outcome of every clause often.
    assert set(seen) >= VERDICTS
    assert min(seen.values()) >= number / 500, seen


@pytest.mark.parametrize("applying", [None, 3, 4, 5])
@pytest.mark.parametrize("current", [None, 0, 3, 4, 5])
def test_every_pair_of_stars_agrees(pack, applying, current):
    facts = {"applying_star": applying, "current_star": current}
    as_of = profiles.NEVER_AGAIN
    evaluation = evaluate(pack, "star_cloud", pack.schema.parse(facts), as_of)
    assert evaluation.clauses == oracle.judge("star_cloud", facts, as_of)[1]


def test_every_case_of_the_certificate_agrees(pack):
    flags, days = (None, True, False), (None, "2023-03-30", "2023-03-31", "2023-04-01", "2023-03", "2023")
    cases = [(p, i, d, e) for p in flags for i in flags for d in days for e in flags]
    names = profiles.OWN["benchmark_factory"][4:8]
    for case in cases:
        facts = dict(zip(names, case, strict=True))
        evaluation = evaluate(pack, "benchmark_factory", pack.schema.parse(facts), profiles.NEVER_AGAIN)
        expected = oracle.judge("benchmark_factory", facts, profiles.NEVER_AGAIN)[1]
        assert evaluation.clauses["3.3.2"] == expected["3.3.2"], facts


def test_profiles_are_the_same_for_the_same_seed():
    assert profiles.drawn(7, "platform", 20) == profiles.drawn(7, "platform", 20)
    assert profiles.drawn(7, "platform", 20) != profiles.drawn(8, "platform", 20)


def test_null_and_absent_are_the_same(pack):
    rng = random.Random(5)
    for _ in range(100):
        facts = profiles.profile(rng, "platform")
        padded = {name: facts.get(name) for name in profiles.ALL_FACTS}
        parse = pack.schema.parse
        assert evaluate(pack, "platform", parse(facts), profiles.NEVER_AGAIN) == evaluate(
            pack, "platform", parse(padded), profiles.NEVER_AGAIN
        )
