"""What an eligibility answer says is said whole: the verifier finds nothing in it to hold back."""

from __future__ import annotations

import random
import sys
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers.eligibility import Case, eligibility_draft
from assistant.compose.grounding import Grounding
from assistant.phrases import load_phrases

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "oracle"))

import profiles

PHRASES = load_phrases()
AS_OF = date(2023, 2, 10)


def rejected(pack, category, facts, as_of):
    case = Case(facts=facts, as_of=as_of, hypothetical=False)
    draft = eligibility_draft(pack, category, case, PHRASES)
    return Grounding(pack.tree, pack.notice).verify(draft.sentences, draft.own_words).rejected


@settings(max_examples=150)
@given(st.integers(0, 2**32), st.sampled_from(["platform", "benchmark_factory", "star_cloud", None]))
def test_no_sentence_about_any_applicant_is_held_back(pack, seed, category):
    rng = random.Random(seed)
    facts, as_of = profiles.profile(rng, category), profiles.as_of(rng)
    assert rejected(pack, category, pack.schema.parse(facts), as_of) == ()


def test_a_range_of_months_reckoned_from_a_start_is_said(pack):
    facts = pack.schema.parse({"min_months_of_each_service": {"from": 1.5, "to": 2.5}})
    assert rejected(pack, "star_cloud", facts, AS_OF) == ()
