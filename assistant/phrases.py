"""What the assistant says around the notice's own words: templates/phrases.yaml, read once by bootstrap."""

from __future__ import annotations

from pathlib import Path

from knowledge.models import Frozen
from knowledge.strict_yaml import load_model

PHRASES_FILE = Path(__file__).with_name("templates") / "phrases.yaml"


class Phrases(Frozen):
    """All templates by group and name; slots in braces, filled with `say`."""

    basis: str
    quote: str
    contacts: str
    desk: str
    window: dict[str, str]
    days: dict[str, str]
    verdict: dict[str, str]
    criterion: dict[str, str]
    remedy: str
    questions: str
    question: str
    contradiction: str
    new_applicant: str
    if_unheard: str
    claimed_all: str
    nothing_before: str
    open_points: str
    alternative: str
    nearest: str
    annex: dict[str, str]
    undecided: dict[str, str]
    not_said: str
    stands_in: str
    in_its_words: str
    no_such_clause: str
    sought_in: str
    sought_nowhere: str
    check: dict[str, str]
    by_category: dict[str, str]
    turned_off: str
    referral: str
    out_of_scope: dict[str, str]
    elsewhere: dict[str, str]
    smalltalk: dict[str, str]


def load_phrases(file: Path = PHRASES_FILE) -> Phrases:
    """Read the templates. Raises PackError."""
    return load_model(file, Phrases)
