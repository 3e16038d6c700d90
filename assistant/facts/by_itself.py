"""Whether a day or an age is told by itself, so that it may answer what was asked: 写的是2020年2月20日, 前年办下来的.

今年换了会计 tells of another thing, whatever was asked; to hear the day of registration in it would shut an applicant out.
"""

from __future__ import annotations

import re

_AROUND = re.compile(
    "不好意思|可惜|偏偏|对不起|抱歉|但是?|不过|可是|肯定|绝对|好像|大概|大约|差不多|估计|应该|可能|记得|左右|上下|前后|实际上?|其实|具体|准确|确切|日期|时间|日子|如果|要是|已经|当时|那时候?|正好|刚好|总共|一共|历史|印象"
    "|我们|自己|创业|贯标|两化融合|咱们?|我(?![国省市])|公司|企业|单位|工厂|厂子?|老板|领导|财务|会计|法人|本[子上]|上面|营业|执照|[证照]书?上?|工商|登记|注册|成立|创[办立建]|设立|开业|开张|挂牌|有效期?|截止|到期|过期|为止"
    "|起来|下来|出来|回来|[说记写看查翻问印标显示算打搞弄]错?|不对|[错开办建做干拿领批发下起有够新老早前]"
    "|[是的为在于从到至止里自上就才都也还又只刚了那这即满期年月日号份初底末中 吧嘛呢啊呀哦噢喔嗯哈唉哎啦么来得：:（）()、~～]"
)


def is_by_itself(text: str, start: int, end: int) -> bool:
    """Whether nothing around these offsets tells of anything but a beginning or an end, and of its being looked up."""
    return not _AROUND.sub("", text[:start] + " " + text[end:])
