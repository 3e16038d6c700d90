"""A text as what the machines learn from: its character n-grams, and the signs of yes and no that it holds."""

from __future__ import annotations

import re
from collections import Counter

from assistant.facts.learned.machines import Bag
from assistant.facts.learned.mentions import THIS, Kind

_LONGEST = 4
_SIGNS_COUNT = 20
_MARK = re.compile(f"{THIS}[{''.join(kind.value for kind in Kind)}]")
_DENIES = "没有?|未|不|无|别|勿|非|从未|从没|不曾|谈不上|算不上|哪有|缺乏"
_LACKS = (
    "失信|污点|黑名单|处罚|违法|违规|不良|老赖|被执行|缺|欠|差(?!旅)|乱|亏|停|断|丢|烂|假|脏|糊涂|毛病|问题|瑕疵|短板|漏|退订|下线|注销|空壳|皮包"
    "|外包|分公司|分支|分部|办事处|个体|门市|挂靠|作坊|在建|筹|规划|图纸|地基|动工|施工|半拉|烂尾|外省|省外|不合格|落选|没戏"
)
_HAS = (
    "有|齐|全|好|健全|规范|清楚|明白|稳|成|过|到手|下来|拿到|发了|办妥|办好|建成|投产|上线|认定|评上|入选|符合|满足|达标|对得上|提升|升级|进步|在用|用着"
    "|续费|独立|法人|省内|良好|优秀|专业|强|够|√|✓|ok|行|通过|具备|出了|开了|留着|存着|在手"
)
_SIGNS = (
    ("<denies lack>", re.compile(f"(?:{_DENIES})[^，。,]{{0,4}}?(?:{_LACKS})")),
    ("<denies has>", re.compile(f"(?:{_DENIES})[^，。,]{{0,3}}?(?:{_HAS})")),
    ("<lack>", re.compile(_LACKS)),
    ("<has>", re.compile(_HAS)),
    ("<denies>", re.compile(_DENIES)),
)


def grams(text: str) -> Bag:
    """Character n-grams of the text with its ends marked, and the signs of yes and no that it holds together.

    That 没 turns a 污点 around is in no n-gram by itself; a lack denied is a sign of its own.
    """
    bound = f"^{text.lower()}$"
    found = Counter(bound[i : i + n] for n in range(1, _LONGEST + 1) for i in range(len(bound) - n + 1))
    signs = [name for name, words in _SIGNS if words.search(bound)]
    if signs:
        # All of them as one: what counts is which stand together.
        found["".join(signs)] = _SIGNS_COUNT
    return found


def mention_grams(words: str) -> Bag:
    """The n-grams of masked words, and those that touch the mention, which tell most, as grams of their own."""
    found = grams(words)
    mark = _MARK.search(words)
    assert mark is not None  # noqa: S101 - masked words hold their mention
    at = mark.start()
    for n in range(1, _LONGEST + 1):
        found[f"<before {words[max(0, at - n) : at]}>"] += 1
        found[f"<behind {words[at + 2 : at + 2 + n]}>"] += 1
    found[f"<{words[at + 1]}>"] += 1
    return found
