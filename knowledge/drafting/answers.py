"""Answers in a notice's own words to the questions that every notice is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from knowledge.clause_drafts import ANNEXES, COLOPHON, OPENING
from knowledge.drafting.draft import Draft
from knowledge.drafting.found import FoundDay
from knowledge.drafting.pieces import sentences_of
from knowledge.models import Citation, Clause, TopicAnswer
from knowledge.normalise import squeeze

LONGEST = 90
"""Characters of a sentence that an answer quotes."""
MOST = 6
"""Sentences in an answer."""

_MATERIALS = re.compile(r"材料")
_OF_MATERIALS = re.compile(
    r"材料(?:包括|清单|主要|应|须|一式)|(?:提交|提供|报送)[^，。；]{0,12}(?:材料|申报书|申请书)|一式.{1,2}份|装订"
)
_PROCESS = re.compile(r"程序|流程|步骤|申报方式|方式(?:和|及|与)?程序|工作安排|组织申报|申报推荐")
_REVIEW = re.compile(r"评审|评定|认定|审核|遴选|公示|核查|验收")
_SUPPORT = re.compile(r"奖励|补助|补贴|资金支持|支持(?:措施|政策|方式|标准)|优先(?:支持|推荐)|扶持|激励|给予")
_LIMIT = re.compile(
    r"限报|限申报|限推荐|只能(?:选择|申报)|不超过[0-9一二三四五六七八九十]+(?:个|项|家|户)|最多(?:申?报|推荐)|名额|推荐数量|不得(?:重复|多头)申报|至多"
)
_DAY = re.compile(
    r"(?:(?:19|20)[0-9]{2}|[〇零○一二三四五六七八九]{4})\s*年[^年，。；]{2,8}?日|20[0-9]{2}\s*[-/.]\s*[0-9]{1,2}\s*[-/.]\s*[0-9]{1,2}"
)
_BASIS = re.compile(r"为(?:贯彻|落实|深入|认真|进一步|加快|推动|规范|做好)|根据|按照|依据")


class Answers:
    """Answers in the notice's own words: each sentence quotes the clause that it is marked with."""

    def __init__(self, draft: Draft, texts: dict[str, str]) -> None:
        self.draft, self.tree, self.texts = draft, draft.tree, texts

    def of(self, topic: str) -> Iterator[TopicAnswer]:
        """The answers to a topic, by category where the notice tells them apart; none where it does not say."""
        ways: dict[str, Callable[[], Iterator[TopicAnswer]]] = {
            "deadline": lambda: self._days("closes"),
            "opening": lambda: self._days("opens"),
            "bureau-deadline": lambda: self._days("bureau"),
            "desk-phone": self._phones,
            "mailing-address": self._address,
            "e-mail": self._mails,
            "application-system": self._sites,
            "materials-list": lambda: self._section(_MATERIALS, _OF_MATERIALS),
            "how-to-apply": lambda: self._section(_PROCESS, None),
            "review": lambda: self._section(_REVIEW, _REVIEW),
            "subsidy": lambda: self._section(
                re.compile("支持(?:措施|政策|方式|标准)|奖励|政策|激励"), _SUPPORT
            ),
            "limit": lambda: self._said(_LIMIT),
            "categories-overview": self._categories,
            "conditions-overview": self._conditions,
            "annex-list": self._annexes,
            "notice-number": lambda: self._head("number", self.draft.head.number),
            "notice-title": lambda: self._head("title", self.draft.head.title),
            "notice-issuer": self._issuer,
            "notice-addressees": lambda: self._head("addressees", self.draft.head.addressees),
            "legal-basis": self._basis,
        }
        yield from ways[topic]() if topic in ways else ()

    def _answer(
        self, sentences: Sequence[tuple[str, str, str]], category: str | None = None
    ) -> Iterator[TopicAnswer]:
        """One answer of (wording, quote, clause) sentences; none of none."""
        lines = []
        citations: dict[str, Citation] = {}
        for kind, quote, clause in list(dict.fromkeys(sentences))[:MOST]:
            lines.append(self.texts[kind].format(quote=quote, clause=clause))
            # Two pieces of one clause are cited as the whole of it.
            citations[clause] = Citation(clause=clause, quote="" if clause in citations else quote)
        if lines:
            yield TopicAnswer(category=category, text="".join(lines), citations=tuple(citations.values()))

    def _quoted(self, found: Sequence[tuple[str, str]], category: str | None = None) -> Iterator[TopicAnswer]:
        kept = [("quoted", quotable(quote), clause) for clause, quote in found if quotable(quote)]
        yield from self._answer(kept, category)

    def _days(self, role: str) -> Iterator[TopicAnswer]:
        own = [day for day in self.draft.days if day.role == role]
        by_category = [c.id for c in self.draft.notice.categories]
        if len(by_category) > 1:
            for category in by_category:
                mine = [day for day in own if category in day.categories]
                if mine and len(mine) < len(own):
                    yield from self._answer(self._sentences(mine), category)
        if own:
            yield from self._answer(self._sentences(own))
        elif role == "closes":
            bureau = [day for day in self.draft.days if day.role == "bureau"]
            yield from self._answer([("no_closing", quotable(day.quote), day.clause) for day in bureau][:1])

    def _sentences(self, days: Sequence[FoundDay]) -> list[tuple[str, str, str]]:
        return [
            ("from_issue" if day.from_issue else "quoted", quotable(day.quote), day.clause) for day in days
        ]

    def _phones(self) -> Iterator[TopicAnswer]:
        contacts = self.draft.notice.contacts
        if contacts:
            clauses = dict.fromkeys(contact.clause for contact in contacts)
            marks = "".join(f"[{clause}]" for clause in clauses)
            text = self.texts["phone"].format(marks=marks)
            yield TopicAnswer(text=text, citations=tuple(Citation(clause=clause) for clause in clauses))

    def _address(self) -> Iterator[TopicAnswer]:
        notice = self.draft.notice
        if notice.mailing_address:
            yield from self._answer([("address", notice.mailing_address, notice.mailing_clause)])

    def _mails(self) -> Iterator[TopicAnswer]:
        yield from self._answer([("e_mail", c.email, c.clause) for c in self.draft.contacts if c.email])

    def _sites(self) -> Iterator[TopicAnswer]:
        found = []
        for window in self.draft.notice.windows:
            clause = window.system_clause or window.clause
            if window.system_url:
                text = next(
                    (s for s in sentences_of(self.tree.get(clause).text) if window.system_url in s), ""
                )
                found.append((clause, text))
        yield from self._quoted(list(dict.fromkeys(found)))

    def _section(self, heading: re.Pattern[str], words: re.Pattern[str] | None) -> Iterator[TopicAnswer]:
        """What stands below the first heading of that matter; without one, the sentences that speak of it."""
        below = next(
            (
                c
                for c in self._own()
                if c.heading and len(c.heading) <= 24 and heading.search(squeeze(c.heading))
            ),
            None,
        )
        found = self._gist(below) if below else []
        if found:
            yield from self._quoted(found)
        elif words:
            yield from self._said(words)

    def _said(self, words: re.Pattern[str]) -> Iterator[TopicAnswer]:
        found = [
            (c.id, s)
            for c in self._own()
            if c.id not in (OPENING, ANNEXES, COLOPHON)
            for s in sentences_of(c.text)
            if words.search(s)
        ]
        yield from self._quoted(found[:3])

    def _own(self) -> list[Clause]:
        return [c for c in self.tree if not c.id.startswith("annex-")]

    def _gist(self, clause: Clause) -> list[tuple[str, str]]:
        """The first words of a clause and of the clauses right below it."""
        found = [] if clause.bare else [(clause.id, next(sentences_of(clause.text), ""))]
        for child in self.tree.children(clause.id):
            words = child.heading if child.bare else next(sentences_of(child.text), "")
            found.append((child.id, words))
        return [(clause_id, words) for clause_id, words in found if words]

    def _categories(self) -> Iterator[TopicAnswer]:
        yield from self._answer(
            [
                ("category", c.name, c.clause)
                for c in self.draft.notice.categories
                if self._says(c.clause, c.name)
            ]
        )

    def _says(self, clause: str, words: str) -> bool:
        held = self.tree.get(clause)
        return squeeze(words) in squeeze(held.text)

    def _conditions(self) -> Iterator[TopicAnswer]:
        if not self.draft.conditions:
            proposed = dict.fromkeys((p.clause, quotable(p.quote)) for p in self.draft.proposals)
            yield from self._quoted(list(proposed))
            return
        root = self.tree.get(self.draft.conditions)
        below = [root, *self.tree.descendants(root.id)]
        written = [c for c in below if not c.bare]
        for category in self.draft.notice.categories if len(self.draft.notice.categories) > 1 else ():
            own = [(c.id, next(sentences_of(c.text), "")) for c in written if c.categories == (category.id,)]
            yield from self._quoted(own, category.id)
        common = [c for c in written if len(c.categories) == len(self.draft.notice.categories)] or written
        yield from self._quoted([(c.id, next(sentences_of(c.text), "")) for c in common])

    def _annexes(self) -> Iterator[TopicAnswer]:
        lines = [
            self.texts["annex"].format(number=annex.number, quote=annex.title, clause=annex.clause)
            for annex in self.draft.notice.annexes
        ]
        if lines:
            clauses = dict.fromkeys(annex.clause for annex in self.draft.notice.annexes)
            yield TopicAnswer(text="".join(lines), citations=tuple(Citation(clause=c) for c in clauses))

    def _head(self, kind: str, found: Any) -> Iterator[TopicAnswer]:
        if found is not None:
            yield from self._answer([(kind, found.value, found.clause)])

    def _issuer(self) -> Iterator[TopicAnswer]:
        head, sentences = self.draft.head, []
        if head.authority:
            sentences.append(("issuer", head.authority.value, head.authority.clause))
        if head.issued_on:
            printed = _DAY.search(head.issued_on.quote)
            if printed:
                sentences.append(("issued", printed.group(), head.issued_on.clause))
        yield from self._answer(sentences)

    def _basis(self) -> Iterator[TopicAnswer]:
        found = [
            (c.id, s) for c in self._own()[:3] for s in sentences_of(c.text) if "《" in s and _BASIS.search(s)
        ]
        yield from self._quoted(found[:1])


def quotable(words: str) -> str:
    """As much of a sentence as an answer quotes: whole, or up to a comma."""
    words = words.strip().split("\n")[0]
    words = words if len(words) <= LONGEST else words[: max(words[:LONGEST].rfind("，"), LONGEST // 2)]
    return words.strip("，、：: ")
