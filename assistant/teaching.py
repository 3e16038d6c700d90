"""Teaching at the desk: from a question that nobody could answer to one that is answered from the clauses.

A proposal may say only what its clauses say; that is held against them when it is proposed, when it is
approved, and once more, sentence by sentence, in every answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from assistant.masking import mask, printed_by
from assistant.taught import Lesson
from knowledge.errors import NotBorneOut, RecordRefused, StateConflict, UnknownClause, UnknownPack
from knowledge.models import Citation, Topic, TopicAnswer
from knowledge.normalise import squeeze

if TYPE_CHECKING:
    from assistant.records.accounts import Account
    from assistant.records.exemplars import Exemplars, Proposal
    from assistant.service import Assistant
    from knowledge.pack import Pack

QUESTION_LIMIT, NOTE_LIMIT, CLAUSES_LIMIT = 300, 1_000, 8
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_MARKS = re.compile(r"\[([^\[\]]+)\]")


class Lessons:
    """The approved proposals as what the assistant takes over."""

    def __init__(self, exemplars: Exemplars) -> None:
        self._exemplars = exemplars

    def version(self, pack: Pack) -> int:
        """How often what is taught for the pack has changed."""
        return self._exemplars.version(pack.id)

    def lesson(self, pack: Pack) -> Lesson:
        """All that is taught for the pack beyond its files."""
        return lesson_of(pack, self._exemplars.taught(pack.id))


class Teaching:
    """What staff propose and editors decide. A decision takes effect with the next question, everywhere."""

    def __init__(self, assistant: Assistant, exemplars: Exemplars) -> None:
        self._assistant, self._exemplars = assistant, exemplars

    def propose(
        self,
        actor: Account,
        *,
        pack: str,
        question: str,
        clauses: Sequence[str] = (),
        topic: str | None = None,
        note: str = "",
        ticket_id: int | None = None,
    ) -> Proposal:
        """Propose that `question` be answered by clauses (in the words of `note`, if any), or like a topic.

        Raises UnknownPack, UnknownClause, RecordRefused, NotBorneOut, and StateConflict where the question is
        proposed or taught already.
        """
        # What is taught is exported and answers others: nobody's number may stand in it.
        of = self._pack(pack)
        question, note = (mask(text, printed_by([of])) for text in (" ".join(question.split()), note.strip()))
        clauses = tuple(dict.fromkeys(clauses))
        self._check(of, question, clauses, topic, note)
        for kept in (
            *self._exemplars.taught(pack),
            *self._exemplars.list("proposed", pack=pack, limit=10_000),
        ):
            if _same(kept.question, question):
                raise StateConflict(f"这个问题已在 {kept.id} 号例问中")
        return self._exemplars.propose(
            pack=pack,
            question=question,
            clauses=clauses,
            topic=topic,
            note=note,
            by=actor.name,
            ticket_id=ticket_id,
        )

    def approve(self, proposal_id: int, actor: Account) -> Proposal:
        """Teach it. Raises AccessDenied below editor, NotBorneOut and the like, StateConflict, UnknownRecord."""
        actor.require("editor")
        proposal = self._exemplars.get(proposal_id)
        pack = self._pack(proposal.pack)
        self._check(pack, proposal.question, proposal.clauses, proposal.topic, proposal.note)
        return self._exemplars.approve(proposal_id, actor.name)

    def reject(self, proposal_id: int, actor: Account, review: str = "") -> Proposal:
        """Send it back. Raises AccessDenied below editor, StateConflict, UnknownRecord."""
        actor.require("editor")
        return self._exemplars.reject(proposal_id, actor.name, review)

    def withdraw(self, proposal_id: int, actor: Account, review: str = "") -> Proposal:
        """Teach it no longer; one in the pack's files must be taken out there too. Raises as `reject` does."""
        actor.require("editor")
        return self._exemplars.withdraw(proposal_id, actor.name, review)

    def _pack(self, pack: str) -> Pack:
        try:
            return self._assistant.packs[pack]
        except KeyError:
            raise UnknownPack(f"没有知识包 {pack[:60]!r}") from None

    def _check(self, pack: Pack, question: str, clauses: Sequence[str], topic: str | None, note: str) -> None:
        if not squeeze(question) or len(question) > QUESTION_LIMIT or question.startswith(("#", "[")):
            raise RecordRefused(f"问题应有 1 至 {QUESTION_LIMIT} 个字，不以 # 或 [ 开头")
        if len(note) > NOTE_LIMIT or len(clauses) > CLAUSES_LIMIT:
            raise RecordRefused(f"答复最多 {NOTE_LIMIT} 个字，条款最多 {CLAUSES_LIMIT} 条")
        if topic is not None and pack.topic(topic) is None:
            raise RecordRefused(f"没有问点 {topic[:60]}")
        if (topic is None) == (not clauses):
            raise RecordRefused("请指明答复所依据的条款，或者它所属的问点，二者取一")
        known = {clause.id for clause in pack.tree}
        for clause in clauses:
            if clause not in known:
                raise UnknownClause(f"没有条款 {clause[:60]}")
        if clauses:
            self._check_said(pack, answer_text(pack, clauses, note), clauses)

    def _check_said(self, pack: Pack, text: str, clauses: Sequence[str]) -> None:
        missing: list[str] = []
        for sentence in _sentences(text):
            marks = _MARKS.findall(sentence)
            if not set(marks) <= set(clauses):
                raise RecordRefused(
                    f"答复中的标记 {'、'.join(sorted(set(marks) - set(clauses)))} 不是所选的条款"
                )
            missing += self._assistant.unsupported(pack.id, _MARKS.sub("", sentence), marks)
        if missing:
            raise NotBorneOut(tuple(dict.fromkeys(missing)))


def lesson_of(pack: Pack, proposals: Iterable[Proposal]) -> Lesson:
    """What proposals teach beyond what the pack's own files already say."""
    topics: list[Topic] = []
    exemplars: dict[str, list[str]] = {}
    for proposal in proposals:
        if proposal.topic is None:
            if pack.topic(topic_id(proposal)) is None and all(c in pack.tree for c in proposal.clauses):
                topics.append(topic_of(pack, proposal))
            continue
        topic = pack.topic(proposal.topic)
        if topic is not None and proposal.question not in topic.questions:
            exemplars.setdefault(topic.id, []).append(proposal.question)
    return Lesson(tuple(topics), exemplars)


def topic_id(proposal: Proposal) -> str:
    """The id of the topic that a proposal makes."""
    return f"taught-{proposal.id}"


def topic_of(pack: Pack, proposal: Proposal) -> Topic:
    """The topic that a proposal with clauses makes: its note, or the clauses' own words."""
    bound = {category for clause in proposal.clauses for category in pack.tree.get(clause).categories}
    return Topic(
        id=topic_id(proposal),
        route="lookup",
        title=proposal.question,
        category=next(iter(bound)) if len(bound) == 1 else None,
        answers=(
            TopicAnswer(
                text=answer_text(pack, proposal.clauses, proposal.note),
                citations=tuple(
                    Citation(clause=clause, quote=pack.tree.get(clause).text) for clause in proposal.clauses
                ),
            ),
        ),
        questions=(proposal.question,),
    )


def answer_text(pack: Pack, clauses: Sequence[str], note: str) -> str:
    """The note, or where there is none the clauses word for word; each sentence marked with what it stands on."""
    if note:
        return "\n".join(_marked(line, clauses) for line in note.splitlines() if line.strip())
    return "\n".join(_marked(pack.tree.get(clause).text, (clause,)) for clause in clauses)


def _marked(text: str, clauses: Sequence[str]) -> str:
    marks = "".join(f"[{clause}]" for clause in clauses)
    marked = []
    for sentence in _sentences(text):
        end = sentence[-1] if sentence[-1] in "。！？" else "。"
        bare = sentence.rstrip("。！？")
        own = _MARKS.findall(bare)
        bare = _MARKS.sub("", bare).rstrip()
        marked.append(bare + ("".join(f"[{mark}]" for mark in own) or marks) + end)
    return "".join(marked)


def _sentences(text: str) -> list[str]:
    """Sentences with at least one letter or digit; stray punctuation claims nothing and is left out."""
    return [s.strip() for s in _SENTENCE.findall(text) if re.search(r"\w", s)]


def _same(one: str, other: str) -> bool:
    return squeeze(one).casefold() == squeeze(other).casefold()
