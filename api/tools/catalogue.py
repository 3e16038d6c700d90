"""The three tools: what each takes and gives, and how it is called. Nothing of the protocol is known here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from api import views
from api.schemas import HITS_LIMIT, QUERY_LIMIT, Body, CategoryId, Contacts, Day, Facts, PackId, SearchHits
from assistant.reply import EligibilityReport
from knowledge.errors import UnknownPack
from knowledge.facts import FactSpec
from knowledge.models import Frozen
from knowledge.strict_yaml import load_model

if TYPE_CHECKING:
    from assistant.service import Assistant
    from knowledge.pack import Pack

_WORDING = Path(__file__).with_name("wording.yaml")


class SearchArguments(Body):
    """What to look for, and how many clauses to give at most."""

    query: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=QUERY_LIMIT)]
    k: Annotated[int, Field(ge=1, le=HITS_LIMIT)] = 5
    pack: PackId | None = None


class CheckArguments(Body):
    """Facts to check against a category's criteria."""

    category: CategoryId
    facts: Facts
    as_of: Day | None = None
    pack: PackId | None = None


class ContactArguments(Body):
    """Whose desks are wanted."""

    pack: PackId | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: the models of its arguments and of its answer, that of HTTP, and the work."""

    name: str
    arguments: type[BaseModel]
    answer: type[BaseModel]
    work: Callable[[Assistant, Any], BaseModel]


def _search(assistant: Assistant, asked: SearchArguments) -> SearchHits:
    found = assistant.search(asked.query, k=asked.k, pack=asked.pack)
    return views.hits(found)


def _check(assistant: Assistant, asked: CheckArguments) -> EligibilityReport:
    return assistant.check(asked.category, asked.facts, as_of=asked.as_of, pack=asked.pack)


def _contacts(assistant: Assistant, asked: ContactArguments) -> Contacts:
    pack = assistant.packs.get(asked.pack or assistant.default_pack)
    if pack is None:
        raise UnknownPack(f"没有知识包 {asked.pack}；可用：{'、'.join(assistant.packs)}")
    return views.contacts(pack)


TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool("search_clauses", SearchArguments, SearchHits, _search),
        Tool("check_eligibility", CheckArguments, EligibilityReport, _check),
        Tool("get_contacts", ContactArguments, Contacts, _contacts),
    )
}


class ToolWording(Frozen):
    """How a tool is called, and what it does."""

    title: str
    description: str


class Wording(Frozen):
    """What a language model reads about the tools, and about their arguments."""

    instructions: str
    tools: dict[str, ToolWording]
    fields: dict[str, str]


def load_wording() -> Wording:
    """The words of this package. Raises PackError."""
    return load_model(_WORDING, Wording)


def input_schema(tool: Tool, packs: Mapping[str, Pack], wording: Wording) -> dict[str, Any]:
    """The JSON schema of a tool's arguments, with the categories and facts that the packs declare."""
    schema = tool.arguments.model_json_schema()
    schema = {key: value for key, value in schema.items() if key not in {"title", "description"}}
    for name, field in schema["properties"].items():
        field.pop("title", None)
        field["description"] = wording.fields[name]
    if "facts" in schema["properties"]:
        _declare(schema["properties"], packs, wording)
    if len(packs) == 1:
        schema["properties"].pop("pack", None)
    return schema


def _declare(fields: dict[str, Any], packs: Mapping[str, Pack], wording: Wording) -> None:
    categories = {c.id: c.name for pack in packs.values() for c in pack.notice.categories}
    specs = {spec.name: spec for pack in packs.values() for spec in pack.schema.facts}
    names = (wording.fields["category_name"].format(id=id_, name=name) for id_, name in categories.items())
    fields["category"]["enum"] = list(categories)
    fields["category"]["description"] += "：" + "；".join(names)
    fields["facts"]["additionalProperties"] = False
    fields["facts"]["properties"] = {name: _fact_schema(spec, wording) for name, spec in specs.items()}


def _fact_schema(spec: FactSpec, wording: Wording) -> dict[str, Any]:
    """The JSON schema of a fact: its exact form, its ranges, and null for what is not known."""
    told = wording.fields["fact"].format(meaning=spec.meaning, question=spec.question, allowed=spec.allowed)
    if spec.type == "bool":
        return {"type": ["boolean", "null"], "description": told}
    if spec.type == "choice":
        return {"enum": [*spec.choices, None], "description": told}
    end: dict[str, Any] = (
        {"type": ["string", "null"]} if spec.type == "date" else {"type": ["number", "null"]}
    )
    exact: dict[str, Any] = {"type": {"date": "string", "int": "integer", "number": "number"}[spec.type]}
    bounds = {"minimum": spec.minimum, "maximum": spec.maximum}
    exact |= {name: bound for name, bound in bounds.items() if bound is not None}
    between = {
        "type": "object",
        "properties": {"from": end, "to": end, "open": {"type": "boolean"}},
        "additionalProperties": False,
    }
    return {"anyOf": [exact, between, {"type": "null"}], "description": told}
