"""A yes or no without a topic of its own, as the answer to the fact asked for last (没有, 还没下来呢, 有的有的)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.facts.message.in_turn import ASKED_TO_BE
from assistant.facts.message.polarity import VALUES, Marker, Polarity, find_markers, read_answer
from assistant.facts.message.talk import says_no
from assistant.facts.reading import Find, Hearing
from assistant.facts.states.topics import find_topics

_LONGEST_HINT = 14
"""Characters up to which a yes or no among other words may be the answer to what was asked."""
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
_BY_VERB: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (
        re.compile(f"(?:已经?|早就?|都|全|刚刚?|也|是|去年|前年|今年)*+(?:{verb})[了的呢啊呀着哦 ]*"),
        re.compile(asked),
    )
    for verb, asked in (
        ("通过|过(?:关|审)?", "通过"),
        ("用上|用起来|在用|用着|投用|投产|上线|跑起来|转起来|运行", "建成|在用|使用"),
    )
)
"""Answers whose verb is that of their question (过了, of 通过…了吗; 早用上了, of 建成了吗), and which questions have it."""
_HAS = re.compile("(?:我们?|都|也|是|全)*有[的了啊呀呢哦]*")
_NONE_OF_THEM = re.compile("(?:连|哪怕)?[一半][张份个项条点样家次本块][也都]?(?:没有?|无)[的呢了啊呀]*")
_ASKED_HOW_IT_IS = re.compile("良好吗")
_WELL = re.compile(
    "(?:都|也|还|很|挺|蛮|非常|一直|比较|相当|确实|嗯|是|算|倒)*(?:好(?:着呢|得很|极了|呢)?|过硬|过得去|没(?:有)?(?:什么|啥|任何|半点)?(?:大|太大)?(?:问题|毛病))(?:的|啊|呀)?"
)
_AGREES = re.compile("好[的啊呀嘞吧了]+")
"""好的, by itself, takes note."""
_ILL = re.compile(
    "(?:都|也|还|说实话|其实|确实|这两年|最近|一直|有点|比较|目前|，)*(?:不(?:太|怎么|是很|大|算|是太)?(?:好|理想|健全|规范|良好)|很?糟糕?|很差|比?较差|差得很|差劲|一塌糊涂)[的了啊呀哦呢吧]*"
)
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
    question = hearing.schema.spec(asked).question
    answer = _of_its_quality(question, said)
    answer = read_answer(said) if answer is None else answer
    if answer is None or not fits(question, first.words, answer):
        return []
    if answer and finds and ASKED_TO_BE.search(question) and _HAS.fullmatch(first.words.strip()):
        return []  # 有的，审计报告和发票都有: what is had is told behind it
    return [hearing.find(asked, answer, first, 0, len(first.words))]


def fits(question: str, said: str, answer: bool) -> bool:
    """Whether a yes or no is one to this question: 过了 says nothing of 是独立法人吗, nor does 没有.

    What was not had or done may be had or done yet; what an applicant is not, shuts it out for good.
    """
    said = said.strip()
    of_its_verb = [asked for verb, asked in _BY_VERB if verb.fullmatch(said)]
    if answer:
        return not of_its_verb or any(asked.search(question) for asked in of_its_verb)
    has_not = _HAS_NOT.fullmatch(said) or _NONE_OF_THEM.fullmatch(said)
    return not (ASKED_TO_BE.search(question) and has_not)


def says_how_it_is(question: str, said: str) -> bool:
    """Whether a whole message answers how something is (不太好, 没啥问题), which was asked for last."""
    return _of_its_quality(question, said) is not None


def _of_its_quality(question: str, said: str) -> bool | None:
    """The yes or no of 好 and 不太好, as answers to 运营状况良好吗 alone."""
    said = said.strip(" ，。,.!！~～")
    if not _ASKED_HOW_IT_IS.search(question) or _AGREES.fullmatch(said):
        return None
    if _WELL.fullmatch(said):
        return True
    return False if _ILL.fullmatch(said) else None


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
    question = hearing.schema.spec(asked).question
    if answer is None or not fits(question, first.text, answer):
        return []
    if answer and ASKED_TO_BE.search(question) and not _IS.search(first.text):
        return []  # 上个月也做了 is no yes to 是在江苏省内注册的吗
    return [hearing.find(asked, answer, first, 0, len(first.words))]


def _asked_state(hearing: Hearing) -> str | None:
    asked = hearing.asked
    if asked is None or not hearing.phrases or hearing.schema.spec(asked).type != "bool":
        return None
    if _goes_on(hearing):
        return None
    return asked
