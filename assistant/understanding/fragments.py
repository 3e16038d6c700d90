"""What a fragment (那星级的呢, 寄到哪) may be about: by itself, and as the conversation completes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.facts.message.talk import is_talk
from assistant.sessions import Session
from assistant.understanding.candidates import among, merged, of_all, of_another
from assistant.understanding.categories import CategoryNames
from assistant.understanding.intent import Candidate
from assistant.understanding.listed import Classify
from assistant.understanding.questions import AND_THAT
from assistant.understanding.tuning import DecisionTuning
from knowledge.models import Topic

_PARTICLES = re.compile(r"[吗呢么嘛吧啊呀不没的了要\W]")
_WHAT_WAS_SAID = re.compile("[这那][个笔些项条种]|上述|前述")
"""这个钱从哪年算 goes on about what was answered."""


def in_context(
    text: str,
    alone: tuple[Candidate, ...],
    session: Session,
    last_topic: Topic | None,
    named: Sequence[str],
    names: CategoryNames,
    classify: Classify,
    tuning: DecisionTuning,
) -> tuple[Candidate, ...]:
    """A fragment's reading by itself, joined with those after the last subject and of the category discussed."""
    if is_talk(text):
        return alone
    about = (session.category,) if session.category and not (named or names.implied(text)) else ()
    if about and alone[0].topic.of_one:
        (alone,) = classify([names.retitled(text, about[0])])  # 什么条件, while one category is discussed
    refers = of_another(alone[0].topic, about) and bool(_WHAT_WAS_SAID.search(text))
    if refers:
        classify = _of_none_other(classify, about)
        alone = among(alone, lambda topic: not of_another(topic, about))
    sure = alone[0].probability
    shortest = len(_PARTICLES.sub("", text)) <= tuning.elliptic
    elliptic = shortest or (sure < tuning.fragment_surely_whole and bool(AND_THAT.search(text)))
    looked_up = last_topic is not None and last_topic.route != "eligibility"
    elsewhere = of_another(alone[0].topic, about)
    with_subject = looked_up and (elliptic or refers or elsewhere or sure < tuning.fragment_sure)
    readings, weights = [], [1.0]
    if last_topic is not None and with_subject:
        readings.append(f"{last_topic.title}，{text}")
        weights.append(tuning.with_subject)
    if session.category and not (named or refers) and (elsewhere or sure < tuning.fragment_surely_whole):
        readings.append(names.retitled(text, session.category))
        weights.append(tuning.with_subject if elsewhere else 1.0)
    if not readings:
        return of_all(alone, about, tuning)
    read = [alone, *classify(readings)]
    again = last_topic.id if last_topic and not named else ""
    to_the_last = [at for at, reading in enumerate(read) if reading[0].topic.id == again]
    whole = tuning.fragment_surely_whole if shortest else tuning.fragment_sure
    if _goes_on_about_it(alone, to_the_last, tuning):
        again = ""
    elif with_subject and to_the_last == [1] and sure >= whole:
        weights[1] = 0.0  # the subject drowned what is asked: 影响力呢
    return of_all(merged(read, weights, again, tuning.said_again), about, tuning)


def _of_none_other(classify: Classify, about: Sequence[str]) -> Classify:
    """Readings without the topics of other categories than these."""
    return lambda texts: [
        among(found, lambda topic: not of_another(topic, about)) for found in classify(texts)
    ]


def _goes_on_about_it(
    alone: tuple[Candidate, ...], to_the_last: Sequence[int], tuning: DecisionTuning
) -> bool:
    """Whether what leads to the last topic goes on about it: by itself, or to nothing here (要不要社保证明, of the team).

    `to_the_last` are the readings that lead there, 0 the fragment's own and 1 the first in context.
    """
    nowhere = [c.topic.route == "out_of_scope" for c in alone[:2]]
    unsure_of_it = nowhere[0] and alone[0].probability < tuning.fragment_sure
    return (0 in to_the_last and any(nowhere[1:])) or (unsure_of_it and 1 in to_the_last)
