"""Topics of the field rather than of one notice: small talk, and subjects that no notice here is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from knowledge.exemplars import with_exemplars
from knowledge.gazetteer import Gazetteer
from knowledge.models import Frozen, Notice, Topic
from knowledge.pack import load_topics
from knowledge.strict_yaml import load_model

FIELD_FOLDER = Path(__file__).parent / "field"
_YEAR = re.compile("20[0-9]{2}")
_OTHER_YEAR = re.compile("之后|不是|而不|以后|之前|以前|去年|明年|上一?年|下一?年|前年|往年")
TOPIC_FILES = ("smalltalk.yaml", "out_of_scope.yaml")


class ForeignNames(Frozen):
    """Names of other programmes, titles and taxes: field/foreign.yaml."""

    names: tuple[str, ...]


def load_foreign_names(
    notice: Notice | None = None, file: Path = FIELD_FOLDER / "foreign.yaml"
) -> re.Pattern[str]:
    """Any name of another programme; with a notice, but for those that it is itself about. Raises PackError."""
    subject = subject_of(notice) if notice else ""
    names = [name.lower() for name in load_model(file, ForeignNames).names if name.lower() not in subject]
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))


def fitting(
    topics: Sequence[Topic], notice: Notice, foreign: re.Pattern[str], places: Gazetteer, province: str
) -> tuple[Topic, ...]:
    """The topics of the field as seen from a notice: what it is itself about is no other subject there.

    Questions about another programme, region or year go where this notice is that programme, region or year; one
    without a province (a ministry's) has no other region.
    """
    own = set(foreign.findall(subject_of(notice)))

    def is_other(topic: Topic, question: str) -> bool:
        if topic.id == "other-programme":
            return not any(name in question.lower() for name in own)
        if topic.id == "other-region":
            named = {places.province_of[name] for name in places.names.findall(question)}
            return bool(province) and named != {province}
        years = set(_YEAR.findall(question))
        return topic.id != "other-year" or years != {str(notice.year)} or bool(_OTHER_YEAR.search(question))

    kept = (
        topic.model_copy(update={"questions": tuple(q for q in topic.questions if is_other(topic, q))})
        for topic in topics
    )
    return tuple(topic for topic in kept if topic.questions)


def subject_of(notice: Notice) -> str:
    """What a notice is about: its title and the names of its categories, in lower case."""
    names = (word for c in notice.categories for word in (c.name, c.short, *c.aliases))
    return " ".join((notice.title, *names)).lower()


def load_field_topics(folder: Path = FIELD_FOLDER) -> tuple[Topic, ...]:
    """The topics of the field. Raises PackError."""
    topics = [topic for name in TOPIC_FILES for topic in load_topics(folder / name)]
    return with_exemplars(topics, folder)
