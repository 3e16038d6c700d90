"""What money a sum is of: the noun before or behind it, or what the talk is of where no noun stands there."""

from __future__ import annotations

import re

from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Hearing
from knowledge.cues import AmountCue

_OTHER_AFTER = re.compile("^(?:元|块)?(?:的话|的|是|用于|用在|用来|拿去|做|买|花在|为|属于|了|,){0,3}")
FILLER = re.compile(
    "我们|我司|公司|企业|一共|总共|合计|近|最近|这|过去|[一二两三0-9]+年|项目|大概|差不多|大约|左右|不到|超过|至少|现在|目前|已经|前前后后|前后|投入|投资|投|花费|花|用|了|的|是|有|在|都|也|就|才|只|约|快|要|够|达到|金额|费用|里面|其中"
)


def kind_of(cue: AmountCue, lead: str, tail: str) -> str | None:
    """What the amount is of: the last noun before it, unless a noun right behind it says more."""
    before = [m.lastgroup for m in cue.nouns.finditer(lead)]
    after = next((m for m in cue.nouns.finditer(tail) if m.lastgroup != "word"), cue.nouns.search(tail))
    near = after is not None and bool(_OTHER_AFTER.fullmatch(tail[: after.start()]))
    strong = [n for n in before if n != "word"]
    if after is not None and near and after.lastgroup in {"other", "excluded"} and not strong:
        return after.lastgroup
    if strong:
        return strong[-1]
    if after is not None and near and after.lastgroup == "part":
        return "part"
    return before[-1] if before else (after.lastgroup if after is not None and near else None)


def names_a_thing(lead: str) -> bool:
    """Whether the words before a sum name something beside what sums are always told with."""
    return re.search("[A-Za-z一-龥]{2}", FILLER.sub("", lead)) is not None


def is_by_context(hearing: Hearing, cue: AmountCue, phrase: Phrase) -> bool:
    """No noun at the amount itself: the category under discussion, or a spending word earlier in the sentence."""
    if hearing.category in cue.categories:
        return True
    near = hearing.phrases[max(0, phrase.position - 4) : phrase.position]
    earlier = [p.words for p in near if p.sentence == phrase.sentence or phrase.correction]
    nouns = [m.lastgroup for text in earlier for m in cue.nouns.finditer(text)]
    return bool(nouns) and nouns[-1] in {"word", "part"}


def elsewhere(hearing: Hearing, cue: AmountCue) -> bool:
    """Whether the talk is of another matter, where spending is another sum."""
    if hearing.category is not None:
        return hearing.category in cue.not_categories
    return hearing.mentions(cue.not_context) and not hearing.mentions(cue.context)
