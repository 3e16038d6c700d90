from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from knowledge.cues import FactCues, load_fact_cues
from knowledge.errors import PackError
from knowledge.gazetteer import PLACES_FILE, Gazetteer
from knowledge.pack import load_pack
from knowledge.rules import Comparison, leaves
from knowledge.strict_yaml import load_model

CUES_FILE = Path(__file__).parents[3] / "knowledge/packs/jiangsu-2023-industrial-internet/fact_cues.yaml"


def test_what_the_cues_call_needed_is_what_the_rules_ask_for() -> None:
    pack = load_pack(CUES_FILE.parent)
    cues = load_fact_cues(CUES_FILE, load_model(PLACES_FILE, Gazetteer))
    asked = {
        leaf.fact: leaf.threshold
        for criterion in pack.rules.criteria
        for leaf in leaves(criterion.rule)
        if isinstance(leaf, Comparison)
    }
    assert cues.amount is not None
    assert cues.amount.needed == asked[cues.amount.fact]
    needed = {cue.fact: cue.needed for cue in cues.counts if cue.needed}
    assert needed
    assert needed == {fact: asked[fact] for fact in needed}


def test_a_misspelling_of_another_length_is_refused() -> None:
    with pytest.raises(ValidationError):
        FactCues(misspellings={"贯": "贯标"})


def test_an_unknown_key_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "fact_cues.yaml"
    file.write_text("misspellings: {}\nstatez: []\n", encoding="utf-8")
    with pytest.raises(PackError, match=":2:"):
        load_fact_cues(file)


def test_places_know_their_province_and_ambiguous_ones_none() -> None:
    places = load_model(PLACES_FILE, Gazetteer)
    assert places.province_of["昆山"] == places.province_of["盱眙"] == "江苏"
    assert places.province_of["深圳"] == "广东"
    assert "鼓楼" not in places.province_of


def test_jiangsu_has_thirteen_cities() -> None:
    jiangsu = next(p for p in load_model(PLACES_FILE, Gazetteer).provinces if p.name == "江苏")
    assert len(jiangsu.cities) == 13


def test_every_policy_value_of_the_pack_names_its_clause() -> None:
    cues = load_fact_cues(CUES_FILE)
    single = [c for c in (cues.place, cues.since, cues.until, cues.amount, cues.usage, cues.levels) if c]
    assert all(cue.clause for cue in (*cues.states, *cues.counts, *single))
