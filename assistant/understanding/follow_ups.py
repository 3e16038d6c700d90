"""Words that mislead when they are read alone: why, what it comes to, is it enough, a year in passing, the notice's own."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understanding.categories import CategoryNames
from assistant.understanding.message import Message, split_questions

_WHY = re.compile(
    r"(?:那么?|这|所以|可是|但是?|咦|啊|哦)?(?:到底|究竟)?(?:是?(?:为什么|为啥|为何|什么原因|啥原因|什么道理|什么意思)|咋回事|怎么回事|怎么会)(?:不行|不符合|不能报|不够|不让报|不能)?[呢啊呀的吗了]*[?？!！。]*"
    r"|(?:那么?|所以|现在|目前|最后|最终|你?给个?|说个?|你?的)*结论[呢是什么啥吧如何怎样]*[?？。]*"
    r"|(?:那么?|所以(?:说)?|这样|这下|现在|目前|这回|如今|[我咱]们?(?:公司|厂|单位|家)?){1,3}(?:的?话)?(?:[呢咧嘞]|[?？]|怎么?样|如何|咋样)[?？。]*"
)
_AGAIN = re.compile(
    r"(?:那么?|请|麻烦|[你您]|[帮给][我咱]们?|整体|综合|最后|来个|[做给]个|，){0,4}(?:总结|归纳|汇总|小结|概括|梳理)[一下个吧呢哈的]*(?:目前|现在|我们?|情况|结果|结论|条件|符不符合|是否符合|哪些|缺什么|还差什么|[，的了])*[?？。]*"
    r"|(?:那么?|请|麻烦|[你您]|[帮给][我咱]们?|按这个|按这样|这样|现在|就|，){0,4}(?:再|重新?)(?:帮[我咱]们?)?(?:计?算|核对?|判断?|评估|捋|过)[一下遍次个吧呢看我们]*[?？。]*"
    r"|(?:那么?|所以|，){0,2}(?:我们?)?(?:(?:现在|目前|到底|最后|这样|这下)(?:我们?)?(?:算|是)?|算)个?(?:什么|啥)(?:结果|结论|情况)[呢啊呀了]*[?？。]*"
)
_ENOUGH = re.compile(
    r"(?:那么?|这|所以|这样|(?:到(?:了)?)?(?:现在|当时|目前|今天|今日)(?:为止)?|[我咱]们?|是不是|到底|已经|应该|投入|投资|总数|总额|总共|合计|金额|钱|时间|年限|年头|数量?|算|就|也|都|总|还|的|一共|这些|这么多|加起来|加一起|全部|和|跟|与|、|，){0,6}"
    r"(?:不?够(?:数|年头|年限|格|得?上|[了没]?)|(?<=算)满|达标|满足|达到|符合|过线|超过?)(?:要求|条件|门槛|标准|[的0-9一二两三四五六七八九十百千万亿年月元]|个月)*"
    r"(?:不够?|没有?|[吗么嘛吧呢啦了]|对[吧吗不]|是[吧吗不]|行[吗吧])*[?？。]*"
    r"|(?:那么?|这|所以|这样|现在|[我咱]们?|不够|，)*(?:是[吧吗]|对[吧吗])?[，,?？ ]*(?:那|一共|总共|投入|钱|时间|年限)*还?(?:差|缺|少)(?:多少|几个?|多久|多长时间)(?:钱|万|天|个?月|年)?[呢啊才够了]*[?？。]*"
    r"|(?:那么?|这|所以|这样|现在|这下|[我咱]们?)*(?:就|总|是不是)?(?:也)?(?:能|可以)(?:申?报|申请|参加)?了[吗吧么]?[?？]*"
    r"|(?:那么?|所以)?(?:要|得|什么|时候|等|到|啥|何时|几时|哪[天年]|才|能|算){0,6}(?:够|满)[0-9一二两三]年?(?:要|得|什么|时候|等|到|啥|何时|几时|哪[天年]|才|能|算|的|话|，){0,8}[呢啊呀]?[?？]*"
    r"|(?:那么?|这|所以|这样|这下|现在|[我咱]们?|岂|不是|是|就|也|还|肯定|等于|，){0,6}(?:(?:只|就)?[差少缺]了?[一二两三1-3]?(?:个月|[个项条天点年])?(?:也|就|都|真的?|还是|，){0,2}不行|报不[了成]|不能报|没法报|不让报|不符合|不合格|没资格|没戏|没希望)[了的吗吧呢么啊是对不，]*[?？。]*"
    r"|(?:那么?|这|，){0,2}(?:算不算|是不是|有没有|算)?[是在到过]?(?:[0-9]{1,4}[年月日号.]){1,3}(?:之后|以后|之前|以前)[了的吗吧没有]*[?？]*"
    r"|(?:那么?|所以|，){0,2}(?:[我咱]们?)?(?:今天|现在|马上|立刻)就?(?:申?报|提交|交)[，,]?还是再?[等晚缓过][^，。?？]{0,6}[?？]*"
    r"|(?:那么?|所以|，){0,2}(?:[我咱]们?)?(?:最[多高])?(?:该|应该|能|可以|适合)(?:申?报|评|选)(?:几星级?|哪个?(?:星级?|一?档))[呢啊呀]*[?？]*"
)
_A_YEAR = re.compile(r"(?<![0-9])(?:19|20)?[0-9]{2}年")
_OF_A_NOTICE = re.compile(
    r"申?报(?!告)|年度|通知|政策|文件|名单|认定|评上|项目|批|届|这个文|那个文|今年|明年|来年|去年|往年|前年"
)


_A_YEAR_ALONE = re.compile(r"(?:那么?|换成?|要是|，){0,2}(?:19|20)[0-9]{2}年?度?的?[呢咧嘞吗么]?[?？]*")
"""2026年的呢: of what was asked last, in another year."""
_A_ROUND = re.compile(
    r"[那这]一?[次批回年]|(?:还|又|也)?(?:能|可以|要|有)|江苏|省|申报|评审|评定|名单|公示|结果|通知|示范|工业互联网|项目|材料|系统"
)
"""What follows the year by which a notice is named: 2023年申报条件, 2023年的评审结果."""
_LEAST_ASKED = 3
_ANOTHER_TIME = re.compile(
    r"去年|前年|上一?[年次届批]|往年|以前|之前|当年|前几年|明年|来年|(?:19|20)[0-9]{2}|[评报认]过|已经?|再报"
)
_YEAR_OF_ASKING = re.compile(
    r"(?:今年|本年度?|明年|来年|下一?年度?)(?:度|的|还|就|又|也|都|有没有|是不是|要|想|[我咱]们|这个|这|项目|工业互联网|省里?|，){0,4}[^，。、]{0,8}?"
    r"(?:能|可以|申?报|申请|评|通知|文件|截止|开始|开放|启动|什么|啥|几月|几号|几时|哪|条件|要求|政策|名单|系统|门槛)"
)


def asks_to_explain(plain: str) -> bool:
    """Whether nothing is asked but why, or what it comes to: 为什么, 那结论呢, 所以现在结论是啥."""
    return bool(_WHY.fullmatch(plain))


def asks_to_go_through_it_again(plain: str) -> bool:
    """Whether nothing is asked but to sum up, or to reckon once more: 总结一下, 再算一遍."""
    return bool(_AGAIN.fullmatch(plain))


def asks_if_enough(plain: str) -> bool:
    """Whether nothing is asked but if what was told suffices, or when it will: 够数吗, 那算不够了, 还差多少, 几时满一年."""
    return bool(_ENOUGH.fullmatch(plain))


def has_a_year_of_its_own(plain: str) -> bool:
    """Whether a year is named that need not be a notice's: 2022年11月开始的呢, 续到2026年就行了; not 2024年的申报."""
    return bool(_A_YEAR.search(plain)) and not _OF_A_NOTICE.search(plain)


def names_a_year_alone(plain: str) -> bool:
    """Whether nothing is said but a year: 那2024年的呢."""
    return bool(_A_YEAR_ALONE.fullmatch(plain))


def without_own_year(message: Message, year: int, asked_in: int, names: CategoryNames) -> Message:
    """The message without the year by which it names this very notice: 2023年度那次, 23年标杆工厂怎么报.

    今年 is that year where it is `asked_in` it and no other time is spoken of. Not 2023年3月到期, nor a bare statement.
    """
    now = "|今年|本年度?" if asked_in == year and not _ANOTHER_TIME.search(message.plain) else ""
    written = re.compile(rf"(?<![0-9.-])(?:(?:{year // 100})?{year % 100:02}年(?P<round>度)?|当年{now})的?")

    def left_out(match: re.Match[str]) -> str:
        behind = message.plain[match.end() :]
        of_this = match.groupdict()["round"] or _A_ROUND.match(behind) or names.begins(behind)
        return "" if of_this else match.group()

    plain = written.sub(left_out, message.plain)
    if plain == message.plain or len(plain) < _LEAST_ASKED:
        return message
    return replace(message, plain=plain, segments=split_questions(plain))


def asks_of_the_year_of_asking(plain: str) -> bool:
    """Whether the round of this year or the next is asked for: 今年三星上云什么时候报; not 今年3月成立的."""
    return bool(_YEAR_OF_ASKING.search(plain))
