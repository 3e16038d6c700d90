"""What was said so far: one `Session` a conversation.

A session is a value. A turn reads it, derives the next one with the `with_…` methods and puts it back (see
`session_store`), so that a turn that fails half-way leaves the conversation as it was.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from assistant.kept_values import KeptValue
from assistant.reply import ShownFact
from knowledge.facts import FactValue, dump_value
from knowledge.models import Route

SESSION_ID_ALLOWED = "1 至 64 个字母、数字、下划线或连字符"
_SESSION_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_session_id(text: str) -> bool:
    """Whether a client may use `text` as the id of its session (see SESSION_ID_ALLOWED)."""
    return _SESSION_ID.fullmatch(text) is not None


def new_session_id() -> str:
    """A session id that nobody can guess."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True, slots=True)
class KeptFact:
    """A typed fact with the applicant's own words and the turn (1-based) in which they were said.

    `in_passing`: named in a question that said nothing of its asker; what is told outright takes its place.
    """

    value: KeptValue
    quote: str
    turn: int
    in_passing: bool = False


def _nothing() -> Mapping[str, KeptFact]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Session:
    """All that one conversation knows.

    `facts` are in the order in which they were last stated; `supposed` are the facts of the last what-if,
    which are never mixed into `facts`; `asked` are the facts that the last reply asked for, so that a bare
    「是」 or 「三年」 is understood; `category`, `last_topic` and `last_route` are what an elliptic follow-up
    refers to; `quoted` is the clause that the last reply quoted by its number (第五条第二点 … 第三点呢), or the annex that it named, `listed` the
    clause whose parts it told one by one (基本条件有哪些 … 第二条), `parts` are the questions that the last message
    numbered (一是…二是… … 第二个你没答) or the annexes that the last reply listed, `bureau` whether a bureau asks, and no
    applicant, `side_by_side` the categories that a check judges together while none alone is discussed, `category_before` the one
    from which the last turn went over to the present one (平台什么条件 … 标杆呢 … 二者一样吗). `owner` is the visitor who began it, empty where visitors are not told apart; `version` counts
    how often a shared store has kept it.
    """

    id: str
    pack: str
    turn: int = 0
    facts: Mapping[str, KeptFact] = field(default_factory=_nothing)
    supposed: Mapping[str, KeptFact] = field(default_factory=_nothing)
    category: str | None = None
    asked: tuple[str, ...] = ()
    last_topic: str | None = None
    last_route: Route | None = None
    owner: str = ""
    version: int = 0
    quoted: str = ""
    listed: str = ""
    bureau: bool = False
    parts: tuple[str, ...] = ()
    side_by_side: tuple[str, ...] = ()
    category_before: str | None = None

    @property
    def values(self) -> dict[str, FactValue]:
        """The facts as the checker takes them."""
        return {name: fact.value for name, fact in self.facts.items()}

    def told_last(self) -> tuple[str, ...]:
        """Names of the facts told in the last turn that told any."""
        last = max((fact.turn for fact in self.facts.values()), default=0)
        return tuple(name for name, fact in self.facts.items() if fact.turn == last)

    def shown(self) -> tuple[ShownFact, ...]:
        """The facts as a reply lists them."""
        return tuple(
            ShownFact(name=name, value=dump_value(fact.value), quote=fact.quote, turn=fact.turn)
            for name, fact in self.facts.items()
        )

    def with_next_turn(self) -> Session:
        """The session at the beginning of the next turn; what only the last turn meant is kept."""
        return replace(self, turn=self.turn + 1)

    def with_fact(self, name: str, value: FactValue, quote: str, *, in_passing: bool = False) -> Session:
        """The fact stated (or corrected) in the present turn."""
        others = {known: fact for known, fact in self.facts.items() if known != name}
        stated = KeptFact(value, quote, self.turn, in_passing)
        return replace(self, facts=MappingProxyType(others | {name: stated}))

    def without_fact(self, name: str) -> Session:
        """The fact withdrawn: unknown again."""
        return replace(self, facts=MappingProxyType({n: fact for n, fact in self.facts.items() if n != name}))

    def without_named_in_passing(self, names: Container[str]) -> Session:
        """The session without facts that the present turn only named in a question."""
        kept = {
            name: fact
            for name, fact in self.facts.items()
            if not (name in names and fact.in_passing and fact.turn == self.turn)
        }
        return replace(self, facts=MappingProxyType(kept))

    def without_facts(self) -> Session:
        """Another applicant: nothing is known of it, and nothing was asked."""
        return replace(self, facts=_nothing(), supposed=_nothing(), asked=())

    def with_supposed(self, supposed: Mapping[str, KeptFact]) -> Session:
        """The what-if of the present turn; an empty mapping ends it."""
        return replace(self, supposed=MappingProxyType(dict(supposed)))

    def with_category(self, category: str | None, side_by_side: tuple[str, ...] = ()) -> Session:
        """The category that the conversation is about from now on, or the several that are judged together."""
        turns = category is not None and self.category is not None and category != self.category
        return replace(
            self,
            category=category,
            side_by_side=() if category else side_by_side,
            category_before=self.category if turns else None,
        )

    def with_bureau(self, bureau: bool) -> Session:
        """Whether it is a bureau that asks from now on."""
        return self if bureau == self.bureau else replace(self, bureau=bureau)

    def with_parts(self, parts: tuple[str, ...]) -> Session:
        """The questions that the present message numbers; none where it numbers none."""
        return self if parts == self.parts else replace(self, parts=parts)

    def with_asked(self, facts: tuple[str, ...]) -> Session:
        """The facts that the present reply asks for, the most pressing first."""
        return replace(self, asked=facts)

    def with_answer(self, route: Route, topic: str | None, listed: str = "") -> Session:
        """The route and topic of the present reply, and the clause whose parts it tells one by one."""
        return replace(self, last_route=route, last_topic=topic, quoted="", listed=listed)

    def with_quoted(self, clause: str, listed: str = "") -> Session:
        """The clause that the present reply quotes by its number, and the list that it was taken from."""
        return replace(self, quoted=clause, listed=listed)

    def with_known(self, names: Container[str]) -> Session:
        """The session without facts that the pack, changed since, does not declare any more."""
        if all(name in names for name in (*self.facts, *self.supposed, *self.asked)):
            return self
        return replace(
            self,
            facts=MappingProxyType({name: fact for name, fact in self.facts.items() if name in names}),
            supposed=MappingProxyType({name: fact for name, fact in self.supposed.items() if name in names}),
            asked=tuple(name for name in self.asked if name in names),
        )

    def with_pack(self, pack: str) -> Session:
        """The session under another notice: facts and topics belong to a pack and do not carry over."""
        if pack == self.pack:
            return self
        return Session(self.id, pack, self.turn, owner=self.owner, version=self.version, bureau=self.bureau)
