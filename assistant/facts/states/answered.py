"""A yes or no without a topic of its own, as the answer to the fact asked for last (没有, 还没下来呢, 有的有的)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.facts.message.polarity import VALUES, Marker, Polarity, find_markers, read_answer
from assistant.facts.message.talk import says_no
from assistant.facts.reading import Find, Hearing
from assistant.facts.states.topics import find_topics

_LONGEST_HINT = 14
"""Characters up to which a yes or no among other words may be the answer to what was asked."""
_ASKED_TO_BE = re.compile("^(?:贵单位|贵公司|贵企业)?是[^，？?]+吗")
_HAS_NOT = re.compile(
    "(?:[还也都]|暂时|目前|现在)*(?:没有?|木有|无|未|尚未|没得)(?:能|被)?(?:通过|过|办|做|弄|搞|建|下来|拿到|拿|出来|出|开|批|评上?|来得及)?[没有呢的了啊哦呀哈～~!！。 ]*"
)
"""Of what was not had or done: 没有, 没通过."""
_IS = re.compile("[是对嗯]|没错|属于|确实|当然|肯定|必须的|没问题|全都|都在")
_NOTHING_ELSE = re.compile(
    "(?:我们?|咱们?|俺们?|公司|企业|单位|厂里?|[这那][边块]|手[上头里]|方面|东西|老师|他们|事务所|会计|同事|老板|人家|反正|确实|真的|当然|肯定|目前|现在|暂时|其实|至今|一直|要是|如果|星期|礼拜|流程|材料|报告|证[书明]?|申请|准备"
    "|[还也都就应该估计能会可以正在这那个月周天号底初日几两样些来的了呢吧啊呀哦亲嗯嘛着过很全早刚才已被, ，0-9一二三四五六七八九十办做出开审弄搞建拿下发评贯好完到手等走齐搭补份找是])*+"
)
"""What may stand around a yes or no that has no subject of its own: 平台建了三分之二, 有条环保处罚 have one."""
_MERE_BEING = re.compile("(?:不|不是|不对|嗯+|恩+|对+|是的?)[的呀啊哦噢呢嘛 ]*")
_PARTICLES = " 了的呢啊呀吧哦嘛"
_IS_A_THING = re.compile(
    "是(?:个|家|一[个家])?(?![的啊呀了吗]|在|我们|这样|独立|法人|江苏|省内|本省|健全|良好)[^，。]"
)


def read_asked_state(hearing: Hearing, finds: Sequence[Find]) -> list[Find]:
    """A yes or no without a topic, as the answer to the fact asked for last.

    Beside other statements (`finds`) 有 or 没有 belongs to these, unless it is a phrase of its own; 都在用 is all of
    what it tells, and answers nothing else.
    """
    asked = _asked_state(hearing)
    if asked is None:
        return []
    first = hearing.phrases[0]
    told = first.start + len(first.text.rstrip(_PARTICLES))
    if any(find.start <= first.start and find.end >= told for find in finds):
        return []  # 建成了 tells of the project, whatever was asked
    said = hearing.utterance.text if not finds or re.search("[、 ]", first.text) is None else ""
    answer = read_answer(said)
    if answer is None or (answer is False and not _denies_being(hearing, asked, first.words)):
        return []
    return [hearing.find(asked, answer, first, 0, len(first.words))]


def _goes_on(hearing: Hearing) -> bool:
    """Whether a mere yes or no belongs to the words behind it: 不是，我说错了，是三星; 嗯，是智能工厂."""
    if len(hearing.phrases) < 2 or not _MERE_BEING.fullmatch(hearing.phrases[0].words.strip()):
        return False
    denies = hearing.phrases[0].words.strip().startswith("不")
    behind = hearing.phrases[1]
    return behind.correction if denies else _IS_A_THING.match(behind.words.strip()) is not None


def _without(text: str, markers: Sequence[Marker]) -> str:
    """The text with its markers taken out."""
    for marker in reversed(markers):
        text = text[: marker.start] + text[marker.end :]
    return text


def _denies_being(hearing: Hearing, asked: str, said: str) -> bool:
    """Whether a no fits its question: to 是在江苏省内注册的吗 a bare 没有 is none, and may be meant otherwise.

    What was not had or done may be had or done yet; what an applicant is not, shuts it out for good.
    """
    return not _ASKED_TO_BE.search(hearing.schema.spec(asked).question) or not _HAS_NOT.fullmatch(
        said.strip()
    )


def read_hinted_state(hearing: Hearing) -> list[Find]:
    """A yes or no among few other words (还没下来呢), of a message of which nothing else was read."""
    asked = _asked_state(hearing)
    if asked is None:
        return []
    first = hearing.phrases[0]
    if len(first.text) > _LONGEST_HINT or first.asking or find_topics(hearing, first):
        return []
    if hearing.cues.names_another_thing(first.text):
        return []  # 补办了营业执照 is no yes to another question
    cue = next((c for c in hearing.cues.states if c.fact == asked), None)
    pending = False if cue is not None and cue.pending else None  # 补办执照 says nothing of the place
    markers = find_markers(first.text)
    heard = {marker.polarity for marker in markers}
    if not _NOTHING_ELSE.fullmatch(_without(first.text, markers).strip()):
        return []  # 打算下个月买, 有条环保处罚: what is told is another thing
    if says_no(first.text) is not (Polarity.NO in heard) and Polarity.PENDING not in heard:
        return []  # 没听懂 denies nothing that was asked, 不报了 affirms nothing
    answers = {(VALUES | {Polarity.PENDING: pending}).get(polarity) for polarity in heard}
    answer = answers.pop() if len(answers) == 1 else None
    if answer is None or (answer is False and not _denies_being(hearing, asked, first.text)):
        return []
    if answer and _ASKED_TO_BE.search(hearing.schema.spec(asked).question) and not _IS.search(first.text):
        return []  # 上个月也做了 is no yes to 是在江苏省内注册的吗
    return [hearing.find(asked, answer, first, 0, len(first.words))]


def _asked_state(hearing: Hearing) -> str | None:
    asked = hearing.asked
    if asked is None or not hearing.phrases or hearing.schema.spec(asked).type != "bool":
        return None
    if _goes_on(hearing):
        return None
    return asked
