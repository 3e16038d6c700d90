"""A proposed rule: facts, the words that tell them, a criterion with its clause and quote, and how sure it is.

None is active until a person accepts it. They are kept in `proposals.yaml` of the pack.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from knowledge.cues import FactCues
from knowledge.facts import FactSpec
from knowledge.models import Frozen
from knowledge.rules import Criterion
from knowledge.strict_yaml import load_model

PROPOSALS_FILE = "proposals.yaml"

Decision = Literal["open", "accepted", "rejected"]
Pattern = Literal[
    "tenure",
    "measure",
    "directions",
    "some_of",
    "known",
    "place",
    "required",
    "stated",
    "forbidden",
    "validity",
    "limit",
]
"""By which words it was recognised: 满N年, 不低于N, N个方向至少, 满足其中N项, a fact of the field, 在…注册, 须…,
an item of a list of conditions, 不得…, 有效期…, 限报N项."""


class Proposal(Frozen):
    """One proposed rule; `number` names it to whoever decides."""

    number: int = Field(ge=1)
    pattern: Pattern
    confidence: float = Field(ge=0, le=1)
    facts: tuple[FactSpec, ...]
    cues: dict[str, Any] = Field(default={}, description="what it adds to fact_cues.yaml")
    criterion: Criterion
    status: Decision = "open"
    decided_by: str = ""
    decided_on: date | None = None

    @property
    def clause(self) -> str:
        """The clause it stands on."""
        return self.criterion.clause

    @property
    def quote(self) -> str:
        """The verbatim words of the clause."""
        return self.criterion.quote

    @model_validator(mode="after")
    def _holds_together(self) -> Proposal:
        FactCues.model_validate(self.cues)
        declared = {spec.name for spec in self.facts}
        if missing := set(self.criterion.facts) - declared:
            raise ValueError(f"没有声明事实 {'、'.join(sorted(missing))}")
        if (self.status == "open") != (self.decided_on is None):
            raise ValueError("decided_on 只随决定填写")
        return self


class Proposals(Frozen):
    """A pack's proposals.yaml."""

    proposals: tuple[Proposal, ...] = ()

    @model_validator(mode="after")
    def _numbers_are_distinct(self) -> Proposals:
        numbers = [proposal.number for proposal in self.proposals]
        if len(numbers) != len(set(numbers)):
            raise ValueError("number 不得重复")
        return self

    @property
    def open(self) -> tuple[Proposal, ...]:
        """Those on which nobody has decided."""
        return tuple(proposal for proposal in self.proposals if proposal.status == "open")


def load_proposals(folder: Path) -> Proposals:
    """The proposals of a pack; none where the file is absent. Raises PackError."""
    file = folder / PROPOSALS_FILE
    return load_model(file, Proposals) if file.exists() else Proposals()
