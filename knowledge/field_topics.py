"""Topics of the field rather than of one notice: small talk, and subjects that no notice here is about."""

from __future__ import annotations

from pathlib import Path

from knowledge.exemplars import with_exemplars
from knowledge.models import Topic
from knowledge.pack import load_topics

FIELD_FOLDER = Path(__file__).parent / "field"
TOPIC_FILES = ("smalltalk.yaml", "out_of_scope.yaml")


def load_field_topics(folder: Path = FIELD_FOLDER) -> tuple[Topic, ...]:
    """The topics of the field. Raises PackError."""
    topics = [topic for name in TOPIC_FILES for topic in load_topics(folder / name)]
    return with_exemplars(topics, folder)
