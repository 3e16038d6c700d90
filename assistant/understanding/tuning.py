"""What was chosen by measuring for recognising and deciding."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DecisionTuning:
    """Chosen by measuring on the development questions."""

    tells: float = 0.3
    second_topic: float = 0.5
    joined: float = 0.9
    """Probability from which what 和 joins (发文日期和截止日期) are two questions."""
    longest_joined: int = 40
    facts_lean: float = 0.1
    facts_in_talk: float = 0.35
    verdict_asked: float = 0.9
    verdict_on_us: float = 1.0
    unheard: float = 0.5
    """What speaks for an answer that was not understood where no question stands: 有二十几个开发."""
    named_here: float = 0.8
    named_elsewhere: float = 0.5
    left_open: float = 0.5
    """Probability from which what may count (算不算) is looked up or left to the desk, whatever was told with it."""
    asked_besides: float = 0.12
    """Probability from which what the notice leaves open is said beside a verdict for which nothing was told."""
    asked_in_a_check: float = 0.2
    """The same where a check goes on: what follows there is mostly about it (那个不报了呢)."""
    subject_named: float = 0.5
    """Probability from which a question whether something suffices (年限够吗) is about its topic, not what was told last."""
    words_sought: float = 0.9
    """Probability of a topic from which words that are looked for (有没有提到名额) are asked about as its subject."""
    rule_asked: float = 0.15
    leave_taken: float = 0.15
    requested: float = 0.5
    """Probability of an answer from which thanks close a request (平台申报材料清单，谢谢)."""
    phone_asked: float = 0.5
    foreign: float = 0.6
    """Probability of other subjects from which a day or a sum in a message is no fact of an applicant."""
    unsure: float = 0.12
    said_again: float = 0.5
    """What a fragment's reading as the very topic that was answered last is worth: few ask for an answer twice."""
    beside_a_story: float = 2.0
    """Weight of the question of a message that tells facts besides, beside that of the whole message."""
    elliptic: int = 2
    """Characters, particles aside, up to which a fragment is read of the last subject however sure it is: 盖章吗."""
    with_subject: float = 2.0
    """Weight of a fragment's reading of the last subject beside that of the fragment alone."""
    of_another: float = 0.5
    """What a topic of one category is worth where several are named, or another is discussed and none named."""
    fragment: int = 10
    fragment_sure: float = 0.5
    """Probability from which a fragment needs no last subject; `fragment_surely_whole`: no category under discussion."""
    fragment_surely_whole: float = 0.8
