"""The bodies, queries and answers of HTTP that the assistant does not define itself."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from assistant.inputs import DAY_ALLOWED, parse_day
from assistant.reply import EligibilityReport, ShownContact, ShownFact
from assistant.sessions import SESSION_ID_ALLOWED
from knowledge.facts import FactSpec
from knowledge.models import Annex, Category, Window

MESSAGE_LIMIT = 8_000
QUERY_LIMIT = 1_000
HITS_LIMIT = 50

ALLOWED = {
    "message": f"1 至 {MESSAGE_LIMIT} 个字的文字",
    "session_id": SESSION_ID_ALLOWED,
    "pack": "知识包的标识，见 GET /v1/packs",
    "as_of": DAY_ALLOWED,
    "category": "申报类别的标识，见 GET /v1/packs",
    "facts": "以事实名为键的 JSON 对象，可用的事实见 GET /v1/packs",
    "q": f"1 至 {QUERY_LIMIT} 个字的文字",
    "query": f"1 至 {QUERY_LIMIT} 个字的文字",
    "k": f"1 至 {HITS_LIMIT} 的整数",
    "model": "模型的标识：shenbao，或知识包的标识，见 GET /v1/models",
    "messages": "整个对话，其中至少有一条 user 消息；content 为文字，或含 text 部分的列表",
    "stream": "true 或 false",
    "stream_options": "{include_usage: true 或 false}",
    "Idempotency-Key": "1 至 200 个可见的 ASCII 字符（引号除外），每个请求各用一个",
    "body": "UTF-8 编码的 JSON 对象，Content-Type 为 application/json",
}
"""What each field may be, in Chinese: the descriptions of the schema and the words of a refusal."""


def _day(raw: Any) -> Any:
    # A number is not a day, although pydantic would read it as seconds since 1970.
    if raw is None or type(raw) is date:
        return raw
    if isinstance(raw, str):
        return parse_day(raw)
    raise ValueError(DAY_ALLOWED)


def _field(name: str, **more: Any) -> Any:
    return Field(description=ALLOWED[name], **more)


Message = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MESSAGE_LIMIT),
    _field("message"),
]
SessionId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$"), _field("session_id")]
PackId = Annotated[str, StringConstraints(min_length=1, max_length=100), _field("pack")]
Day = Annotated[
    date,
    BeforeValidator(_day),
    _field("as_of", json_schema_extra={"pattern": r"^(19[0-9]{2}|20[0-9]{2}|2100)-[0-9]{2}-[0-9]{2}$"}),
]
CategoryId = Annotated[str, StringConstraints(min_length=1, max_length=100), _field("category")]
Facts = Annotated[dict[str, Any], _field("facts")]


class Body(BaseModel):
    """Base of request bodies: types as JSON has them, and no field beyond the declared ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ChatRequest(Body):
    """A question. `as_of` is the day on which it is asked, today in Asia/Shanghai when absent."""

    message: Message
    session_id: SessionId | None = None
    pack: PackId | None = None
    as_of: Day | None = None


class EligibilityRequest(Body):
    """Facts to check against a category's criteria; an absent or null fact is unknown."""

    category: CategoryId
    facts: Facts
    as_of: Day | None = None
    pack: PackId | None = None


class FactChanges(Body):
    """Facts to set in a session; null withdraws one."""

    facts: Facts
    as_of: Day | None = None


class Query(BaseModel):
    """Base of queries: no parameter beyond the declared ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PackQuery(Query):
    """Which pack is meant; the only or the configured one when absent."""

    pack: PackId | None = None


class PacksQuery(Query):
    """Which of the packs, in the order of the list."""

    offset: int = Field(default=0, ge=0, le=1_000_000)
    limit: int = Field(default=100, ge=1, le=100)


class SearchQuery(PackQuery):
    """What to look for, and how many clauses to give at most."""

    q: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=QUERY_LIMIT), _field("q")
    ]
    k: Annotated[int, _field("k", ge=1, le=HITS_LIMIT)] = 5


class Hit(BaseModel):
    """A clause found; a higher score is a better match within one answer only."""

    document: str
    clause_id: str
    label: str
    text: str
    score: float


class SearchHits(BaseModel):
    """The clauses nearest to a query, best first."""

    hits: tuple[Hit, ...]


class ClauseName(BaseModel):
    """A clause by id and label."""

    clause_id: str
    label: str


class ClauseShown(BaseModel):
    """One clause with its place in the notice."""

    pack: str
    document: str
    clause_id: str
    label: str
    heading: str
    heading_path: tuple[str, ...]
    text: str
    categories: tuple[str, ...]
    parent: ClauseName | None
    children: tuple[ClauseName, ...]
    previous: ClauseName | None
    next: ClauseName | None


class Contacts(BaseModel):
    """The desks to ring and the address to write to."""

    contacts: tuple[ShownContact, ...]
    mailing_address: str


class PackShown(BaseModel):
    """A pack: its notice, and what the checker may be told under it."""

    id: str
    version: str
    digest: str
    default: bool
    title: str
    document: str
    document_number: str
    issuing_authority: str
    issued_on: date | None
    valid_from: date | None
    valid_until: date | None
    superseded_by: str
    categories: tuple[Category, ...]
    annexes: tuple[Annex, ...]
    windows: tuple[Window, ...]
    contacts: tuple[ShownContact, ...]
    facts: tuple[FactSpec, ...]


class Packs(BaseModel):
    """All packs that are served."""

    packs: tuple[PackShown, ...]
    total: int = Field(description="how many there are, those of other pages included")


class SessionFacts(BaseModel):
    """What a session knows; after a change, the verdict computed anew."""

    session_id: str
    facts: tuple[ShownFact, ...]
    eligibility: EligibilityReport | None = None


class Readiness(BaseModel):
    """Whether requests are answered yet, part by part, and why not; `degraded` is away and not needed."""

    ready: bool
    parts: dict[str, bool]
    reasons: dict[str, str] = {}
    degraded: tuple[str, ...] = ()


class FieldError(BaseModel):
    """A field that was refused: what came, and what is allowed."""

    field: str
    received: Any = None
    allowed: str


class Problem(BaseModel):
    """RFC 9457 problem details, `application/problem+json`; `detail` is Chinese.

    `contacts` are the desks to ring where the assistant is turned off.
    """

    title: str
    detail: str
    status: int
    errors: tuple[FieldError, ...] = ()
    request_id: str | None = None
    contacts: tuple[ShownContact, ...] = ()
