"""Fuzzing for as long as there is time: hypothesis anew with seed after seed; texts made to slow a reader down."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from typing import Any

import hypothesis
from bad_requests import WORDS
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

QUICK = 3.0
"""Seconds of a law in the default run."""
AT_LENGTH = float(os.environ.get("SHENBAO_FUZZ_SECONDS", "600"))
"""Seconds of a law in `make soak`."""


def fuzz(law: Callable[[Any], None], inputs: st.SearchStrategy[Any], seconds: float) -> int:
    """How many inputs the law held for. The first one that it does not hold for is raised, made small."""
    gc.collect()
    gc.freeze()  # what other tests have loaded is not gone through again on the account of what is fuzzed
    until, tried, failed = time.monotonic() + seconds, 0, False

    def counted(made: Any) -> None:
        nonlocal tried, failed
        tried += 1
        if time.monotonic() < until or failed:  # what failed is made small, however long that takes
            try:
                law(made)
            except BaseException:
                failed = True
                raise

    for seed in range(1_000_000):
        if time.monotonic() > until:
            break
        checked = given(inputs)(counted)
        checked = settings(
            max_examples=60,
            database=None,
            deadline=None,
            derandomize=False,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )(checked)
        hypothesis.seed(seed)(checked)()
    gc.unfreeze()
    return tried


def within(seconds: float, call: Callable[[], Any]) -> Any:
    """What the call returns; it may take so many seconds of this process's own work."""
    began = time.process_time()
    returned = call()
    took = time.process_time() - began
    assert took <= seconds, f"took {took:.1f} s of {seconds:.1f}"
    return returned


def repeated(longest: int) -> st.SearchStrategy[str]:
    """A few pieces again and again up to a length: the worst case of patterns that try many ways."""
    unit = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map("".join)
    return st.builds(
        lambda head, unit, tail, length: (head + unit * (length // len(unit) + 1))[:length] + tail,
        st.sampled_from(["", *WORDS]),
        unit,
        st.sampled_from(["", "☃", "吗", "？", "元"]),
        st.integers(1, longest - 2),
    )


def messages(longest: int) -> st.SearchStrategy[str]:
    """Any text, words of the field in any order, and repeated ones."""
    mixed = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=60).map("".join)
    return st.one_of(st.text(max_size=300), mixed, repeated(longest))
