"""The cheap mode stays within forty times a bare validation of the same facts, measured in one run."""

import timeit
from datetime import date

import pytest
from profiles import flawless
from pydantic import create_model

from assistant.eligibility import evaluate

TYPES = {"bool": bool, "number": float, "int": int, "choice": int, "date": date}
AS_OF = date(2023, 2, 10)


@pytest.mark.parametrize("category", ["platform", "benchmark_factory", "star_cloud"])
def test_evaluation_costs_at_most_forty_bare_validations(pack, category):
    raw = flawless(category)
    fields = {spec.name: (TYPES[spec.type] | None, None) for spec in pack.schema.facts}
    bare = create_model("Bare", **fields)
    facts = pack.schema.parse(raw)
    # Short turns by turns, so that a busy machine hits both alike and the best of each is undisturbed.
    turns = [
        (
            timeit.timeit(lambda: bare.model_validate(raw), number=50),
            timeit.timeit(lambda: evaluate(pack, category, facts, AS_OF), number=5) * 10,
        )
        for _ in range(400)
    ]
    validation, evaluation = (min(times) for times in zip(*turns, strict=True))
    assert evaluation <= 40 * validation
