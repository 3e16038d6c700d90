"""What a speaker takes back while speaking: another value in place of one just said, in the same message or the one before.

「投2100，错了，1800」 tells 1800 alone; 「打错了，有的」 says yes to what was denied just before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from assistant.facts.message.utterance import Utterance
from assistant.facts.spoken.amounts import find_amounts
from assistant.facts.spoken.dates import find_dates
from assistant.facts.spoken.durations import find_durations
from assistant.facts.spoken.stars import STAR

_SIGH = "[哦噢喔啊呃额唉哎嗐诶欸呀嗯]"
_SLIP = "(?:我|刚才?|上面|前面|这里|那个)*(?:打|看|写|说|讲|记|输|填|报|搞|弄|发)(?:错|岔|反|串|混)(?:字|数|地方)?(?:了|啦|咯)?+|(?<![不没])错了|口误|笔误|手滑(?:了)?+|手误|嘴瓢(?:了)?+|眼花(?:了)?+|(?:更正|纠正|改正)(?:一?下)?|不对(?!外|称|应|口|标)|不不++(?=[，,、。！! ])"
_PAUSE = "[，,、。.…~～!！:： ]"
_SAID_AGAIN = "(?:应该|其实|实际|正确的?|真正的?)*(?:是|为)?(?!否)"
_WITHIN = re.compile(
    f"(?:{_PAUSE}(?:{_SIGH}|{_PAUSE})*+(?:(?:{_SLIP})(?:{_PAUSE}|{_SIGH}|了|的)*+)++{_SAID_AGAIN}"
    f"|{_PAUSE}+{_SIGH}+{_PAUSE}*不是?{_PAUSE}*{_SAID_AGAIN}|{_PAUSE}+不是?{_PAUSE}+{_SAID_AGAIN})"
)
"""…，哦看错，是: what stands before it gives way to what stands behind it."""
_OPENS = re.compile(
    f"(?:不好意思|对不起|抱歉|等一?[等下]|慢着|稍等|{_SIGH}|{_PAUSE})*+(?:(?:{_SLIP})(?:{_PAUSE}|{_SIGH}|了|的)*+)++(?=\\w)"
)
"""打错了，有的; 看错了是2024年: at the head of a message, of what was said in the one before."""
_SLIP_ALONE = re.compile(f"(?:{_SIGH}|{_PAUSE})*+(?:(?:{_SLIP})(?:{_PAUSE}|{_SIGH}|了|的)*+)++")
_NAMED_AS_WRONG = re.compile(
    f"{_PAUSE}+(?:刚才?|之前|前面|上面|先前)(?P<wrong>[^，,。；;]{{2,16}}?)(?:是|我|给)?(?:记|说|看|写|算|讲|报|填)(?:错|岔|反)了?(?=$|{_PAUSE})"
)
"""…，刚才两个半月记错了: the value that stands in it is the one taken back."""
_IN_FACT = re.compile(
    "(?:那么?|但是?|可是?|不过|而)?(?:其实|实际上?|事实上|真实情况)(?:我们?|咱们?|公司|是|呢)*(?=[^，,。]*[0-9一二两三四五六七八九十])(?P<said>[^，,。?？]{2,20}?)[呢啊呀]*[?？。]*"
)
"""那实际我们是2600万呢, behind an if: what is the case."""
_MEANT = re.compile(
    f"(?:{_SIGH}|{_PAUSE}|我|我们|的)*(?:就是|意思就?是)(?:说|指)?(?P<said>[^，,。]{{1,8}}?)(?:的|这个)意思(?=$|{_PAUSE})"
)
"""就是过了的意思: what was put so that it could be misheard."""
_NO_IT_IS = re.compile(
    "(?:[哦噢喔啊呃额唉哎嗐]{1,3}呀?|不好意思|对不起|抱歉|等等|等下|慢着|不是?)[，, 。~～]{0,3}(?:应该|其实|好像)?是(?!不是|否)"
)
_CLAUSES_BACK = 40
"""Characters before the slip in which what it takes back stands."""
_LEAST_BARE_SUM = 100
_INSTEAD = re.compile(
    "(?:把|将|那个?|其中的?)*(?P<old>[^，,。改换]{1,12}?)(?:应该?)?(?:改|更正|换|纠正)(?:成|为|到)(?P<new>[^，,。]{1,12}?)[吧了哈啊。!！]*"
)
_VALUE = re.compile("[0-9一二两三四五六七八九十★]|^(?:是|有|没有|没|已经?.*|否|不是|无)$")
_LOOKED_UP = re.compile(
    rf"(?:{_SIGH}|{_PAUSE}|刚才?|我们?|已经?|去|又|再|那)*(?:查|问|核实|核对|确认|翻|看)(?:到|清楚|明白|了|过|下|一下|实|出来)+(?:{_PAUSE}|了)+(?=\w)"
)
"""刚查了，没过: what is told behind it answers what was left open."""
Span = tuple[int, int]


def puts_right(said: Utterance, told: str, as_of: date, *, slipped: bool = False) -> bool:
    """Whether a length or a day is said in place of the one that was told in these words.

    `slipped`: the message began by taking back the one before (see `opening_slip`).
    """
    corrects = slipped or any(phrase.correction for phrase in said.phrases)
    if not corrects and not _NO_IT_IS.match(said.text):
        return False
    if find_dates(said.text, as_of):
        return bool(find_dates(told, as_of)) and not find_durations(said.text)
    return len(find_durations(said.text)) == 1 and bool(find_durations(told))


def without_slips(text: str, as_of: date) -> str:
    """The text with each value that it takes back replaced by the one that stands behind: 投2100，错了，1800 is 投1800."""
    text, at = _without_what_was_wrong(text, as_of), 0
    while (slip := _WITHIN.search(text, at)) is not None:
        at = slip.end()
        for spans in _kinds(as_of):
            now = next((end for start, end in spans(text[slip.end() :]) if start == 0), None)
            begin = max(0, slip.start() - _CLAUSES_BACK)
            before = [*spans(text[begin : slip.start()])]
            if now is None or not before:
                continue
            start, end = (begin + place for place in before[-1])
            put, behind = text[slip.end() : slip.end() + now], text[slip.end() + now :]
            after = text[end : slip.start()]
            text = text[:start] + put + after + behind.removeprefix(after)
            at = start + len(put)
            break
    return text


def _without_what_was_wrong(text: str, as_of: date) -> str:
    """The text without the value that it names as wrong, where it tells another (也是3个月整，刚才两个半月记错了)."""
    wrong = _NAMED_AS_WRONG.search(text)
    if wrong is None:
        return text
    rest = text[: wrong.start()] + text[wrong.end() :]
    told_anew_too = any(spans(wrong["wrong"]) and spans(rest) for spans in _kinds(as_of))
    return rest if told_anew_too else text


def is_slip(words: str) -> bool:
    """Whether words do nothing but take back what was said before them: 写错了, 哦不对."""
    return _SLIP_ALONE.fullmatch(words.strip()) is not None


def opening_slip(text: str) -> str | None:
    """What a message says behind the words by which it takes back the one before (打错了，有的); None where it does not."""
    if means := _MEANT.match(text):
        return (means["said"] + text[means.end() :]).strip()
    opens = _OPENS.match(text)
    return text[opens.end() :].strip() if opens else None


def behind_looking_up(text: str) -> str | None:
    """What a message tells behind the words that it was looked up (查到了，没通过); None where it does not say so."""
    looked_up = _LOOKED_UP.match(text)
    return text[looked_up.end() :].strip() if looked_up else None


def in_fact(text: str) -> str | None:
    """The value that is so in fact, of a message that tells nothing else (那实际我们是2600万呢); None for any other."""
    told = _IN_FACT.fullmatch(text.strip())
    return told["said"] if told else None


def told_anew(text: str, told: Iterable[str]) -> str | None:
    """What a message that changes one value (2022改成2020, 制造改成3) tells: the words of before with the new one in them.

    `told` are the words in which facts were told, the last first.
    """
    instead = _INSTEAD.fullmatch(text.strip())
    if instead is None or not _VALUE.search(instead["new"]):
        return None
    old, new = instead["old"], instead["new"]
    if not _VALUE.search(old):
        return old + new
    return next((words.replace(old, new, 1) for words in told if old in words), None)


def _kinds(as_of: date) -> Iterator[Callable[[str], list[Span]]]:
    """The readers of the kinds of values, by which one may stand in place of another: where they find any."""
    yield lambda text: [(day.start, day.end) for day in find_dates(text, as_of)]
    yield lambda text: [(length.start, length.end) for length in find_durations(text)]
    yield lambda text: [match.span() for match in STAR.finditer(text)]
    yield lambda text: [
        (amount.start, amount.end)
        for amount in find_amounts(text)
        if amount.unit or (amount.yuan.lo or 0) >= _LEAST_BARE_SUM
    ]
