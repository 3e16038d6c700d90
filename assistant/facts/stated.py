"""Yes-or-no facts that the learned statements hear where the patterns hear nothing, or the contrary."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from assistant.facts.learned.model import StatementModel, StatementTuning
from assistant.facts.message.polarity import denies_a_no, find_markers, read_answer
from assistant.facts.message.talk import is_talk
from assistant.facts.message.utterance import Phrase, letters
from assistant.facts.named import facts_named
from assistant.facts.places import is_nobodys_seat
from assistant.facts.reading import Find, Hearing
from assistant.facts.states.topics import find_topics
from assistant.facts.states.will_do import asked_to_count, only_named_to_ask
from assistant.facts.sums.spending import rest_kinds
from knowledge.facts import FactValue

_CHINESE = re.compile("[一-龥]")
_FEWEST = 2
"""Characters below which a phrase is no statement by itself."""
_PARTICLE = re.compile("[吗呢么嘛啊呀吧][ ?？。!！]*$")
_PASSED_ALONE = re.compile(
    "(?:已经?|早就?|也|都|是|在|就|刚刚?|去年|前年|今年|上个?[月周]|(?:19|20)[0-9]{2}年|[0-9]{1,2}月份?)*+(?:通过|过)[了的]?"
)
_NOT_SEEN = re.compile("没(?:有)?(?:亲眼)?(?:见|看)(?:过|到|着)")
"""证书也没见过: of a thing that may be there all the same."""
_DONE_OR_NOT = re.compile("[了过好到齐完成来](?:没有?|吗|么)[?？ ]*$")
"""贯标过了没 asks; 没贯标，能报吗 tells before it asks."""
_SHORT = 2
"""Characters up to which a word is one of a telegram: 工厂 门槛 急."""


def _only_names(hearing: Hearing, phrase: Phrase) -> bool:
    """Whether a phrase is nothing but the name of a thing."""
    words = _PARTICLE.sub("", phrase.words).strip(" ?？。!！")
    topics = find_topics(hearing, phrase, words=words, anybody=True)
    return len(topics) == 1 and not topics[0].event and topics[0].end - topics[0].start == len(words)


def _is_telegram(phrase: Phrase) -> bool:
    """Whether a phrase is nothing but short words (工厂 门槛 急), of which none says yes or no."""
    words = phrase.words.split()
    return len(words) > 1 and all(len(word) <= _SHORT for word in words) and not find_markers(phrase.words)


def _may_state(hearing: Hearing, phrase: Phrase) -> bool:
    """Whether a phrase may state a yes or a no: not 其余是土建, which is of a sum."""
    if letters(phrase.words) < _FEWEST or is_talk(phrase.words) or _is_telegram(phrase):
        return False
    if is_nobodys_seat(hearing, phrase) or _NOT_SEEN.search(phrase.words):
        return False
    if not phrase.text.strip() and _DONE_OR_NOT.search(phrase.words):
        return False
    if _PARTICLE.search(phrase.words) and _only_names(hearing, phrase):
        return False  # 贯标么，去年10月发的证: what is spoken of, before anything is said of it
    cue = hearing.cues.amount
    return cue is None or "excluded" not in rest_kinds(cue, phrase)


def _out_of_context(hearing: Hearing, name: str) -> bool:
    """Whether a fact of one category alone is heard where nothing tells which category is meant, nor what is told of."""
    cues = [cue for cue in hearing.cues.states if cue.fact == name and cue.categories]
    if hearing.category is not None or hearing.asked == name or not cues or name in hearing.expected:
        return False
    return not any(hearing.mentions(cue.context) for cue in cues)


def _denies_at_random(hearing: Hearing, name: str, phrase: Phrase) -> bool:
    """已经截止了: whether a no would be to a fact that nobody spoke of, in the language whose words the cues hold."""
    return _CHINESE.search(phrase.words) is not None and _out_of_context(hearing, name)


def _named_as_passed(hearing: Hearing, phrase: Phrase) -> frozenset[str] | None:
    """Of a phrase that only says that something passed (已经在去年通过了), what the sentence names; None for any other."""
    if not _PASSED_ALONE.fullmatch(phrase.words.strip()):
        return None
    return facts_named(hearing.sentence(phrase), hearing.schema, hearing.cues)


def read_stated(hearing: Hearing, finds: list[Find], statements: StatementModel) -> list[Find]:
    """What the applicant's own phrases clearly state; nothing where yes and no are about as clear.

    More is asked of a statement that contradicts the patterns or is of another category than the one discussed.
    """
    phrases = [p for p in hearing.phrases if _may_state(hearing, p)]
    if hearing.asked is None and len(phrases) == 1 and _only_names(hearing, phrases[0]):
        return []  # 贯标证书 by itself asks of it
    heard = statements.read([phrase.words.strip() for phrase in phrases])
    stated: list[Find] = []
    elsewhere = {(find.name, find.value) for find in finds}
    for phrase, margins in zip(phrases, heard, strict=True):
        read = {find.name: find.value for find in finds if find.phrase.position == phrase.position}
        own = hearing.is_wholly_own(phrase)
        kept_to = _kept_to(hearing, phrase)
        for (name, told), margin in margins.items():
            value = hearing.schema.spec(name).parse(told)
            if value is None or not kept_to(name) or (not told and _denies_at_random(hearing, name, phrase)):
                continue
            contrary = max((m for (n, v), m in margins.items() if n == name and v != told), default=0.0)
            if contrary and margin - contrary < statements.tuning.apart:
                continue
            if _is_known_better(name, value, phrase, read, elsewhere):
                continue
            least = _least_margin(hearing, statements.tuning, phrase, name, told=bool(told), read=read)
            if own and least is not None and margin >= least:
                stated.append(hearing.find(name, value, phrase, 0, len(phrase.words)))
    return stated


def _kept_to(hearing: Hearing, phrase: Phrase) -> Callable[[str], bool]:
    """Which facts a phrase may state: of a yes what was asked, of what only passed what is named, nothing that is only asked."""
    answers = hearing.asked is not None and read_answer(phrase.words) is not None
    closed = only_named_to_ask(hearing, phrase) | asked_to_count(hearing)
    passed = _named_as_passed(hearing, phrase)

    def may_be(name: str) -> bool:
        if name == hearing.asked:
            return name not in closed
        # 没问题的 is the answer to what was asked, and to nothing else.
        return not answers and name not in closed and (passed is None or name in passed)

    return may_be


def _is_known_better(
    name: str,
    value: FactValue,
    phrase: Phrase,
    read: Mapping[str, FactValue],
    elsewhere: Collection[tuple[str, FactValue]],
) -> bool:
    """Whether the patterns read the same of the phrase, or what they read stands against it."""
    if name in read:
        # 并非没有发票: that a no is denied the patterns know better.
        return read[name] == value or denies_a_no(phrase.words)
    if not value and denies_a_no(phrase.words):
        return True
    # 公司注册在合肥，车间在南京: what a pattern read of another phrase stands.
    return any(n == name and v != value for n, v in elsewhere)


def _least_margin(
    hearing: Hearing,
    tuning: StatementTuning,
    phrase: Phrase,
    name: str,
    *,
    told: bool,
    read: Mapping[str, FactValue],
) -> float | None:
    """The margin from which a statement counts; None where it counts never."""
    away = hearing.category not in (None, *hearing.schema.spec(name).categories)
    away = away or _out_of_context(hearing, name)
    if away and read:
        return None  # 没评过, of the stars: the patterns know what it is said of
    least = tuning.clear if told else tuning.clear_no
    least = tuning.beyond_doubt if name in read else tuning.elsewhere if away else least
    return least if phrase.text.strip() else max(least, tuning.wholly_asked)
