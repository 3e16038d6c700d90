"""An answer's path: one visible list of steps over one context."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answers.annexes import annex_draft
from assistant.answers.basis import basis_draft, named_clauses_draft
from assistant.answers.eligibility import Case, eligibility_draft, side_by_side_draft
from assistant.answers.other import (
    any_question_draft,
    nearest_draft,
    out_of_scope_draft,
    smalltalk_draft,
    speaks_of_a_clause,
    turned_off_draft,
    unjudged_draft,
)
from assistant.answers.suggestions import suggestions_for
from assistant.answers.topics import topic_draft, with_desks
from assistant.compose.draft import Draft
from assistant.compose.join import join_drafts
from assistant.compose.render import render
from assistant.compose.sentences import Sentence
from assistant.conversation import hear, values_with
from assistant.desk import ANY_QUESTION
from assistant.listening import listen
from assistant.llm.steps import advised, complete_question, listen_again, phrase
from assistant.meter import UNMEASURED, Meter
from assistant.reply import ShownContact
from assistant.supposing import suppose
from assistant.turn import Turn
from assistant.understanding.askers import (
    as_a_bureau_asks,
    asks_for_a_bureau,
    goes_on_about_a_bureau,
    is_a_bureau,
    without_introduction,
)
from assistant.understanding.decide import Decision, Told, decide
from assistant.understanding.follow_ups import without_own_year
from assistant.understanding.mending import supposes_mended
from assistant.understanding.message import (
    asks_for_a_remedy,
    looked_up_since,
    read_message,
    supposes,
    without_courtesies,
    without_document,
)
from assistant.understanding.named_clauses import named_clauses
from assistant.understanding.numbered import numbered_parts, part_asked_again
from assistant.understanding.recognise import recognise
from knowledge.models import Topic

Step = Callable[[Turn], Turn]


def clean(turn: Turn) -> Turn:
    """The message bounded and readable. Raises InputRefused."""
    return replace(turn, message=read_message(turn.text, turn.desk.typed_pinyin.read, turn.desk.english.read))


def take_up_a_part(turn: Turn) -> Turn:
    """第三个你没答, after a message that numbered its questions, asks the third of them again."""
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
        without_document(message, notice.document, notice.title), notice.year, desk.names
    )
    return replace(
        turn,
        recognised=recognise(
            message, turn.session, desk.names, desk.intents.classify, desk.tuning, desk.topic
        ),
    )


def heed_the_asker(turn: Turn) -> Turn:
    """What a bureau asks is read as asked for its own last day and report, until an applicant speaks."""
    assert turn.message is not None and turn.recognised is not None  # noqa: S101, PT018
    plain, recognised = turn.message.plain, turn.recognised
    session = turn.session.with_bureau(is_a_bureau(plain, turn.session.bureau))
    last = turn.desk.topic(session.last_topic) if session.last_topic else None
    goes_on = len(plain) <= turn.desk.tuning.fragment and goes_on_about_a_bureau(recognised, last)
    if goes_on or asks_for_a_bureau(turn.desk.names.without_names(plain), session.bureau):
        recognised = as_a_bureau_asks(recognised, turn.desk.topic)
    return replace(turn, session=session, recognised=recognised)


def keep_facts(turn: Turn) -> Turn:
    """What was read, merged into what the session knows."""
    assert turn.message is not None and turn.read is not None  # noqa: S101, PT018
    choices = [spec.name for spec in turn.desk.pack.schema.facts if spec.type == "choice"]
    heard = hear(turn.session, turn.read, updated=looked_up_since(turn.message.plain), choices=choices)
    return replace(turn, heard=heard, session=heard.session)


def understand(turn: Turn) -> Turn:
    """Which topics, on which route, about which categories."""
    assert turn.message is not None and turn.read is not None and turn.recognised is not None  # noqa: S101, PT018
    decision = decide(
        turn.message,
        turn.session,
        Told(
            # Who says two things of one fact (三星四星想一起报) tells of itself, too.
            stated=(*(f.name for f in turn.read.facts), *(unclear.name for unclear in turn.read.ambiguous)),
            supposed=tuple(fact.name for fact in turn.read.facts if fact.hypothetical),
            withdrawn=turn.read.withdrawn,
        ),
        turn.recognised,
        turn.desk.names,
        turn.desk.tuning,
        turn.desk.topic,
    )
    named = named_clauses(turn.message.plain, turn.desk.pack.tree, turn.desk.names, turn.session.quoted)
    if named is not None:
        return replace(turn, decision=replace(decision, route="lookup", basis=False, named=named))
    return advised(turn, with_facts_category(turn, decision))


def with_facts_category(turn: Turn, decision: Decision) -> Decision:
    """An eligibility question that names no category is about the one that alone asks for the facts stated."""
    if decision.route != "eligibility" or decision.categories or turn.read is None:
        return decision
    asked_of = [turn.desk.pack.schema.spec(fact.name).categories for fact in turn.read.facts]
    only = {categories[0] for categories in asked_of if len(categories) == 1}
    return replace(decision, categories=(only.pop(),)) if len(only) == 1 else decision


def compose(turn: Turn) -> Turn:
    """A draft from the pack's data or the checker's report."""
    assert turn.decision is not None  # noqa: S101 - the step before
    decision = turn.decision
    if decision.named is not None:
        draft = named_clauses_draft(turn.desk, decision.named, decision.topics[0])
    elif decision.basis:
        draft = _basis(turn, decision)
    elif decision.route == "eligibility":
        # The first topic is what led here; only what was asked besides has an answer of its own.
        others = [_topic(turn, decision, topic) for topic in decision.topics[1:]]
        draft = join_drafts([_eligibility(turn, decision), *others])
    else:
        draft = join_drafts([_topic(turn, decision, topic) for topic in decision.topics])
    return replace(turn, draft=draft)


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
    draft, session = turn.draft, turn.session
    if turn.decision.named is not None and turn.decision.named.clauses:
        last = turn.decision.named.clauses[-1].id
        return replace(turn, session=session.with_quoted(last))
    if draft.route in ("smalltalk", "out_of_scope") or turn.decision.in_its_words:
        return turn
    category = draft.category or (None if len(turn.decision.categories) > 1 else session.category)
    session = session.with_category(category)
    if draft.route == "eligibility":
        session = session.with_asked(draft.asked)
    return replace(turn, session=session.with_answer(draft.route, turn.decision.topics[0].id))


def refer(turn: Turn) -> Turn:
    """The phones of what the conversation is about, whatever was asked."""
    draft = turned_off_draft(turn.desk.pack.notice, turn.session.category, turn.desk.phrases)
    text, citations = render(draft, draft.sentences, turn.desk.pack, turn.desk.phrases)
    return replace(turn, draft=draft, shown=text, citations=citations)


STEPS: tuple[Step, ...] = (
    clean,
    take_up_a_part,
    recognise_topics,
    complete_question,
    heed_the_asker,
    listen,
    suppose,
    listen_again,
    keep_facts,
    understand,
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


def _topic(turn: Turn, decision: Decision, topic: Topic) -> Draft:
    desk = turn.desk
    assert turn.message is not None  # noqa: S101 - the first step
    if topic.id == ANY_QUESTION or (not desk.pack.topics and speaks_of_a_clause(desk, turn.message.plain)):
        return any_question_draft(desk, turn.message.plain, decision.categories)
    if topic.route == "smalltalk":
        return smalltalk_draft(desk, topic)
    if topic.route == "out_of_scope":
        return out_of_scope_draft(desk, topic)
    # What is asked besides was sure by itself, however sure the first is.
    unsure = topic is decision.topics[0] and decision.confidence < desk.tuning.unsure
    if unsure or not topic.answers:
        return nearest_draft(desk, turn.message.plain, decision.categories, topic.route)
    of_annexes = annex_draft(desk, topic, decision.categories, turn.message.plain)
    if of_annexes is not None:
        return of_annexes
    draft = topic_draft(desk.pack, topic, decision.categories, turn.message.plain, turn.as_of, desk.phrases)
    return with_desks(desk, draft, decision.categories) if decision.advised else draft


def _basis(turn: Turn, decision: Decision) -> Draft:
    session = turn.session
    values = values_with(session, session.supposed)
    return basis_draft(turn.desk, session, decision.topics[0], decision.categories, values, turn.as_of)


def _supposes_unheard(turn: Turn) -> bool:
    """Whether an if was said of which nothing was understood: the answer must not seem to be about it."""
    assert turn.message is not None and turn.read is not None  # noqa: S101, PT018
    plain = turn.message.plain
    supposing = (supposes(plain) and not asks_for_a_remedy(plain)) or supposes_mended(plain)
    return supposing and not turn.read.facts and not turn.read.ambiguous


def _asked_about(turn: Turn, topic: Topic) -> tuple[str, ...]:
    """The facts of the criteria that a question is about (年限够吗): where nothing was told they are answered first."""
    about = (c for c in turn.desk.pack.rules.criteria if c.id in topic.criteria)
    return tuple(dict.fromkeys(fact for criterion in about for fact in criterion.facts))


def _eligibility(turn: Turn, decision: Decision) -> Draft:
    assert turn.heard is not None and turn.read is not None  # noqa: S101, PT018
    session = turn.heard.session
    unclear = {
        one.name for one in turn.read.ambiguous
    }  # who names two levels is asked, and judged by neither
    values = values_with(session, session.supposed)
    facts = {name: value for name, value in values.items() if name not in unclear}
    case = Case(
        facts=facts,
        as_of=turn.as_of,
        hypothetical=bool(session.supposed),
        contradictions=turn.heard.contradictions,
        to_clear_up=turn.read.ambiguous,
        told=tuple(fact.name for fact in turn.read.facts) or _asked_about(turn, decision.topics[0]),
        own_words=tuple(fact.quote for fact in (*session.facts.values(), *session.supposed.values()))
        + tuple(words for c in turn.heard.contradictions for words in (c.before, c.now)),
    )
    pack, phrases = turn.desk.pack, turn.desk.phrases
    assert turn.message is not None  # noqa: S101 - the first step
    if not pack.rules.criteria:
        topic = decision.topics[0]
        return unjudged_draft(turn.desk, topic, turn.message.plain, decision.categories, turn.as_of)
    if len(pack.notice.categories) == 1:
        decision = replace(decision, categories=(pack.notice.categories[0].id,))
    if len(decision.categories) > 1:
        draft = side_by_side_draft(pack, decision.categories, case, phrases)
    else:
        category = decision.categories[0] if decision.categories else None
        draft = eligibility_draft(pack, category, case, phrases)
    if turn.session.last_route == "eligibility" and _supposes_unheard(turn):
        draft = replace(draft, sentences=(Sentence(phrases.if_unheard, breaks=True), *draft.sentences))
    if turn.heard.new_applicant:
        draft = replace(draft, sentences=(Sentence(phrases.new_applicant, breaks=True), *draft.sentences))
    return draft
