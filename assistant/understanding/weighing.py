"""What speaks for each route: the topics' probabilities, the message's own words, the conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.facts.message.polarity import read_answer
from assistant.facts.message.talk import is_talk
from assistant.sessions import Session
from assistant.understanding.categories import CategoryNames
from assistant.understanding.courtesies import begins_with_thanks, takes_leave
from assistant.understanding.follow_ups import (
    asks_if_enough,
    asks_of_a_later_day,
    asks_to_explain,
    asks_to_go_through_it_again,
    claims_all,
)
from assistant.understanding.intent import Candidate
from assistant.understanding.listed import ANSWERED
from assistant.understanding.message import Message
from assistant.understanding.questions import repeats
from assistant.understanding.recognise import Recognised
from assistant.understanding.speech_acts import (
    about_the_rule,
    asks_for_a_phone,
    asks_for_a_remedy,
    asks_for_a_thing,
    asks_for_a_verdict,
    asks_if_it_will_do,
    asks_something,
    asks_what_counts,
    asks_who_may,
    does_not_know,
    speaks_of_itself,
    supposes,
)
from assistant.understanding.tuning import DecisionTuning
from assistant.understanding.years import has_a_year_of_its_own, names_a_year_alone
from knowledge.facts import DateRange
from knowledge.models import Route

_PROPOSED = re.compile(
    r"(?:申?报|评|弄|搞|看回?|换[成到回]?|只?剩下?)(?:[三四五345]星级?)?([^，。?？]{1,10}?)(?:呢|吧|了?[对是]吧|了[吗么]|算了|好了|行不行|可不可以|行吗|可以吗|怎么样)(?=$|[?？，,])"
)
"""那报三星上云呢，星级没评过; 再看回标杆工厂呢; 那改报上云吧，用的华为云; 只剩上云了对吧."""
_GOES_IN_FOR = re.compile(
    "(?:想|要|打算|准备|计划|决定)[^，。?？]{0,12}(?:(?:申?报(?!告)|申请|参评)(?!书|材料)|再(?:来|冲|试|拼|搏)一[次回把]|往上(?:走|升|冲|提))|(?:改|转|换)(?:成|为|去)?(?:申?报(?!告)|申请|冲)"
)

_APPLIES = re.compile("申?报(?!告|销|价)|申请|参评")
_PIECES = re.compile("[，,。；;！!、 ]+")
_PARTICLES = "吧啊呀哦噢嗯呃嘛的了"


@dataclass(frozen=True, slots=True)
class Told:
    """What a message said of the applicant: names of facts stated, supposed and taken back; whether it goes over to another."""

    stated: tuple[str, ...] = ()
    supposed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    of_another: bool = False

    @property
    def anything(self) -> bool:
        """Whether anything was said at all."""
        return bool(self.stated or self.withdrawn)


def weighed(
    message: Message,
    session: Session,
    told: Told,
    recognised: Recognised,
    names: CategoryNames,
    tuning: DecisionTuning,
) -> dict[Route, float]:
    """The routes' probabilities, and what the message's own words and the conversation make of them."""
    shares = recognised.shares
    shares["eligibility"] = _of_a_verdict(message, session, told, shares, tuning)
    if asks_for_a_phone(message.plain) and shares["contact"] > 0:
        besides = asks_for_a_verdict(message.plain) or shares["out_of_scope"] >= tuning.foreign
        shares["contact"] += tuning.phone_asked if besides else 1.0
    checked = bool(told.stated) and session.last_route == "eligibility"
    if names.named(message.plain) or (checked and not names.foreign(message.plain)):
        shares["out_of_scope"] -= tuning.named_here * foreign_without_place(recognised.whole)
    elif names.foreign(message.plain) and not _asks_of_titles(recognised, names):
        shares["out_of_scope"] += tuning.named_elsewhere
    if set(session.asked) & set(told.stated) or (told.anything and not asks_something(message.plain)):
        shares["eligibility"] += 1.0
    if session.last_route == "eligibility":
        unheard = _unheard(message, told, names, tuning) if session.asked else 0.0
        shares["eligibility"] += unheard + _of_the_check(message, session, told, names, tuning)
        shares["out_of_scope"] -= unheard  # 2021年评的, after a star was told
    elif _goes_over_to_a_check(message, session, told):
        shares["eligibility"] += 1.0
    shares["out_of_scope"] -= _of_another_year(message, session, recognised)
    if _takes_leave(message, told, shares, tuning):
        shares["smalltalk"] += 1.0
    return shares


def _of_a_verdict(
    message: Message, session: Session, told: Told, shares: dict[Route, float], tuning: DecisionTuning
) -> float:
    """What speaks for a verdict by what the message asks and tells of the applicant."""
    share = shares["eligibility"]
    by_the_rule = asks_who_may(message.plain) and shares["lookup"] > shares["unresolved"]
    if _asks_for_no_verdict(message, told) or (by_the_rule and not told.anything):
        return share * tuning.rule_asked
    if asks_what_counts(message.plain) and max(shares["unresolved"], shares["lookup"]) >= tuning.left_open:
        return share  # 试用的一个月能不能往三个月里凑 tells of no use; 2021年的钱能算进去吗 asks for the rule
    checked, asks = session.last_route == "eligibility", asks_for_a_verdict(message.plain)
    if not told.stated:
        return share + (tuning.verdict_asked if checked and asks else 0.0)
    # Who tells several facts, or one and then 可以吗, tells them of somebody, with or without a 我们.
    will_do = asks_if_it_will_do(message.plain)
    own = speaks_of_itself(message.plain) or len(told.stated) > 1 or will_do
    asks = asks or will_do
    leans = (tuning.facts_lean, tuning.verdict_asked, tuning.verdict_on_us)
    share += leans[asks + (asks and own)]
    return share + (tuning.facts_in_talk if checked else 0.0)


def _goes_over_to_a_check(message: Message, session: Session, told: Told) -> bool:
    """Whether talk of the notice goes over to the applicant: 总结一下 of what was told; 如果只满足两个呢, of a number asked for."""
    supposed = bool(told.supposed) and session.last_route in ANSWERED and supposes(message.plain)
    return supposed or (bool(session.facts) and asks_to_go_through_it_again(message.plain))


def _asks_of_titles(recognised: Recognised, names: CategoryNames) -> bool:
    """Whether other programmes' names are asked of as far as they bear on this one: 专精特新有加分吗."""
    first = recognised.whole[0].topic
    return first.route != "out_of_scope" and names.foreign(first.title)


def _takes_leave(message: Message, told: Told, shares: dict[Route, float], tuning: DecisionTuning) -> bool:
    """Whether a message thanks or says goodbye and nothing else.

    Thanks around a question (线上还是线下，谢谢) are taken out before its topics are recognised.
    """
    if told.anything or not takes_leave(message.plain):
        return False
    answered = sum(shares[route] for route in ANSWERED)
    asks = asks_something(message.plain) or asks_for_a_phone(message.plain)
    nothing_else = not asks and (begins_with_thanks(message.plain) or answered < tuning.requested)
    return nothing_else or shares["smalltalk"] >= tuning.leave_taken


def _asks_for_no_verdict(message: Message, told: Told) -> bool:
    """Whether the rule itself is asked for, or who, where or when: 怎么规定的; 平台、标杆、上云分别谁评审."""
    if about_the_rule(message.plain):
        return not (told.stated and speaks_of_itself(message.plain))
    thing = asks_for_a_thing(message.plain) and not asks_for_a_verdict(message.plain)
    return thing and not told.anything


def _of_another_year(message: Message, session: Session, recognised: Recognised) -> float:
    """Probability of another year's notice where talk of this one goes on with a year: 2022年11月开始用的呢."""
    if session.last_route is None or not has_a_year_of_its_own(message.plain):
        return 0.0
    if session.last_route != "eligibility" and names_a_year_alone(message.plain):
        return 0.0  # 2026年的呢, after what this year's notice says
    return sum(c.probability for c in recognised.whole if c.topic.id == "other-year")


def _of_the_check(
    message: Message, session: Session, told: Told, names: CategoryNames, tuning: DecisionTuning
) -> float:
    """What the message's own words add to a check that is going on: a way out asked for, an if, a category named."""
    added = 1.0 if asks_for_a_remedy(message.plain) or asks_how_it_stands(message, names) else 0.0
    if told.of_another and _APPLIES.search(message.plain) and not asks_for_a_thing(message.plain):
        added += 1.0  # 那用母公司报呢
    dated = any(isinstance(fact.value, DateRange) for fact in session.facts.values())
    if dated and asks_of_a_later_day(message.plain):
        added += 1.0  # 那我27号之后再交行吗
    if told.supposed or applies_for_another(message, names):
        added += tuning.verdict_asked
    if (session.category is None and names_a_category(message, names)) or _goes_in_for(message, names):
        added += 1.0  # 哦类别啊，工业互联网平台; 今年打算再报一次
    return added


def asks_how_it_stands(message: Message, names: CategoryNames) -> bool:
    """Whether nothing is asked but what the check comes to: 那结论呢, 够数吗, 总结一下, 那上云和平台够年限吧."""
    plain, asked = message.plain, names.without_names(message.plain)
    # 标杆工厂为什么不行, and not 标杆是什么意思.
    why = asks_to_explain(plain) or (asks_for_a_verdict(plain) and asks_to_explain(asked))
    return why or asks_if_enough(asked) or asks_to_go_through_it_again(plain)


def applies_for_another(message: Message, names: CategoryNames) -> bool:
    """Whether another category is proposed for the same applicant: 那同样这家公司报平台呢."""
    proposed = _PROPOSED.search(message.plain)
    return proposed is not None and bool(names.named(proposed[1])) and names.only_names(proposed[1])


def names_another_alone(message: Message, names: CategoryNames) -> bool:
    """Whether nothing is said but another category: 报平台呢, 那标杆呢; not 那这个在建的项目报平台行不行."""
    proposed = _PROPOSED.search(message.plain)
    alone = proposed is not None and names.only_names(message.plain[: proposed.start()])
    return repeats(message, names) or (alone and applies_for_another(message, names))


def names_a_category(message: Message, names: CategoryNames) -> bool:
    """Whether a message, or a piece of it, does nothing but name one category, and nothing is asked.

    哦类别啊，工业互联网平台; not 平台类截止是3月15日吧.
    """
    named = len(names.named(message.plain)) == 1 and not asks_something(message.plain)
    pieces = (piece.strip(_PARTICLES) for piece in _PIECES.split(message.plain))
    return named and any(names.only_names(piece) for piece in pieces if piece)


def _goes_in_for(message: Message, names: CategoryNames) -> bool:
    """Whether a message says, and does not ask, that the applicant goes in for it, of one category at most."""
    one = len(names.named(message.plain)) <= 1 and not asks_something(message.plain)
    return one and bool(_GOES_IN_FOR.search(message.plain))


def _unheard(message: Message, told: Told, names: CategoryNames, tuning: DecisionTuning) -> float:
    """What speaks for an answer that was not understood: the questions are asked again."""
    if does_not_know(message.plain) or (claims_all(message.plain) and not asks_something(message.plain)):
        return 1.0
    if read_answer(message.plain) is False and not is_talk(message.plain):
        return 1.0  # a no that fits no question (是…吗？没有)
    understood = told.anything or asks_something(message.plain) or names.named(message.plain)
    return 0.0 if understood else tuning.unheard


def foreign_without_place(candidates: Sequence[Candidate]) -> float:
    """Probability of other subjects than another programme, region or year, whose names hold ours (浙江的标杆工厂)."""
    return sum(
        c.probability
        for c in candidates
        if c.topic.route == "out_of_scope" and not c.topic.id.startswith("other-")
    )
