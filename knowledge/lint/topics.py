"""topics/*.yaml held against the notice, the rules and each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from knowledge.errors import PackError
from knowledge.exemplars import EXEMPLARS_FOLDER, read_exemplars
from knowledge.lint.sheet import Finding, Path_, Sheet
from knowledge.models import Topic, TopicAnswer
from knowledge.normalise import squeeze
from knowledge.slots import ASKED, filled, has_slots

LONGEST_SUGGESTION = 18
_ANSWERED = {"lookup", "contact"}
"""Of what the notice does not say the nearest clause is shown where a topic has no answer of its own."""
_MARK = re.compile(r"\[([^\[\]]+)\]")
_ENDS_IN_MARKS = re.compile(r"(?:\[[^\[\]]+\])+[。！？]?$")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]|[^。！？\n]+$")
_QUOTED = re.compile(r"「([^」]+)」|“([^”]+)”")


def check_topics(sheets: Mapping[Sheet, tuple[Topic, ...]], criteria: set[str]) -> dict[str, str]:
    """Topics are distinct, answer from clauses that say so, and lead to topics that exist.

    Gives the topic of each question, for `check_exemplars`.
    """
    owners: dict[str, str] = {}
    asked: dict[str, str] = {}
    known = {topic.id for topics in sheets.values() for topic in topics}
    for sheet, topics in sheets.items():
        for place, topic in enumerate(topics):
            at: Path_ = ("topics", place)
            if owners.setdefault(topic.id, sheet.file.name) != sheet.file.name or topic.id in (
                earlier.id for earlier in topics[:place]
            ):
                sheet.report(
                    (*at, "id"), f"问点 id 重复：{topic.id}", f"另见 {owners[topic.id]}，请改用另一个 id"
                )
            _check_topic(sheet, at, topic, known, criteria)
            _check_questions(sheet, at, topic, asked)
    return asked


def check_exemplars(folder: Path, topics: set[str], asked: dict[str, str]) -> Iterator[Finding]:
    """exemplars/*.txt: each question leads to one topic, which exists."""
    try:
        exemplars = read_exemplars(folder, topics)
    except PackError as error:
        yield Finding.of(error)
        return
    for topic, questions in exemplars.items():
        for question in questions:
            other = asked.setdefault(squeeze(question).lower(), topic)
            if other != topic:
                file, line = _place(folder, question)
                yield Finding(file, line, f"例问“{question}”也在问点 {other} 中", "请只留在一处")


def _place(folder: Path, question: str) -> tuple[str, int]:
    """File and line of an exemplar question, the last one where it stands twice."""
    place = (str(folder), 0)
    for file in sorted((folder / EXEMPLARS_FOLDER).glob("*.txt")):
        for line, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if text.strip() == question:
                place = (str(file), line)
    return place


def _check_topic(sheet: Sheet, at: Path_, topic: Topic, known: set[str], criteria: set[str]) -> None:
    sheet.check_categories((*at, "category"), (topic.category,))
    for place, follow_up in enumerate(topic.follow_ups):
        if follow_up not in known:
            sheet.report((*at, "follow_ups", place), f"没有问点 {follow_up}", "请改正 id 或删去它")
    named = (
        ("without_place", topic.without_place),
        ("of_others", topic.of_others),
        ("reasons", topic.reasons),
        ("from_bureau", topic.from_bureau),
    )
    for key, other in named:
        if other and other not in known:
            sheet.report((*at, key), f"没有问点 {other}", "请改正 id 或删去它")
    for place, criterion in enumerate(topic.criteria):
        if criterion not in criteria:
            sheet.report((*at, "criteria", place), f"rules.yaml 中没有条件 {criterion}", "请改正 id 或删去它")
    if len(topic.suggestion) > LONGEST_SUGGESTION:
        sheet.report((*at, "suggestion"), f"超过 {LONGEST_SUGGESTION} 字：{topic.suggestion}", "请改短")
    if topic.route in _ANSWERED and not topic.answers:
        sheet.report((*at, "id"), f"问点 {topic.id} 没有答案", "请写 answers")
    sheet.check_distinct((*at, "answers"), "category", [answer.category for answer in topic.answers])
    for place, answer in enumerate(topic.answers):
        _check_answer(
            sheet,
            (*at, "answers", place),
            answer,
            marked=topic.route in (*_ANSWERED, "unresolved", "eligibility"),
        )


def _check_questions(sheet: Sheet, at: Path_, topic: Topic, asked: dict[str, str]) -> None:
    """One question leads to one topic; `asked` gathers the questions of all."""
    if not topic.questions:
        sheet.report((*at, "questions"), f"问点 {topic.id} 没有例问", "请至少写一个")
    for place, question in enumerate(topic.questions):
        other = asked.setdefault(squeeze(question).lower(), topic.id)
        if other != topic.id:
            sheet.report((*at, "questions", place), f"例问“{question}”也在问点 {other} 中", "请只留在一处")


def _check_answer(sheet: Sheet, at: Path_, answer: TopicAnswer, *, marked: bool) -> None:
    sheet.check_categories((*at, "category"), (answer.category,))
    for place, citation in enumerate(answer.citations):
        where = (*at, "citations", place)
        if sheet.check_clause((*where, "clause"), citation.clause):
            sheet.check_said((*where, "quote"), citation.quote, citation.clause)
    if (ASKED in answer.text) != (answer.asked is not None):
        sheet.report((*at, "text"), f"{ASKED} 与 asked 须同时写", "请补上另一个，或都删去")
    cited = {citation.clause for citation in answer.citations}
    for sentence in filter(str.strip, _SENTENCE.findall(_with_every_kind(answer))):
        _check_sentence(sheet, (*at, "text"), sentence.strip(), cited, marked=marked)
    for place, aside in enumerate(answer.asides):
        _check_sentence(sheet, (*at, "asides", place, "text"), aside.text.strip(), None, marked=marked)


def _with_every_kind(answer: TopicAnswer) -> str:
    """The answer's text naming all that it may say is left open."""
    if answer.asked is None:
        return answer.text
    kinds = "、".join((answer.asked.otherwise, *(kind.name for kind in answer.asked.kinds)))
    return answer.text.replace(ASKED, kinds)


def _check_sentence(sheet: Sheet, at: Path_, sentence: str, cited: set[str] | None, *, marked: bool) -> None:
    """What is said stands in the clauses that the sentence is marked with.

    Quotes for an aside and for what is filled in by category are found when the answer is composed.
    """
    quoted = cited is not None and not has_slots(sentence)
    sentence = filled(sentence, sheet.held.notice, ())
    marks = _MARK.findall(sentence)
    if marked and not _ENDS_IN_MARKS.search(sentence):
        sheet.report(at, f"句末没有条款标记：{sentence.rstrip('。')}", "请在句号前写 [条款编号]")
    if not all([sheet.check_clause(at, mark) for mark in marks]):  # noqa: C419 - every mark is to be told
        return
    for mark in marks:
        if quoted and mark not in (cited or ()):
            sheet.report(at, f"标记 [{mark}] 没有列入 citations", "请补上该条款的引用")
    text = _MARK.sub("", sentence)
    for value in sheet.held.missing_values(text, marks):
        sheet.report(
            at,
            f"条款 {'、'.join(marks) or '（无）'} 中没有“{value}”：{sentence.rstrip('。')}",
            "请改正数值，或改标它所在的条款",
        )
    for groups in _QUOTED.findall(text):
        quote = squeeze(groups[0] or groups[1])
        sources = (*map(sheet.held.text, marks), sheet.held.notice.title)
        if marks and not any(quote in source for source in sources):
            sheet.report(
                at, f"条款 {'、'.join(marks)} 中没有“{quote}”", "引号内须逐字照录通知，否则请去掉引号"
            )
