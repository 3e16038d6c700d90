"""Phrases that applicants say, and what they state: said/*.jsonl of a pack, one phrase a line.

`{"text": "账目清清爽爽", "facts": {"sound_finance": true}}`; empty facts where a phrase states nothing, `"if": true`
where it only supposes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from knowledge.errors import FactError, PackError
from knowledge.facts import FactSchema
from knowledge.models import Frozen, Topic

SAID_FOLDER = "said"
SAID_ON = date(2023, 2, 10)
"""The day on which all phrases are said: 去年 is 2022 in every one of them."""


class Said(Frozen):
    """A phrase and the facts that it states; `supposed`: only under an if."""

    text: str = Field(min_length=1)
    facts: dict[str, Any]
    supposed: bool = Field(default=False, alias="if")


def questions_as_said(topics: Iterable[Topic], each: int) -> tuple[Said, ...]:
    """Questions about the notice, `each` of a topic, as phrases that state nothing of an applicant."""
    found = []
    for topic in topics:
        if topic.route != "eligibility":
            step = max(1, len(topic.questions) // each)
            found += [
                Said.model_validate({"text": text, "facts": {}}) for text in topic.questions[::step][:each]
            ]
    return tuple(found)


def load_said(folder: Path, schema: FactSchema) -> tuple[Said, ...]:
    """The phrases of a pack's folder. Raises PackError with file and line."""
    found: dict[str, Said] = {}
    for file in sorted((folder / SAID_FOLDER).glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                one = Said.model_validate(json.loads(line))
                schema.parse(one.facts)
            except (ValueError, ValidationError, FactError) as error:
                raise PackError(
                    file, number, f"说法有误：{error}", "应为 {text, facts}，事实见 facts.yaml"
                ) from error
            found.setdefault(one.text, one)
    return tuple(found.values())
