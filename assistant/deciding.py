"""The step that decides which topics a message asks for, on which route, and what the facts told make of that."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answers.by_category import asked_of_some, listed_by_category
from assistant.eligibility.wording import show_value
from assistant.llm.steps import advised
from assistant.turn import Turn
from assistant.understanding.annex_claims import annex_claimed
from assistant.understanding.by_category import asks_if_all, asks_which_category, belonging
from assistant.understanding.candidates import of_another
from assistant.understanding.decide import decide
from assistant.understanding.decision import Decision
from assistant.understanding.follow_ups import asks_if_enough, asks_if_it_applies
from assistant.understanding.named_clauses import named_clauses
from assistant.understanding.speech_acts import asks_if_it_matters
from assistant.understanding.weighing import Told
from assistant.understanding.words_sought import clause_sought, clauses_that_hold, words_sought

_OF_A_SUM = re.compile("够|达标|达到|满足|过线")
"""Not 那不行了 or 还差多少, which ask how the check stands."""


def understand(turn: Turn) -> Turn:
    """Which topics, on which route, about which categories."""
    assert turn.message is not None and turn.read is not None and turn.recognised is not None  # noqa: S101, PT018
    assert turn.heard is not None  # noqa: S101 - the step before
    decision = decide(
        turn.message,
        turn.session,
        Told(
            # Who says two things of one fact (三星四星想一起报) tells of itself, too.
            stated=(*(f.name for f in turn.read.facts), *(unclear.name for unclear in turn.read.ambiguous)),
            supposed=tuple(fact.name for fact in turn.read.facts if fact.hypothetical),
            withdrawn=turn.heard.withdrawn,  # 就不用管了 takes nothing back where nothing was told
            of_another=turn.heard.new_applicant,
        ),
        turn.recognised,
        turn.desk.names,
        turn.desk.tuning,
        turn.desk.topic,
    )
    session, tree = turn.session, turn.desk.pack.tree
    named = named_clauses(turn.message.plain, tree, turn.desk.names, session.quoted, session.listed)
    if named is not None:
        return replace(turn, decision=replace(decision, route="lookup", basis=False, named=named))
    undated = turn.desk.pack.notice.undated
    sought = words_sought(turn.message.plain, turn.message.original)
    sought = sought or clause_sought(turn.message.plain, tree, undated)
    foreign = decision.route == "out_of_scope"
    if sought and sought.meant and foreign and not clauses_that_hold(tree, sought.words, undated):
        sought = None  # 5月1日是什么日子 is none of this notice's days
    unsure = decision.confidence < turn.desk.tuning.words_sought
    if sought and (sought.counted or sought.meant or unsure):
        return replace(turn, decision=replace(decision, route="lookup", basis=False, sought=sought))
    if (by_data := of_the_packs_data(turn, decision)) is not None:
        return replace(turn, decision=by_data)
    decision = with_facts_category(turn, with_what_is_left_open(turn, decision))
    decision = with_the_sum_left_open(turn, with_a_check_of_it(turn, decision))
    return of_its_category(advised(turn, decision))


def of_the_packs_data(turn: Turn, decision: Decision) -> Decision | None:
    """A question of the rule that annexes, categories and conditions answer by themselves, as the pack has them."""
    assert turn.message is not None and turn.read is not None  # noqa: S101, PT018
    desk, plain = turn.desk, turn.message.plain
    if turn.read.facts or decision.route in ("out_of_scope", "smalltalk"):
        return None
    looked_up = replace(decision, route="lookup", basis=False)
    if annex := annex_claimed(plain, desk.names, desk.pack.notice.annexes):
        return replace(looked_up, annex=annex)
    if belongs := belonging(plain, desk.names, listed_by_category(desk.pack)):
        return replace(looked_up, belonging=belongs)
    if asks_which_category(plain, desk.names) and (needed := asked_of_some(desk, plain)):
        return replace(looked_up, needed=needed)
    of_all = decision.route == "lookup" and asks_if_all(plain, desk.names)
    return replace(decision, of_all=True) if of_all else None


def of_its_category(turn: Turn) -> Turn:
    """What was told of one category's own guideline is nothing of that of another to which the talk turns."""
    assert turn.decision is not None and turn.heard is not None and turn.read is not None  # noqa: S101, PT018
    discussed, meant = turn.session.category, turn.decision.categories
    if turn.decision.route != "eligibility" or not discussed or not meant or meant == (discussed,):
        return turn
    session, told = turn.heard.session, {fact.name for fact in turn.read.facts}
    for spec in turn.desk.pack.schema.facts:
        if spec.of_category and spec.name not in told:
            session = session.without_fact(spec.name)
    return replace(turn, session=session, heard=replace(turn.heard, session=session))


def with_facts_category(turn: Turn, decision: Decision) -> Decision:
    """An eligibility question that names no category is about the one that alone asks for the facts stated."""
    if decision.route != "eligibility" or decision.categories or turn.read is None:
        return decision
    asked_of = [turn.desk.pack.schema.spec(fact.name).categories for fact in turn.read.facts]
    only = {categories[0] for categories in asked_of if len(categories) == 1}
    return replace(decision, categories=(only.pop(),)) if len(only) == 1 else decision


def with_a_check_of_it(turn: Turn, decision: Decision) -> Decision:
    """证书有效期那条还管我吗: who told of what a clause asks is answered by the check of it, and not by its words."""
    assert turn.message is not None and turn.heard is not None  # noqa: S101, PT018
    topic, session = decision.topics[0], turn.heard.session
    asks = decision.route == "lookup" and asks_if_it_applies(turn.message.plain)
    if not asks or session.category is None or topic.category not in (None, session.category):
        return decision
    about = {fact for criterion in turn.desk.criteria_of(topic) for fact in criterion.facts}
    if not about & set(session.facts):
        return decision
    return replace(decision, route="eligibility", topics=(topic,), categories=(session.category,))


def with_what_is_left_open(turn: Turn, decision: Decision) -> Decision:
    """处罚影响申报吗, of which nobody says that it is the asker's: what the notice leaves open of it, and no check."""
    assert turn.message is not None and turn.read is not None  # noqa: S101, PT018
    read, desk = turn.read, turn.desk
    schema = desk.pack.schema
    told = any(schema.spec(fact.name).type != "choice" for fact in read.facts)
    goes_on = turn.session.last_route == "eligibility"
    if told or goes_on or len(read.ambiguous) != 1 or not asks_if_it_matters(turn.message.plain):
        return decision
    topic = desk.topic(read.ambiguous[0].topic) if read.ambiguous[0].topic else None
    if topic is None or decision.route not in ("eligibility", "lookup"):
        return decision
    return replace(decision, route="unresolved", topics=(topic,), confidence=1.0)


def with_the_sum_left_open(turn: Turn, decision: Decision) -> Decision:
    """这个投入够不够, of a sum for which the category has no condition: what the notice leaves open of it."""
    assert turn.message is not None and turn.heard is not None  # noqa: S101, PT018
    desk, session, plain = turn.desk, turn.heard.session, turn.message.plain
    asks = _OF_A_SUM.search(plain) and asks_if_enough(desk.names.without_names(plain))
    of_another_matter = decision.topics[0].criteria and decision.confidence >= desk.tuning.subject_named
    if decision.route != "eligibility" or not asks or of_another_matter or len(decision.categories) != 1:
        return decision
    specs = [desk.pack.schema.spec(name) for name in session.told_last()]
    sums = [spec for spec in specs if spec.type == "number"]
    if not sums or any(category in spec.categories for spec in sums for category in decision.categories):
        return decision
    told = "，".join(spec.short + show_value(spec, session.facts[spec.name].value) for spec in sums)
    asked = desk.names.retitled(f"{told}，{plain}", decision.categories[0])
    found = (c.topic for c in desk.intents.classify([asked])[0] if c.topic.route == "unresolved")
    topic = next((topic for topic in found if not of_another(topic, decision.categories)), None)
    return replace(decision, route="unresolved", topics=(topic,), confidence=1.0) if topic else decision
