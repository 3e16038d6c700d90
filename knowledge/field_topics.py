"""Topics of the field rather than of one notice: small talk, and subjects that no notice here is about."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge.exemplars import with_exemplars
from knowledge.models import Frozen, Topic
from knowledge.pack import load_topics
from knowledge.strict_yaml import load_model

FIELD_FOLDER = Path(__file__).parent / "field"
TOPIC_FILES = ("smalltalk.yaml", "out_of_scope.yaml")


class ForeignNames(Frozen):
    """Names of other programmes, titles and taxes: field/foreign.yaml."""

    names: tuple[str, ...]


def load_foreign_names(file: Path = FIELD_FOLDER / "foreign.yaml") -> re.Pattern[str]:
    """Any name of another programme. Raises PackError."""
    names = sorted(load_model(file, ForeignNames).names, key=len, reverse=True)
    return re.compile("|".join(re.escape(name.lower()) for name in names))


def load_field_topics(folder: Path = FIELD_FOLDER) -> tuple[Topic, ...]:
    """The topics of the field. Raises PackError."""
    topics = [topic for name in TOPIC_FILES for topic in load_topics(folder / name)]
    return with_exemplars(topics, folder)
