"""The steps in which a language model helps. Each does nothing where none is configured or it has nothing to add."""

from __future__ import annotations

from dataclasses import replace

from assistant.llm.advisor import Advisor
from assistant.llm.phrase import phrase_prompt, read_phrased
from assistant.llm.read import Circumstances, claimed_facts, read_answer, read_prompt
from assistant.llm.rewrite import read_rewritten, rewrite_prompt
from assistant.reply import UseOfModel
from assistant.turn import Turn
from assistant.understanding.decision import Decision
from assistant.understanding.message import without_quotations
from assistant.understanding.recognise import refined, tells_of_itself
from assistant.understanding.speech_acts import about_the_rule, speaks_of_itself
from knowledge.models import Topic

LEAST_WORDS = 4
"""Characters below which a message tells no fact that the patterns would not know."""
_ADVISABLE = ("lookup", "contact", "unresolved")
"""Routes on which a topic may be advised: a verdict, and turning somebody away, are not for a model to bring about."""


def complete_question(turn: Turn) -> Turn:
    """A fragment that the classifier is unsure of, recognised as the full question as well."""
    assert turn.message is not None and turn.recognised is not None  # noqa: S101, PT018
    desk, session, recognised = turn.desk, turn.session, turn.recognised
    advisor, tuning = _advisor(turn, "rewrite"), desk.tuning
    last_topic = desk.topic(session.last_topic) if session.last_topic else None
    sure = recognised.whole[0].probability >= tuning.fragment_sure
    if advisor is None or last_topic is None or sure or len(turn.message.plain) > tuning.fragment:
        return turn
    category = desk.pack.notice.category(session.category).short if session.category else ""
    said, subject = turn.message.plain, last_topic.title
    advice = advisor.ask("rewrite", rewrite_prompt(said, subject, category, advisor.wording), turn.model_uses)
    full = read_rewritten(advice.text, said, subject, category, advisor.wording) if advice.text else None
    turn = replace(turn, model_uses=(*turn.model_uses, advice.taken(full is not None)))
    if full is None:
        return turn
    return replace(turn, recognised=refined(recognised, desk.intents.classify([full])[0]))


def listen_again(turn: Turn) -> Turn:
    """Facts and the topic that the model points to, where the message may tell some or its topic is in doubt."""
    assert turn.message is not None and turn.recognised is not None and turn.read is not None  # noqa: S101, PT018
    advisor = _advisor(turn, "read")
    if advisor is None:
        return turn
    topics = _doubtful(turn)
    if not topics and not _may_tell(turn):
        return turn
    desk, words = turn.desk, without_quotations(turn.message.told, turn.desk.grounding.source)
    prompt = read_prompt(words, desk.pack.schema, topics, advisor.wording)
    advice = advisor.ask("read", prompt, turn.model_uses)
    answer = read_answer(advice.text) if advice.text else None
    if answer is None:
        return replace(turn, model_uses=(*turn.model_uses, advice.taken(False)))
    named = desk.names.named(turn.message.plain)
    category = named[0] if len(named) == 1 else None if named else turn.session.category
    circumstances = Circumstances(turn.as_of, category or desk.names.implied(turn.message.plain))
    found = claimed_facts(answer, words, turn.read, desk, circumstances) if _may_tell(turn) else ()
    more = replace(turn.read, facts=(*turn.read.facts, *found))
    if found and turn.message.told != turn.message.original:
        more = more.quoting(turn.message.original)
    topic = topics.get(answer.topic) if isinstance(answer.topic, str) else None
    taken = advice.taken(bool(found))
    return replace(turn, read=more, advised_topic=topic, model_uses=(*turn.model_uses, taken))


def advised(turn: Turn, decision: Decision) -> Turn:
    """The turn decided, with the topic that was advised where the classifier has none to offer."""
    topic = turn.advised_topic
    if topic is None or decision.confidence >= turn.desk.tuning.unsure or decision.route not in _ADVISABLE:
        return replace(turn, decision=decision)
    taken = replace(
        decision, route=topic.route, topics=(topic,), confidence=turn.desk.tuning.unsure, advised=True
    )
    *before, reading = turn.model_uses
    uses = (*before, reading.model_copy(update={"outcome": "taken"}))
    return replace(turn, decision=taken, model_uses=uses)


def phrase(turn: Turn) -> Turn:
    """The verified draft in the model's words, as far as they say the same."""
    assert turn.draft is not None  # noqa: S101 - the step before
    advisor, draft = _advisor(turn, "phrase"), turn.draft
    prompt = phrase_prompt(draft, advisor.wording) if advisor else None
    if advisor is None or prompt is None:
        return turn
    advice = advisor.ask("phrase", prompt, turn.model_uses)
    sentences = (
        read_phrased(advice.text, draft, turn.desk.grounding, advisor.wording) if advice.text else None
    )
    if sentences is None or sentences == draft.sentences:
        return replace(turn, model_uses=(*turn.model_uses, advice.taken(False)))
    uses = (*turn.model_uses, advice.taken(True))
    return replace(turn, draft=replace(draft, sentences=sentences), phrased=True, model_uses=uses)


def _advisor(turn: Turn, use: UseOfModel) -> Advisor | None:
    advisor = turn.desk.advisor
    return advisor if advisor is not None and advisor.helps(use) else None


def _may_tell(turn: Turn) -> bool:
    """Whether the message may tell facts of the applicant, not read the notice's own words back."""
    assert turn.message is not None and turn.recognised is not None  # noqa: S101, PT018
    plain = turn.message.plain
    if len(plain) < LEAST_WORDS or (about_the_rule(plain) and not speaks_of_itself(plain)):
        return False
    return tells_of_itself(turn.message, turn.session, turn.recognised, turn.desk.tuning)


def _doubtful(turn: Turn) -> dict[str, Topic]:
    """The classifier's own candidates under marks, where it is sure of none."""
    assert turn.recognised is not None  # noqa: S101
    candidates = turn.recognised.whole
    if candidates[0].probability >= turn.desk.tuning.unsure:
        return {}
    topics = [c.topic for c in candidates if c.topic.route in _ADVISABLE and c.topic.answers]
    return {f"t{number}": topic for number, topic in enumerate(topics, 1)}
