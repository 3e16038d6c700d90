"""The step that makes a draft of what was decided: of the pack's answers, the checker's report, the clauses named."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers.annexes import annex_claim_draft, annex_draft
from assistant.answers.basis import basis_draft, named_clauses_draft, with_whole_clauses, words_sought_draft
from assistant.answers.by_category import alike_for_all, belonging_draft, needed_draft
from assistant.answers.checked import checked
from assistant.answers.eligibility import Case, eligibility_draft, side_by_side_draft
from assistant.answers.other import (
    any_question_draft,
    nearest_draft,
    nothing_before_draft,
    out_of_scope_draft,
    smalltalk_draft,
    speaks_of_a_clause,
    unjudged_draft,
)
from assistant.answers.topics import topic_draft, with_desks
from assistant.compose.draft import Draft
from assistant.compose.join import join_drafts
from assistant.compose.sentences import Sentence
from assistant.conversation import values_with
from assistant.desk import ANY_QUESTION
from assistant.turn import Turn
from assistant.understanding.basis import wants_the_wording
from assistant.understanding.decision import Decision
from assistant.understanding.follow_ups import asks_if_enough, asks_if_it_applies, claims_all, refers_back
from assistant.understanding.mending import supposes_mended
from assistant.understanding.speech_acts import asks_for_a_remedy, supposes
from assistant.understanding.weighing import applies_for_another
from knowledge.models import Topic


def compose(turn: Turn) -> Turn:
    """A draft from the pack's data or the checker's report."""
    assert turn.decision is not None  # noqa: S101 - the step before
    decision = turn.decision
    if _refers_to_nothing(turn, decision):
        draft = nothing_before_draft(turn.desk)
    elif decision.named is not None:
        draft = named_clauses_draft(turn.desk, decision.named, decision.topics[0])
    elif decision.sought is not None:
        draft = words_sought_draft(turn.desk, decision.sought, decision.topics[0])
    elif decision.annex is not None:
        draft = annex_claim_draft(turn.desk, decision.annex, decision.topics[0])
    elif decision.belonging is not None:
        draft = belonging_draft(turn.desk, decision.belonging, decision.topics[0])
    elif decision.needed:
        draft = needed_draft(turn.desk, decision.needed, decision.topics[0])
    elif decision.basis:
        draft = _basis(turn, decision)
    elif decision.route == "eligibility":
        # The first topic is what led here; only what was asked besides has an answer of its own.
        others = [_topic(turn, decision, topic) for topic in decision.topics[1:]]
        draft = join_drafts([_eligibility(turn, decision), *others])
    else:
        draft = _looked_up(turn, decision)
    return replace(turn, draft=draft)


def _refers_to_nothing(turn: Turn, decision: Decision) -> bool:
    """Whether a message that opens the talk asks of what was said before (刚才说的那个日期), and surely of nothing else."""
    assert turn.message is not None and turn.heard is not None  # noqa: S101, PT018
    opens = turn.session.last_route is None and not turn.heard.session.facts
    unsure = decision.confidence < turn.desk.tuning.fragment_surely_whole
    return opens and unsure and refers_back(turn.message.plain)


def _looked_up(turn: Turn, decision: Decision) -> Draft:
    assert turn.message is not None  # noqa: S101 - the first step
    drafts = [_topic(turn, decision, topic) for topic in decision.topics]
    if len(drafts) > 1:
        return join_drafts(drafts)
    draft = checked(turn.desk, drafts[0], turn.message.plain)
    if wants_the_wording(turn.message.plain):
        draft = with_whole_clauses(turn.desk, draft)
    return alike_for_all(turn.desk, draft) if decision.of_all else draft


def _topic(turn: Turn, decision: Decision, topic: Topic) -> Draft:
    desk, about = turn.desk, decision.categories_of(topic)
    assert turn.message is not None  # noqa: S101 - the first step
    if topic.id == ANY_QUESTION or (not desk.pack.topics and speaks_of_a_clause(desk, turn.message.plain)):
        return any_question_draft(desk, turn.message.plain, about)
    if topic.route == "smalltalk":
        return smalltalk_draft(desk, topic)
    if topic.route == "out_of_scope":
        return out_of_scope_draft(desk, topic)
    # What is asked besides was sure by itself, however sure the first is.
    unsure = topic is decision.topics[0] and decision.confidence < desk.tuning.unsure
    if unsure or not topic.answers:
        return nearest_draft(desk, turn.message.plain, about, topic.route)
    of_annexes = annex_draft(desk, topic, about, turn.message.plain)
    if of_annexes is not None:
        return of_annexes
    draft = topic_draft(desk.pack, topic, about, turn.message.plain, turn.as_of, desk.phrases)
    return with_desks(desk, draft, about) if decision.advised else draft


def _basis(turn: Turn, decision: Decision) -> Draft:
    session = turn.session
    values = values_with(session, session.supposed)
    return basis_draft(turn.desk, session, decision.topics[0], decision.categories, values, turn.as_of)


def _supposes_unheard(turn: Turn) -> bool:
    """Whether an if was said of which nothing was understood: the answer must not seem to be about it."""
    assert turn.message is not None and turn.read is not None  # noqa: S101, PT018
    names = turn.desk.names
    plain = names.without_change(turn.message.plain)  # 那要是改报标杆年限够吗 supposes no more than that
    if applies_for_another(turn.message, names) or asks_if_it_applies(plain):
        return False  # 换成标杆呢 supposes nothing of the applicant, nor does 过了就行吧？有效期还管我们吗
    before, _, behind = plain.partition("的话")
    if behind and names.only_names(before):
        plain = behind  # 标杆的话年限够吗
    supposing = (supposes(plain) and not asks_for_a_remedy(plain)) or supposes_mended(plain)
    return supposing and not turn.read.facts and not turn.read.ambiguous


def _asked_about(turn: Turn, decision: Decision) -> tuple[str, ...]:
    """The facts that a question is about (年限够吗; 够数吗 of what was told last): where nothing is told they come first."""
    assert turn.message is not None  # noqa: S101 - the first step
    plain, topic = turn.message.plain, decision.topics[0]
    enough = asks_if_enough(turn.desk.names.without_names(plain))
    sure = not enough or decision.confidence >= turn.desk.tuning.subject_named
    named = topic.criteria if sure else ()
    if enough and not named:
        return turn.session.told_last()
    criteria = turn.desk.criteria_of(topic)
    about = criteria if asks_if_it_applies(plain) else (c for c in criteria if c.id in named)
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
        told=tuple(fact.name for fact in turn.read.facts) or _asked_about(turn, decision),
        words={name: fact.quote for name, fact in ({**session.facts, **session.supposed}).items()},
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
    unheard = turn.session.last_route == "eligibility" and _supposes_unheard(turn)
    if unheard and not turn.heard.new_applicant:
        draft = replace(draft, sentences=(Sentence(phrases.if_unheard, breaks=True), *draft.sentences))
    if claims_all(turn.message.plain) and not turn.read.facts and draft.asked:
        draft = replace(draft, sentences=(Sentence(phrases.claimed_all, breaks=True), *draft.sentences))
    if turn.heard.new_applicant:
        draft = replace(draft, sentences=(Sentence(phrases.new_applicant, breaks=True), *draft.sentences))
    return draft
