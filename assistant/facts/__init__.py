"""Reads typed facts out of what applicants write: never guessed, always with the user's own words."""

from assistant.facts.read import read_facts
from assistant.facts.reading import Ambiguity, FactsRead, StatedFact

__all__ = ["Ambiguity", "FactsRead", "StatedFact", "read_facts"]
