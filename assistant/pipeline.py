"""An answer's path: one visible list of steps over one context."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answers.other import nearest_draft, turned_off_draft
from assistant.answers.suggestions import suggestions_for
from assistant.compose.draft import Draft
from assistant.compose.render import render
from assistant.composing import compose
from assistant.conversation import hear
from assistant.deciding import understand
from assistant.listening import listen
from assistant.llm.steps import complete_question, listen_again, phrase
from assistant.meter import UNMEASURED, Meter
from assistant.referring import name_the_annex, name_the_level, name_the_level_needed, name_the_two
from assistant.reply import ShownContact
from assistant.supposing import suppose
from assistant.turn import Turn
from assistant.understanding.annex_numbers import named_annexes
from assistant.understanding.askers import (
    as_a_bureau_asks,
    asks_for_a_bureau,
    goes_on_about_a_bureau,
    is_a_bureau,
    with_bureau_parts,
    without_introduction,
)
from assistant.understanding.courtesies import without_courtesies
from assistant.understanding.decision import Decision
from assistant.understanding.instead import without_other_regions
from assistant.understanding.message import read_message, without_document
from assistant.understanding.named_clauses import counts_in_a_list, listed_in
from assistant.understanding.numbered import numbered_parts, part_asked_again
from assistant.understanding.recognise import recognise
from assistant.understanding.speech_acts import looked_up_since
from assistant.understanding.years import with_this_year_named, without_own_year
from knowledge.annexes import stem_of

Step = Callable[[Turn], Turn]


def clean(turn: Turn) -> Turn:
    """The message bounded and readable. Raises InputRefused."""
    return replace(turn, message=read_message(turn.text, turn.desk.typed_pinyin.read, turn.desk.english.read))


def take_up_a_part(turn: Turn) -> Turn:
    """第三个你没答, after a message that numbered its questions, asks the third again; after a list, for its third."""
    assert turn.message is not None  # noqa: S101 - the step before
    part = part_asked_again(turn.message.plain, turn.session.parts)
    if part is not None:
        return clean(replace(turn, text=part))
    return replace(turn, session=turn.session.with_parts(numbered_parts(turn.message.original)))


def recognise_topics(turn: Turn) -> Turn:
    """What the message may be about."""
    assert turn.message is not None  # noqa: S101 - the step before
    desk = turn.desk
    notice = desk.pack.notice
    message = without_introduction(without_courtesies(turn.message))
    message = without_own_year(
        without_document(message, notice.document, notice.title), notice.year, turn.as_of.year, desk.names
    )
    message = with_this_year_named(message, turn.as_of.year, notice.year)
    classify = desk.intents.classify
    read = without_other_regions(classify) if desk.names.at_home(message.plain) else classify
    return replace(
        turn, recognised=recognise(message, turn.session, desk.names, read, desk.tuning, desk.topic)
    )


def heed_the_asker(turn: Turn) -> Turn:
    """What a bureau asks is read as asked for its own last day and report, until an applicant speaks."""
    assert turn.message is not None and turn.recognised is not None  # noqa: S101, PT018
    plain, recognised = turn.message.plain, with_bureau_parts(turn.recognised, turn.desk.topic)
    session = turn.session.with_bureau(is_a_bureau(plain, turn.session.bureau))
    last = turn.desk.topic(session.last_topic) if session.last_topic else None
    goes_on = len(plain) <= turn.desk.tuning.fragment and goes_on_about_a_bureau(recognised, last, plain)
    if goes_on or asks_for_a_bureau(turn.desk.names.without_names(plain), session.bureau):
        recognised = as_a_bureau_asks(recognised, turn.desk.topic)
    return replace(turn, session=session, recognised=recognised)


def keep_facts(turn: Turn) -> Turn:
    """What was read, merged into what the session knows."""
    assert turn.message is not None and turn.read is not None  # noqa: S101, PT018
    choices = [spec.name for spec in turn.desk.pack.schema.facts if spec.type == "choice"]
    heard = hear(turn.session, turn.read, updated=looked_up_since(turn.message.plain), choices=choices)
    return replace(turn, heard=heard, session=heard.session)


def leave_what_was_only_asked(turn: Turn) -> Turn:
    """外省企业能报吗, answered by what the notice says: what a question only names is no fact of who asks it.

    Only where the answer is a verdict is it judged as if told (两年前注册的能报吗), and so kept; a choice (能直接报四星吗) is made.
    """
    assert turn.decision is not None and turn.read is not None and turn.heard is not None  # noqa: S101, PT018
    if turn.decision.route == "eligibility":
        return turn
    types = {spec.name: spec.type for spec in turn.desk.pack.schema.facts}
    named = [f.name for f in turn.read.facts if f.in_passing and types[f.name] != "choice"]
    session = turn.session.without_named_in_passing(named)
    return replace(turn, session=session, heard=replace(turn.heard, session=session))


def verify(turn: Turn) -> Turn:
    """Only what stands in the cited clauses is said; an answer with nothing left gives the nearest clause."""
    assert turn.draft is not None and turn.message is not None  # noqa: S101, PT018
    verified = turn.desk.grounding.verify(turn.draft.sentences, turn.draft.own_words)
    rejected = tuple(r.sentence.text for r in verified.rejected)
    draft = replace(turn.draft, sentences=verified.kept)
    if rejected and not verified.kept:
        draft = nearest_draft(turn.desk, turn.message.plain, [draft.category] if draft.category else [])
        kept = turn.desk.grounding.verify(draft.sentences).kept
        draft = replace(draft, sentences=kept, contacts=_printed(turn, draft))
    return replace(turn, draft=draft, rejected=rejected)


def _printed(turn: Turn, draft: Draft) -> tuple[ShownContact, ...]:
    """The desks whose phones the notice's text prints."""
    return tuple(contact for contact in draft.contacts if contact.phone in turn.desk.grounding.source)


def show(turn: Turn) -> Turn:
    """Markers numbered, quotes attached, suggestions added."""
    assert turn.draft is not None  # noqa: S101 - the step before
    text, citations = render(turn.draft, turn.draft.sentences, turn.desk.pack, turn.desk.phrases)
    draft = replace(turn.draft, suggestions=suggestions_for(turn.desk, turn.draft))
    return replace(turn, draft=draft, shown=text, citations=citations)


def remember(turn: Turn) -> Turn:
    """What the next message may refer to."""
    assert turn.draft is not None and turn.decision is not None  # noqa: S101, PT018
    draft, session, tree = turn.draft, turn.session, turn.desk.pack.tree
    if turn.decision.named is not None and turn.decision.named.clauses:
        last = turn.decision.named.clauses[-1]
        if draft.category and not session.facts:
            session = session.with_category(draft.category)
        of_the_list = session.listed if last.parent == session.listed else ""
        return replace(turn, session=session.with_quoted(last.id, of_the_list))
    if draft.route in ("smalltalk", "out_of_scope") or turn.decision.in_its_words:
        return turn
    session = session.with_category(*_discussed(turn, draft, turn.decision))
    if draft.route == "eligibility":
        session = session.with_asked(draft.asked)
    cited = [clause for sentence in draft.sentences for clause in sentence.clauses]
    listed = listed_in(tree, cited) if draft.route == "lookup" else ""
    if turn.message is not None and counts_in_a_list(turn.message.plain):
        listed = listed or session.listed  # 第一条怎么算 … 第二条呢
    topic = turn.decision.topics[0]
    if topic.titles and not session.parts:
        session = session.with_parts(_annexes(turn, draft))
    session = session.with_answer(draft.route, topic.id, listed)
    if topic.titles and turn.message is not None and len(named := named_annexes(turn.message.plain)) == 1:
        session = session.with_quoted(stem_of(*named, background=False), listed)  # 附件1是什么 … 内容发我看看
    return replace(turn, session=session)


def _annexes(turn: Turn, draft: Draft) -> tuple[str, ...]:
    """The names of the annexes where an answer tells them all: 第三个 asks for the third."""
    notice, name = turn.desk.pack.notice, turn.desk.phrases.annex["name"]
    told = "".join(sentence.text for sentence in draft.sentences)
    every = all(annex.title in told for annex in notice.annexes)
    return tuple(name.format(number=a.number, title=a.title) for a in notice.annexes) if every else ()


def _discussed(turn: Turn, draft: Draft, decision: Decision) -> tuple[str | None, tuple[str, ...]]:
    """The category that the conversation is about from now on, and the several that a check judges together.

    A check goes on about its own: what is looked up meanwhile changes it only where a category is named.
    """
    assert turn.message is not None  # noqa: S101 - the first step
    session, names, plain = turn.session, turn.desk.names, turn.message.plain
    several = decision.categories if len(decision.categories) > 1 else ()
    if draft.route == "eligibility":
        return draft.category or (None if several else session.category), several
    if session.category and session.facts and not (names.named(plain) or names.implied(plain)):
        return session.category, ()
    return draft.category or (None if several else session.category), session.side_by_side


def refer(turn: Turn) -> Turn:
    """The phones of what the conversation is about, whatever was asked."""
    draft = turned_off_draft(turn.desk.pack.notice, turn.session.category, turn.desk.phrases)
    text, citations = render(draft, draft.sentences, turn.desk.pack, turn.desk.phrases)
    return replace(turn, draft=draft, shown=text, citations=citations)


STEPS: tuple[Step, ...] = (
    clean,
    take_up_a_part,
    name_the_two,
    name_the_level,
    name_the_level_needed,
    name_the_annex,
    recognise_topics,
    complete_question,
    heed_the_asker,
    listen,
    suppose,
    listen_again,
    keep_facts,
    understand,
    leave_what_was_only_asked,
    compose,
    verify,
    phrase,
    show,
    remember,
)


WHILE_OFF: tuple[Step, ...] = (clean, refer)


def run(
    turn: Turn,
    steps: Sequence[Step] = STEPS,
    *,
    meter: Meter = UNMEASURED,
    stopwatch: Callable[[], float] = time.perf_counter,
) -> Turn:
    """Take a turn through the steps; `meter` is told the seconds that each took."""
    began = stopwatch()
    for step in steps:
        turn = step(turn)
        ended = stopwatch()
        meter.step_taken(step.__name__, ended - began)
        began = ended
    return turn
