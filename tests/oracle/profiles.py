"""Applicants drawn at random, their values and ranges crowded around every threshold of the notice."""

import datetime
import random

DAY = datetime.timedelta(days=1)
BOOLS = (
    "registered_in_jiangsu",
    "independent_legal_person",
    "sound_finance",
    "good_credit",
    "professional_team",
    "meets_guideline",
    "project_built",
    "already_recognized_platform",
    "significant_upgrade",
    "has_audit_report",
    "has_invoices",
    "integration_certified",
    "certificate_issued",
    "has_certification_evidence",
    "services_still_in_use",
)
COUNTS = {
    "foundation_aspects_met": 3,
    "manufacturing_directions_covered": 3,
    "benchmark_directions_covered": 4,
    "innovation_directions_mature": 7,
}
SHARED = (*BOOLS[:6], "registered_on")
OWN = {
    "platform": ("project_built", "already_recognized_platform", "significant_upgrade"),
    "benchmark_factory": (
        "project_built",
        "investment_3y_wan",
        "has_audit_report",
        "has_invoices",
        "integration_certified",
        "certificate_issued",
        "certificate_valid_until",
        "has_certification_evidence",
        *COUNTS,
    ),
    "star_cloud": ("applying_star", "current_star", "min_months_of_each_service", "services_still_in_use"),
}
ALL_FACTS = tuple(dict.fromkeys((*SHARED, *(name for names in OWN.values() for name in names))))
NEVER_AGAIN = datetime.date(2026, 11, 22)


def as_of(rng):
    """A day of asking, sometimes long after the notice."""
    if rng.random() < 0.1:
        return NEVER_AGAIN
    return datetime.date(2023, 1, 15) + rng.randrange(107) * DAY


def profile(rng, category):
    """An applicant's facts as JSON; now and then nearly complete, now and then nearly silent."""
    missing = rng.choice((0.0, 0.0, 0.05, 0.1, 0.3, 0.6))
    doubtful = rng.choice((0.0, 0.05, 0.15, 0.5))
    names = list(SHARED) + list(OWN.get(category, ()))
    if rng.random() < 0.1:
        names = list(ALL_FACTS)
    facts = {name: value(rng, name, doubtful) for name in names if rng.random() >= missing}
    if rng.random() < 0.05:
        facts[rng.choice(names)] = None
    return facts


def value(rng, name, doubtful):
    """A value of one fact; `doubtful` is how often it is unfavourable or vague."""
    if name in BOOLS:
        favourable = name != "already_recognized_platform"
        return favourable if rng.random() >= doubtful else rng.random() < 0.5
    if name in COUNTS:
        return count(rng, COUNTS[name], doubtful)
    if name == "applying_star":
        return rng.choice((3, 4, 5))
    if name == "current_star":
        return rng.choice((0, 3, 4, 5))
    if name == "registered_on":
        return registered_on(rng, doubtful)
    if name == "certificate_valid_until":
        day = datetime.date(2023, 3, 31) + rng.randint(-2, 2) * DAY
        return vague_day(rng, day) if rng.random() < doubtful else (day + 200 * DAY).isoformat()
    threshold = 2000 if name == "investment_3y_wan" else 3
    return amount(rng, threshold) if rng.random() < doubtful else threshold + rng.choice((0, 0.5, 500))


def count(rng, most, doubtful):
    if rng.random() >= doubtful:
        return rng.choice((most, most, max(1, most - 1)))
    if rng.random() < 0.5:
        return rng.randint(0, most)
    low, high = sorted((rng.randint(0, most), rng.randint(0, most)))
    if high - low >= 2 and rng.random() < 0.5:
        return {"from": low, "to": high, "open": True}
    return rng.choice(
        (
            {"from": low, "to": high},
            {"from": low, "to": None},
            {"from": None, "to": high},
            {"from": low, "to": low},
        )
    )


def amount(rng, threshold):
    near = [0, threshold - 1, threshold - 0.01, threshold, threshold + 0.01, threshold + 1, threshold * 2]
    if rng.random() < 0.4:
        return rng.choice(near)
    low, high = sorted(rng.sample(near, 2))
    if rng.random() < 0.2:
        return {"from": low, "to": low}
    ends = rng.choice(((low, high), (None, high if high else threshold), (low, None)))
    excluded = rng.choice(({}, {"open": False}, {"open": True}))
    return {"from": ends[0], "to": ends[1]} | excluded


def registered_on(rng, doubtful):
    if rng.random() >= max(doubtful, 0.3):
        return datetime.date(rng.randint(1995, 2019), rng.randint(1, 12), rng.randint(1, 28)).isoformat()
    if rng.random() < 0.1:
        return rng.choice(("2020-02-29", "2020-02-28", "2020-03-01", "2022-02-28", "2020-02", "2016-02-29"))
    years = rng.choice((1, 3))
    opens = datetime.date(2023, 2, 6)
    edge = rng.choice((opens, datetime.date(2023, 2, 28), datetime.date(2023, 4, 17)))
    edge = rng.choice((edge, opens + rng.randrange(75) * DAY)) + rng.randint(-2, 2) * DAY
    day = edge.replace(year=edge.year - years)
    return vague_day(rng, day) if rng.random() < max(doubtful, 0.1) else day.isoformat()


def vague_day(rng, day):
    """The day itself, its month or year, or a range about it."""
    first, final = day - rng.randrange(60) * DAY, day + rng.randrange(60) * DAY
    form = rng.randrange(12)
    if form < 5:
        return day.isoformat()
    if form < 7:
        return f"{day:%Y-%m}"
    if form == 7:
        return f"{day:%Y}"
    if form == 8:
        return {"from": first.isoformat(), "to": final.isoformat()}
    if form == 9:
        return {"from": f"{first - 2 * DAY}", "to": f"{final + 2 * DAY}", "open": True}
    if form == 10:
        return {"from": None, "to": f"{day:%Y-%m}", "open": rng.random() < 0.5}
    return {"from": f"{day:%Y-%m}", "to": None, "open": rng.random() < 0.5}


def drawn(seed, category, number):
    """`number` pairs of facts and day of asking; the same for the same seed."""
    rng = random.Random(f"{seed}/{category}")
    return [(profile(rng, category), as_of(rng)) for _ in range(number)]


def flawless(category):
    """An applicant that meets every condition of a category (or, with None, what all share)."""
    return {name: faultless(name) for name in (*SHARED, *OWN.get(category, ()))}


def boundary(category):
    """A flawless applicant, and the same with each fact at, beside and around every threshold, or unsaid."""
    base = flawless(category)
    days = [datetime.date(2023, 2, day) for day in (1, 7, 20)] + [datetime.date(2023, 4, 16), NEVER_AGAIN]
    cases = [(base | {name: value}, day) for name in base for value in edges(name) for day in days]
    cases += [({**base, "meets_guideline": None}, day) for day in days]
    if category == "platform":
        recognised = base | {"already_recognized_platform": True}
        cases += [(recognised | {"significant_upgrade": said}, days[1]) for said in (True, False, None)]
    if category == "benchmark_factory":
        for until in edges("certificate_valid_until"):
            for evidence in (True, False, None):
                own = {"certificate_valid_until": until, "has_certification_evidence": evidence}
                for passed in (True, False, None):
                    stated = {"integration_certified": passed, **own}
                    cases += [
                        (base | stated | {"certificate_issued": i}, days[1]) for i in (True, False, None)
                    ]
    if category == "star_cloud":
        stars = [(a, c) for a in (3, 4, 5, None) for c in (0, 3, 4, 5, None)]
        cases += [(base | {"applying_star": a, "current_star": c}, days[1]) for a, c in stars]
    return cases


def faultless(name):
    """A value that meets every category's condition."""
    plain = {
        "registered_on": "2010-05-05",
        "certificate_valid_until": "2025-01-01",
        "investment_3y_wan": 5000,
    }
    plain |= {"min_months_of_each_service": 9, "applying_star": 4, "current_star": 3}
    plain |= {"already_recognized_platform": False, **COUNTS}
    return plain.get(name, True)


def edges(name):
    """The telling values of one fact."""
    if name in BOOLS:
        return [True, False, None]
    if name in COUNTS:
        top = COUNTS[name]
        ranges = [{"from": low, "to": None} for low in range(top + 1)] + [{"from": None, "to": top - 1}]
        return [None, *range(top + 1), *ranges]
    if name == "registered_on":
        years = [datetime.date(2023 - n, 2, 6) for n in (1, 2, 3, 4)]
        lasts = [
            datetime.date(2023 - n, month, day) for n in (1, 2, 3, 4) for month, day in ((2, 28), (4, 17))
        ]
        near = [edge + k * DAY for edge in years + lasts for k in (-1, 0, 1, 2)]
        return [None, "2020-02", "2020-02-29", "2020", *(day.isoformat() for day in near)]
    if name == "certificate_valid_until":
        near = [(datetime.date(2023, 3, 31) + k * DAY).isoformat() for k in (-1, 0, 1)]
        return [None, "2023-03", "2023-04", *near]
    if name == "applying_star":
        return [3, 4, 5]
    if name == "current_star":
        return [0, 3, 4, 5]
    threshold = 2000 if name == "investment_3y_wan" else 3
    exact = [threshold + k for k in (-1, -0.01, 0, 0.01, 1)]
    below = [{"from": None, "to": threshold, "open": left_out} for left_out in (True, False)]
    return [
        None,
        *exact,
        *below,
        {"from": threshold, "to": None},
        {"from": threshold, "to": None, "open": True},
    ]
