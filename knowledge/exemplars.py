"""Exemplar questions in plain text, so that whoever answers the hotline can add one.

`exemplars/*.txt`: a line `[topic-id]`, then one question a line; empty lines and lines that begin with # count
for nothing. They are added to those that stand in the topics themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from knowledge.errors import PackError
from knowledge.models import Topic

EXEMPLARS_FOLDER = "exemplars"
_HEADING = re.compile(r"\[([a-z0-9][a-z0-9-]*)\]")


def with_exemplars(topics: Sequence[Topic], folder: Path) -> tuple[Topic, ...]:
    """The topics with the questions of `folder`/exemplars added. Raises PackError for an unknown topic."""
    added = read_exemplars(folder, {topic.id for topic in topics})
    return tuple(
        topic.model_copy(
            update={"questions": tuple(dict.fromkeys((*topic.questions, *added.get(topic.id, ()))))}
        )
        for topic in topics
    )


def read_exemplars(folder: Path, known: set[str]) -> dict[str, list[str]]:
    """Topic id → questions, from all text files in the order of their names."""
    found: dict[str, list[str]] = {}
    for file in sorted((folder / EXEMPLARS_FOLDER).glob("*.txt")):
        for topic, questions in read_exemplar_file(file, known).items():
            found.setdefault(topic, []).extend(questions)
    return found


def read_exemplar_file(file: Path, known: set[str]) -> dict[str, list[str]]:
    """Topic id → questions of one file. Raises PackError for an unknown topic."""
    found: dict[str, list[str]] = {}
    topic = None
    for number, raw in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        heading = _HEADING.fullmatch(line)
        if heading:
            topic = heading[1]
            if topic not in known:
                raise PackError(
                    file, number, f"没有问点 {topic}", "请改正方括号里的问点 id，或先在 topics/ 建立它"
                )
        elif topic is None:
            raise PackError(file, number, "例问前面没有问点", "请在这些例问之前加一行 [问点 id]")
        else:
            found.setdefault(topic, []).append(line)
    return found
