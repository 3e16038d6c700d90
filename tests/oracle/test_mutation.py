"""No operator, threshold, count, day, level, binding or presumption of rules.yaml can change unnoticed."""

import copy
import dataclasses
import datetime
from decimal import Decimal

import eligibility_oracle as oracle
import profiles
import pytest
from pydantic import ValidationError

from assistant.eligibility import evaluate
from knowledge.rules import RuleBook

CATEGORIES = ("platform", "benchmark_factory", "star_cloud")
OPERATORS = (">=", ">", "<=", "<", "==")
STATUSES = ("met", "not_met", "unknown", "needs_confirmation")
OTHER_KINDS = {
    "flag": ["judgement"],
    "judgement": ["flag"],
    "annex": ["flag"],
    "all": ["any"],
    "any": ["all"],
}


@pytest.fixture(scope="module")
def answers(pack):
    """Boundary profiles of each category with the second reading's answers."""
    drawn = {c: profiles.boundary(c) + profiles.drawn(11, c, 500) for c in CATEGORIES}
    return {
        c: [(pack.schema.parse(facts), day, oracle.judge(c, facts, day)) for facts, day in cases]
        for c, cases in drawn.items()
    }


def noticed(pack, answers, book):
    changed = dataclasses.replace(pack, rules=book)
    return any(
        (now.verdict, now.clauses) != expected
        for category, cases in answers.items()
        for facts, day, expected in cases
        for now in [evaluate(changed, category, facts, day)]
    )


def mutations(rule):
    """Every single change of an operator, threshold, count, day, level, kind or fact within a rule."""
    for path, old in scalars(rule, ()):
        for new in replacements(path, old, whole=rule.get("fact") in profiles.COUNTS):
            mutant = copy.deepcopy(rule)
            place = mutant
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = new
            if path[-1] == "kind":
                place.pop("annex", None)
            yield f"{'.'.join(map(str, path))}: {old} -> {new}", mutant
    yield from unnegated(rule)
    for level in rule.get("requires", ()):
        requires = {key: value for key, value in rule["requires"].items() if key != level}
        yield f"requires {level} dropped", {**rule, "requires": requires}


def scalars(node, path):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from scalars(value, (*path, key))
    elif isinstance(node, list | tuple):
        for place, value in enumerate(node):
            yield from scalars(value, (*path, place))
    else:
        yield path, node


def replacements(path, old, *, whole):
    key = path[-1]
    if key == "kind":
        return OTHER_KINDS.get(old, [])
    if key == "operator":
        return [each for each in OPERATORS if each != old]
    if key in ("on_the_day", "when_held"):
        return [each for each in STATUSES if each != old]
    if key in ("fact", "applying", "held"):
        return ["a_fact_never_stated"] if key == "fact" else ["applying_star", "current_star"]
    if isinstance(old, datetime.date):
        return [old + datetime.timedelta(days=k) for k in (-1, 1)]
    if isinstance(old, Decimal):
        return [old + Decimal(step) for step in (("-1", "1") if whole else ("-1", "-0.01", "0.01", "1"))]
    if "requires" in path:
        return [level for level in (0, 3, 4, 5) if level != old]
    if isinstance(old, int) and "annex" not in path:
        return [old - 1, old + 1]
    return []


def unnegated(rule):
    if rule["kind"] == "not":
        yield "not dropped", rule["of"]
    elif "of" in rule:
        for place, part in enumerate(rule["of"]):
            for what, changed in unnegated(part):
                parts = list(rule["of"])
                parts[place] = changed
                yield what, {**rule, "of": parts}
            if len(rule["of"]) > 1:
                yield f"part {place} dropped", {**rule, "of": [p for p in rule["of"] if p is not part]}


def books(pack):
    """Mutants of the whole rule book, each with what was done to it."""
    plain = pack.rules.model_dump()
    for place, criterion in enumerate(plain["criteria"]):
        for what, rule in mutations(criterion["rule"]):
            if rule != criterion["rule"]:
                yield f"{criterion['id']} {what}", with_criterion(plain, place, rule=rule)
        for category in CATEGORIES:
            bound = set(criterion["categories"]) ^ {category}
            per_category = criterion["rule"].get("years") or criterion["rule"].get("annex")
            if bound and not (isinstance(per_category, dict) and category not in per_category):
                yield (
                    f"{criterion['id']} bound to {bound}",
                    with_criterion(plain, place, categories=sorted(bound)),
                )
    for place, presumption in enumerate(plain["presumptions"]):
        kept = [p for p in plain["presumptions"] if p is not presumption]
        yield f"presumption {place} dropped", {**plain, "presumptions": kept}
    yield "presumptions swapped", {**plain, "presumptions": plain["presumptions"][::-1]}


def with_criterion(plain, place, **changes):
    criteria = list(plain["criteria"])
    criteria[place] = {**criteria[place], **changes}
    return {**plain, "criteria": criteria}


def test_the_rules_as_they_are_agree_on_every_boundary(pack, answers):
    assert not noticed(pack, answers, pack.rules)


def test_every_mutation_of_the_rules_is_noticed(pack, answers):
    unnoticed, tried = [], 0
    for what, plain in books(pack):
        try:
            book = RuleBook.model_validate(plain)
        except ValidationError:
            continue  # no rule book at all
        tried += 1
        if not noticed(pack, answers, book):
            unnoticed.append(what)
    assert tried > 150
    assert unnoticed == []


def test_every_day_of_the_windows_counts(pack, answers):
    for place, window in enumerate(pack.notice.windows):
        for name in ("opens_on", "closes_on", "bureau_deadline"):
            bounds = name == "opens_on" or (name == "bureau_deadline") == window.set_locally
            if not bounds:
                continue
            for shift in (-1, 1):
                day = getattr(window, name) + datetime.timedelta(days=shift)
                windows = list(pack.notice.windows)
                windows[place] = window.model_copy(update={name: day})
                notice = pack.notice.model_copy(update={"windows": tuple(windows)})
                assert noticed(dataclasses.replace(pack, notice=notice), answers, pack.rules), (window, name)
