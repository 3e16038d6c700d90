"""What holds for every applicant: nothing decided is turned around by saying more, and asking ends."""

import random
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import profiles
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility import check, evaluate
from knowledge.facts import DateRange, NumberRange

CATEGORIES = ("platform", "benchmark_factory", "star_cloud")
SEEDS = st.integers(0, 2**32)
ANY_CATEGORY = st.sampled_from(CATEGORIES)
THOROUGH = settings(max_examples=400, deadline=None)


def applicant(seed, category):
    rng = random.Random(seed)
    return rng, profiles.profile(rng, category), profiles.as_of(rng)


def said_more(rng, facts, category):
    """One more fact, of a random value."""
    absent = [n for n in (*profiles.SHARED, *profiles.OWN[category]) if facts.get(n) is None]
    if not absent:
        return None
    name = rng.choice(absent)
    return name, profiles.value(rng, name, doubtful=0.6)


def presumed(evaluation):
    return {presumption.fact for presumption in evaluation.presumed}


@THOROUGH
@given(SEEDS, ANY_CATEGORY)
def test_one_more_fact_turns_nothing_around_but_what_was_presumed(pack, seed, category):
    rng, facts, as_of = applicant(seed, category)
    more = said_more(rng, facts, category)
    if more is None:
        return
    name, value = more
    before = evaluate(pack, category, pack.schema.parse(facts), as_of)
    after = evaluate(pack, category, pack.schema.parse(facts | {name: value}), as_of)
    presumption = name in presumed(before) or name == "meets_guideline"
    for decision in before.decisions:
        now = after.of(decision.criterion.id)
        if decision.status != "unknown" and now.status != decision.status:
            assert presumption, (decision.criterion.id, name, value)
            assert {name, *presumed(before)} & set(decision.criterion.facts)
    if before.verdict != "needs_info" and after.verdict != before.verdict:
        assert presumption


@THOROUGH
@given(SEEDS, ANY_CATEGORY)
def test_a_reason_that_stands_on_a_presumption_names_it(pack, seed, category):
    _, facts, as_of = applicant(seed, category)
    typed = pack.schema.parse(facts)
    evaluation = evaluate(pack, category, typed, as_of)
    report = check(pack, category, typed, as_of)
    for criterion in report.criteria:
        for presumption in evaluation.presumed:
            assert (presumption.text in criterion.reason) == (presumption.fact in criterion.facts)
        if criterion.id == "guideline" and "meets_guideline" not in typed:
            assert "附件" in criterion.reason


def exact_inside(rng, spec, said):
    """An exact value of a fact, inside what was said of it (None: nothing)."""
    if spec.type == "bool":
        return rng.random() < 0.5
    if spec.type == "choice":
        return rng.choice(spec.choices)
    if spec.type == "date":
        first = said.lo if said and said.lo else date(2019, 1, 1)
        final = said.hi if said and said.hi else max(first, date(2024, 1, 1))
        return DateRange.exactly(min(first, final) + timedelta(rng.randint(0, max(0, (final - first).days))))
    low = said.lo if said and said.lo is not None else Decimal(spec.minimum)
    high = said.hi if said and said.hi is not None else Decimal(spec.maximum or low + 5000)
    if spec.type == "int":
        return NumberRange.exactly(rng.randint(int(low), int(high)))
    # Open ranges leave their ends out.
    part = rng.choice((0.01, 0.5, 0.99) if said and said.open else (0, 0.5, 1))
    return NumberRange.exactly(low + (high - low) * Decimal(str(part)))


def is_vague(value):
    return value is None or (isinstance(value, DateRange | NumberRange) and value.exact is None)


@THOROUGH
@given(SEEDS, ANY_CATEGORY)
def test_a_decided_verdict_agrees_with_every_completion(pack, seed, category):
    rng, facts, as_of = applicant(seed, category)
    typed = pack.schema.parse(facts)
    before = evaluate(pack, category, typed, as_of)
    if before.verdict == "needs_info":
        return
    left_alone = presumed(before) | {"meets_guideline"}
    for _ in range(5):
        completed = dict(typed)
        for spec in pack.schema.facts:
            if spec.name not in left_alone and is_vague(typed.get(spec.name)):
                # A stated date already presumes its certificate; leaving a fact unsaid is a completion too.
                if typed.get(spec.name) is None and rng.random() < 0.3:
                    continue
                completed[spec.name] = exact_inside(rng, spec, typed.get(spec.name))
        after = evaluate(pack, category, completed, as_of)
        if not presumed(after) - presumed(before):
            assert after.verdict == before.verdict, completed


@THOROUGH
@given(SEEDS, ANY_CATEGORY)
def test_answering_what_is_asked_decides_and_nothing_is_asked_twice(pack, seed, category):
    rng, facts, as_of = applicant(seed, category)
    typed = pack.schema.parse(facts)
    asked = []
    while (report := check(pack, category, typed, as_of)).verdict == "needs_info":
        name = rng.choice([report.missing_facts[0], *report.missing_facts]).name
        assert name not in asked
        assert is_vague(typed.get(name))
        assert name != "meets_guideline"
        asked.append(name)
        typed = typed | {name: exact_inside(rng, pack.schema.spec(name), typed.get(name))}
    assert report.missing_facts == ()


@THOROUGH
@given(SEEDS, ANY_CATEGORY)
def test_answering_all_that_is_asked_at_once_decides(pack, seed, category):
    rng, facts, as_of = applicant(seed, category)
    typed = pack.schema.parse(facts)
    report = check(pack, category, typed, as_of)
    answers = {
        missing.name: exact_inside(rng, pack.schema.spec(missing.name), typed.get(missing.name))
        for missing in report.missing_facts
    }
    assert evaluate(pack, category, typed | answers, as_of).verdict != "needs_info"


@THOROUGH
@given(SEEDS, ANY_CATEGORY)
def test_every_fact_asked_for_can_still_change_something(pack, seed, category):
    _, facts, as_of = applicant(seed, category)
    typed = pack.schema.parse(facts)
    for missing in check(pack, category, typed, as_of).missing_facts:
        possible = answers(pack, missing.name, typed.get(missing.name))
        assert any(
            len({outcome(pack, category, completed | {missing.name: value}, as_of) for value in possible}) > 1
            for completed in favourable(pack, category, typed)
        ), missing.name


def outcome(pack, category, facts, as_of):
    return tuple(evaluate(pack, category, facts, as_of).statuses.items())


def answers(pack, name, said):
    """Telling exact answers to one question, inside what was said."""
    typed = [pack.schema.parse({name: value})[name] for value in profiles.edges(name) if value is not None]
    if said is None:
        return typed
    inside = [value for value in typed if value.exact is not None and within(said, value)]
    if is_open(said):
        ends = [end for end in (said.lo, said.hi) if end is not None]
        near = (end + step for end in ends for step in (Decimal("-0.001"), Decimal("0.001")))
        return inside + [value for value in map(NumberRange.exactly, near) if within(said, value)]
    return inside + [type(said).exactly(end) for end in (said.lo, said.hi) if end is not None]


def is_open(said):
    return isinstance(said, NumberRange) and said.open


def within(said, value):
    number = value.exact
    below = said.lo is not None and (number < said.lo or (is_open(said) and number == said.lo))
    above = said.hi is not None and (number > said.hi or (is_open(said) and number == said.hi))
    return not (below or above)


def most_favourable(pack, name, said):
    """The earliest registration, the latest certificate, the largest number."""
    ranked = sorted(answers(pack, name, said), key=lambda value: value.exact)
    return ranked[0] if name == "registered_on" else ranked[-1]


def favourable(pack, category, typed):
    """The facts as said, all else in favour: with a certificate and without, for each star, upgraded or not."""
    best = pack.schema.parse(profiles.flawless(category))
    said = {name: value for name, value in typed.items() if not is_vague(value)}
    lasting, expired = (DateRange.exactly(date(year, 1, 1)) for year in (2025, 2022))
    ways = product((True, False), (True, False), (lasting, expired), ((3, 0), (4, 3), (5, 4)))
    for issued, evidence, until, stars in ways:
        choices = {
            "certificate_issued": issued,
            "has_certification_evidence": evidence,
            "certificate_valid_until": until,
            "applying_star": stars[0],
            "current_star": stars[1],
            "already_recognized_platform": issued,
        }
        narrowed = {n: most_favourable(pack, n, v) for n, v in typed.items() if is_vague(v) and n in best}
        yield best | {n: v for n, v in choices.items() if n in best} | said | narrowed


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_certain_failure_ends_the_asking_and_the_rest_stands_in_the_notes(pack, category):
    report = check(pack, category, {"registered_in_jiangsu": False}, profiles.NEVER_AGAIN)
    assert report.verdict == "ineligible"
    assert report.missing_facts == ()
    assert any("仍要了解" in note.text and note.clause_id == "3.1.1" for note in report.notes)
    assert {c.status for c in report.criteria} >= {"unknown", "not_met"}
