"""What the field knows before it has read a notice: facts that return everywhere, measures, and how to ask for them."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic import Field as Model

from knowledge.models import Frozen
from knowledge.strict_yaml import load_model, load_yaml, plain

DRAFTING_FOLDER = Path(__file__).parent.parent / "field" / "drafting"


Compiled = Annotated[re.Pattern[str], BeforeValidator(re.compile)]


class KnownFact(Frozen):
    """A yes-or-no fact that conditions of many notices ask for; `negative`: true is what stands against one."""

    name: str
    pattern: Compiled
    negative: bool = False
    meaning: str
    question: str
    title: str
    ease: int = 2
    cue: dict[str, Any] = Model(default={})


class Measure(Frozen):
    """A quantity as notices print it, and the words by which applicants tell it."""

    name: str
    notice: Compiled
    said: tuple[str, ...]


class _Facts(Frozen):
    facts: tuple[KnownFact, ...]


class _Measures(Frozen):
    measures: tuple[Measure, ...]


class Field:
    """The field's knowledge for drafting, read once."""

    def __init__(self, folder: Path = DRAFTING_FOLDER) -> None:
        self._folder = folder

    @cached_property
    def facts(self) -> tuple[KnownFact, ...]:
        """Facts that return in many notices."""
        return load_model(self._folder / "known_facts.yaml", _Facts).facts

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Quantities that return in many notices."""
        return load_model(self._folder / "measures.yaml", _Measures).measures

    @cached_property
    def wording(self) -> dict[str, dict[str, str]]:
        """Questions, reasons and remedies of proposals, by pattern."""
        texts: dict[str, dict[str, str]] = plain(load_yaml(self._folder / "wording.yaml"))
        return texts
