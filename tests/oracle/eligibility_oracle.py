"""A second reading of 三、申报条件, written from the contract's readings alone and sharing no code with the first.

Facts come as the contract's JSON, and every rule of this one notice is spelled out in plain Python. Slow and
specific on purpose: wherever a value is known only as a range, each telling value in it is tried.
"""

import datetime

DAY = datetime.timedelta(days=1)
CATEGORIES = ("platform", "benchmark_factory", "star_cloud")
SYSTEM_OPENS = datetime.date(2023, 2, 6)
LAST_DAY = {
    "platform": datetime.date(2023, 2, 28),
    "benchmark_factory": datetime.date(2023, 2, 28),
    "star_cloud": datetime.date(2023, 4, 17),
}
FULL_YEARS = {"platform": 1, "benchmark_factory": 3, "star_cloud": 1}


def judge(category, facts, as_of):
    """Return (verdict, {clause: status}) for one category, or for None over what all three share."""
    facts = {name: value for name, value in facts.items() if value is not None}
    parts = shared_parts(facts, as_of) if category is None else parts_of(category, facts, as_of)
    clauses = {clause: worst(statuses) for clause, statuses in parts.items()}
    overall = worst(clauses.values())
    verdicts = {"not_met": "ineligible", "unknown": "needs_info", "met": "eligible"}
    return verdicts.get(overall, overall), clauses


def worst(statuses):
    """Reading 12."""
    return next(s for s in ("not_met", "unknown", "needs_confirmation", "met") if s in set(statuses))


def parts_of(category, facts, as_of):
    parts = {
        "3.1.1": [
            stated(facts, "registered_in_jiangsu"),
            stated(facts, "independent_legal_person"),
            registration(category, facts, as_of),
            stated(facts, "sound_finance"),
            stated(facts, "good_credit"),
        ],
        "3.1.2": [guideline(facts)],
        "3.1.3": [stated(facts, "professional_team")],
    }
    if category == "platform":
        parts["3.2.1"] = [stated(facts, "project_built")]
        parts["3.2.2"] = [recognised_before(facts)]
    if category == "benchmark_factory":
        parts["3.3.1"] = [
            stated(facts, "project_built"),
            number_at_least(facts.get("investment_3y_wan"), 2000),
            stated(facts, "has_audit_report"),
            stated(facts, "has_invoices"),
        ]
        parts["3.3.2"] = [certificate(facts)]
        parts["3.3.3"] = [
            number_at_least(facts.get("foundation_aspects_met"), 3, whole=True),
            number_at_least(facts.get("manufacturing_directions_covered"), 3, whole=True),
            number_at_least(facts.get("benchmark_directions_covered"), 1, whole=True),
            number_at_least(facts.get("innovation_directions_mature"), 1, whole=True),
        ]
    if category == "star_cloud":
        parts["3.4.1"] = [star(facts)]
        parts["3.4.2"] = [
            number_at_least(facts.get("min_months_of_each_service"), 3),
            stated(facts, "services_still_in_use"),
        ]
    return parts


def shared_parts(facts, as_of):
    parts = {clause: parts_of("platform", facts, as_of)[clause] for clause in ("3.1.1", "3.1.2", "3.1.3")}
    ages = {registration(category, facts, as_of) for category in CATEGORIES}
    parts["3.1.1"][2] = ages.pop() if len(ages) == 1 else "unknown"
    return parts


def stated(facts, name):
    """Reading 4: the applicant's own word counts; silence is unknown."""
    if name not in facts:
        return "unknown"
    return "met" if facts[name] is True else "not_met"


def guideline(facts):
    """Reading 5: the annexes are not at hand."""
    if "meets_guideline" not in facts:
        return "needs_confirmation"
    return stated(facts, "meets_guideline")


def registration(category, facts, as_of):
    """Reading 2, over every telling day of Reading 3's range."""
    if "registered_on" not in facts:
        return "unknown"
    first, final = days_between(facts["registered_on"])
    last = LAST_DAY[category]
    first_chance = last if as_of > last else max(as_of, SYSTEM_OPENS)
    years = FULL_YEARS[category]

    def on(day):
        done = years_later(day, years)
        if done <= first_chance:
            return "met"
        if done > last:
            return "not_met"
        return "needs_confirmation"

    turning = [years_later(edge, -years) + k * DAY for edge in (first_chance, last) for k in (-1, 0, 1, 2)]
    return agreed({on(day) for day in telling(first, final, turning)})


def years_later(day, years):
    if (day.month, day.day) == (2, 29) and not is_leap(day.year + years):
        return datetime.date(day.year + years, 2, 28)
    return datetime.date(day.year + years, day.month, day.day)


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def recognised_before(facts):
    """Reading 6, the sentence on 3.2.2."""
    before, upgraded = facts.get("already_recognized_platform"), facts.get("significant_upgrade")
    if before is None:
        return "unknown"
    if before is False:
        return "met"
    if upgraded is None:
        return "unknown"
    return "needs_confirmation" if upgraded else "not_met"


def certificate(facts):
    """Reading 8, sentence by sentence."""
    passed, issued = facts.get("integration_certified"), facts.get("certificate_issued")
    until, evidence = facts.get("certificate_valid_until"), facts.get("has_certification_evidence")
    if passed is False:
        return "not_met"
    if issued is None and until is not None:
        issued = True
    if issued is True and passed is None:
        passed = True
    if issued is None:
        return "unknown"
    if issued is False:
        if evidence is False:
            return "not_met"
        return "met" if evidence is True and passed is True else "unknown"
    if until is None:
        return "unknown"
    the_day = datetime.date(2023, 3, 31)

    def on(day):
        if day == the_day:
            return "needs_confirmation"
        return "met" if day > the_day else "not_met"

    return agreed({on(day) for day in telling(*days_between(until), [the_day - DAY, the_day, the_day + DAY])})


def star(facts):
    """Reading 10: with one or both stars unknown every possible pair is tried."""
    applying = [facts["applying_star"]] if "applying_star" in facts else [3, 4, 5]
    holding = [facts["current_star"]] if "current_star" in facts else [0, 3, 4, 5]

    def pair(wanted, today):
        if today in (3, 4, 5) and wanted <= today:
            return "needs_confirmation"
        if wanted == 4:
            return "met" if today >= 3 else "not_met"
        if wanted == 5:
            return "met" if today >= 4 else "not_met"
        return "met"

    return agreed({pair(wanted, today) for wanted in applying for today in holding})


def number_at_least(value, least, *, whole=False):
    """Reading 1: equality is enough. A range is tried at, beside and far from its ends and the threshold."""
    if value is None:
        return "unknown"
    if not isinstance(value, dict):
        return "met" if value >= least else "not_met"
    low = 0 if value["from"] is None else value["from"]
    high = 10**9 if value["to"] is None else value["to"]
    excluded = value.get("open", False)
    step = 1 if whole else 1e-6

    def inside(number):
        above = number >= low if value["from"] is None or not excluded else number > low
        below = number <= high if value["to"] is None or not excluded else number < high
        return above and below

    tried = [edge + k * step for edge in (low, high, least) for k in (-1, 0, 1)]
    if not whole:
        tried.append((low + high) / 2)
    return agreed({"met" if number >= least else "not_met" for number in tried if inside(number)})


def agreed(statuses):
    """Reading 3: one status for all, else unknown."""
    assert statuses
    return statuses.copy().pop() if len(statuses) == 1 else "unknown"


def telling(first, final, turning):
    """Both ends of a range of days and the turning days inside it."""
    return [first, final, *(day for day in turning if first <= day <= final)]


def days_between(value):
    """First and last day of the contract's date forms."""
    if isinstance(value, str):
        return span(value)
    first = span(value["from"]) if value["from"] else None
    final = span(value["to"]) if value["to"] else None
    if value.get("open", False):
        return (
            first[1] + DAY if first else datetime.date(1900, 1, 1),
            final[0] - DAY if final else datetime.date(2100, 12, 31),
        )
    return (
        first[0] if first else datetime.date(1900, 1, 1),
        final[1] if final else datetime.date(2100, 12, 31),
    )


def span(text):
    numbers = [int(part) for part in text.split("-")]
    if len(numbers) == 1:
        return datetime.date(numbers[0], 1, 1), datetime.date(numbers[0], 12, 31)
    if len(numbers) == 2:
        year, month = numbers
        following = datetime.date(year + month // 12, month % 12 + 1, 1)
        return datetime.date(year, month, 1), following - DAY
    return datetime.date(*numbers), datetime.date(*numbers)
