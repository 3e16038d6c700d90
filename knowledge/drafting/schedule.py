"""When one may apply and by when papers are due: for applicants, and for the bureaus that pass them on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from knowledge.clause_drafts import ANNEXES, COLOPHON
from knowledge.clauses import ClauseTree
from knowledge.drafting.cells import Cell, cells_of, is_row
from knowledge.drafting.days import PrintedDay, find_days
from knowledge.drafting.found import DayRole, Found, FoundDay
from knowledge.drafting.recognise import CONDITIONS
from knowledge.models import Category, Clause
from knowledge.normalise import squeeze

_SENTENCE = re.compile(r"[^。；;\n]+")
_ACTS = re.compile(
    "申报|报送|提交|填报|上报|推荐|受理|截止|截至|登录|登陆|寄|送|审核|网上|系统|开放|开通|开启|注册|报名|初审|评审推荐|汇总|逾期|征集|时间|上传|反馈|报[我省市]|报至"
)
_NOT_A_DEADLINE = re.compile(
    r"有效期|(?:成立|注册|登记|设立|建成|竣工|验收|投产|完工|投用|开工|实施|授权|取得|获得|认定|签订|出具)(?:的?时间|日期)?(?:应|须|需|为|于|在|均)*(?:在)?$|执行期|实施期|建设期|计算|统计|会计|截止日期?前(?:已|具|拥)"
)
_CONDITION_BEHIND = re.compile(
    r"^(?:之|以)?[前后](?:已|依法|登记|注册|成立|设立|建成|投产|竣工|完工|取得|获得|授权|具有|在[^，系统平台]{1,10}(?:注册|登记))|^(?:起|开始)?(?:施行|实施|执行|生效)|^印发|^(?:召开|举办|举行)|^发布的?|^(?:之后|以后|后)(?!提交|不再)(?:新|建|开|投|出|取|成|注|的)|^期间"
)
LONGEST_QUOTE = 90
"""Characters of a sentence that is quoted whole."""
_RECKONED = re.compile(
    r"计算[，,]|起止计算|(?:按|以)[^，。]{0,16}计算|统计(?:时间|期|口径)|计算(?:期|时间|口径)"
)
_OF_APPLYING = re.compile(r"截止|受理|网上|系统|申报时间|填报|报名")
_DONE_SINCE = re.compile(r"以来|累计|营业收入|资产总额|负债")
_OPEN_BEHIND = re.compile(
    r"^(?:[0-9时分点:：]*)(?:起(?!草)|开启|开始|开放|开通|启动|之?后(?:可|方可|登录))|^(?:正式)?(?:开放|开启|开通|上线)"
)
_OPEN_BEFORE = re.compile(
    r"(?:开始|开放|开启|启动|起始|开通|启用)(?:时间|日期)?(?:为|是|：|:|于)*$|(?:自|从)$"
)
_DUE_BEHIND = re.compile(
    r"^\s*(?:之|以)?前|^\s*(?:截止|止|结束|关闭|为止|前后)|^\s*(?:内|下班前)|^\s*[（(]?(?:含|以[^）)]{1,12}为准|逾期)"
)
_DUE_BEFORE = re.compile(
    r"(?:截止|截至|止于|不迟于|最迟|至迟|最晚|不晚于|截稿|关闭|结束)(?:申报|提交|报送|受理|填报|推荐|报名|的)*(?:时间|日期)?(?:为|是|于|到|至|：|:|在)*$|时间(?:为|是|：|:|截止到|截至|截止)+$|(?:时间|日期)[^，。；]{0,6}$"
)
_ISSUE = re.compile(
    r"(?:自)?(?:即日|通知(?:发布|印发|下发)之日|本?通知?(?:发布|印发|下发)(?:之日)?|发布之日|公布之日)起"
)
_BUREAU = re.compile(
    r"各(?:设区)?(?:市|县|区|地|州|盟|省|自治区|地区|有关|推荐|主管)|(?:工信|经信|科技|发改|工业和信息化|经济和信息化|主管|推荐|归口|县级|市级|区级)[^，。；]{0,6}?(?:局|厅|委|部门|单位)|推荐单位|初审|复审|审核(?:推荐|上报|意见|汇总)|推荐(?:函|意见|报告|汇总|名单|工作|文件|材料|上报|表|项目)|汇总表?|上报(?:省|至|我)|报送?(?:至|到)?(?:省|我|市|自治区|工业和信息化部|工信部|部)(?![内级])|行文|正式文件|(?:推荐|审核)(?:截止|时间)"
)
_APPLICANT = re.compile(
    r"(?:申报|参评|申请|参选|参赛|项目|牵头|实施)(?:单位|企业|主体|人|者)|(?:各|有关|符合[^，。；]{0,12})?企业|填报|填写|登[录陆]|在线|网上|系统|注册|自行|提交(?:申报|申请)|报名|上传|申报(?:截止|时间|开放|起止|工作|系统|入口)|受理|纸质"
)
_BUREAU_ACT = re.compile(r"审核|初审|复审|审查|推荐(?!申报)|汇总|行文|上报|转报")
_THEN = r"(?:应当?|须|需|请|要|可|务必|最迟|统一|于|在|将|并)*\s*$"
_APPLICANT_SUBJECT = re.compile(
    rf"(?:(?<!推荐)(?<!主管)(?<!归口)(?<!责任)单位|企业|申报主体|申报人|项目负责人){_THEN}"
)
_BUREAU_SUBJECT = re.compile(
    rf"(?:局|委|厅|主管部门|推荐单位|归口单位|部门|各地|各市|各县|各区|市级|省级){_THEN}"
)
_LOCAL = re.compile(
    r"(?:各地|各市|各设区市|各县|各区|主管部门|工信部门|经信部门|工信局|各级)[^。；]{0,30}?(?:自行|设置|确定|设定|规定|结合实际|另行)[^。；]{0,24}?(?:截止|时间|期限)|(?:申报|截止)[^。；]{0,8}时间[^。；]{0,6}(?:由|以|按)(?:各地|各市|当地|属地|各区|各县)"
)


def find_schedule(
    tree: ClauseTree, categories: Sequence[Category], issued: date | None, year: int, turn: int
) -> tuple[FoundDay, ...]:
    """All days on which something opens or is due. Days without a year lie in `year`, before month `turn` in the next."""
    found: dict[tuple[object, ...], FoundDay] = {}
    for clause in tree:
        if clause.id.split(":")[-1] in (ANNEXES, COLOPHON) or clause.id.startswith("annex-"):
            continue
        for day in _of_clause(clause, categories, issued, year, turn):
            found.setdefault((day.role, day.day, day.categories, day.clause), day)
    return tuple(found.values())


def find_local(tree: ClauseTree) -> tuple[Found[tuple[str, ...]], ...]:
    """Where localities set the dates themselves, with the categories of which that is said."""
    found = []
    for clause in tree:
        match = _LOCAL.search(clause.text)
        if match:
            found.append(Found(clause.categories, clause.id, match.group()))
    return tuple(found)


def _of_clause(clause: Clause, categories: Sequence[Category], issued: date | None, year: int, turn: int) -> Iterator[FoundDay]:  # fmt: skip
    if is_row(clause) and cells_of(clause):
        yield from _of_row(clause, categories, year, turn)
        return
    around = squeeze(clause.heading + "".join(clause.heading_path[-1:]))
    conditional = any(CONDITIONS.search(squeeze(h)) for h in (*clause.heading_path, clause.heading))
    for match in _SENTENCE.finditer(clause.text):
        sentence = match.group()
        printed = find_days(sentence)
        if not printed or not (_ACTS.search(sentence) or _ACTS.search(around)):
            continue
        if _RECKONED.search(sentence) or (conditional and not _OF_APPLYING.search(sentence + around)):
            continue
        from_issue = _ISSUE.search(sentence)
        begin = 0
        for at, day in enumerate(printed):
            role = _role(sentence, around, printed, at)
            resolved = day.in_year(year + (day.year is None and day.month < turn))
            before, begin = sentence[begin : day.start], day.end
            if role is None or resolved is None:
                continue
            named = _named(before, sentence, clause, categories)
            quote = _around(sentence, day)
            if role == "closes" and from_issue and issued and from_issue.start() < day.start:
                yield FoundDay("opens", issued, "", named, clause.id, quote, from_issue=True)
            yield FoundDay(role, resolved, day.time, named, clause.id, quote)


def _of_row(clause: Clause, categories: Sequence[Category], year: int, turn: int) -> Iterator[FoundDay]:
    """A day in a cell is what its heading says, else what the first cell of the row says: 企业申报截止时间, 主管部门推荐."""
    cells = cells_of(clause)
    named = _in_row(cells, clause, categories)
    for cell in cells:
        for day in (days := find_days(cell.text)):
            resolved = day.in_year(year + (day.year is None and day.month < turn))
            whose = (
                cell.heading
                if _ACTS.search(cell.heading.removesuffix("时间"))
                else cells[0].text + cell.heading
            )
            if resolved is None or not _ACTS.search(whose):
                continue
            bureau = _BUREAU_ACT.search(whose) or (_BUREAU.search(whose) and not _APPLICANT.search(whose))
            first = any(other.ranged for other in days[days.index(day) + 1 : days.index(day) + 2])
            opening = first or (re.search("开始|开放|开启|起始|启动|开通", whose) and not day.ranged)
            role: DayRole = "bureau" if bureau else "opens" if opening else "closes"
            if not (bureau and first):
                yield FoundDay(role, resolved, day.time, named, clause.id, clause.text)


def _in_row(cells: Sequence[Cell], clause: Clause, categories: Sequence[Category]) -> tuple[str, ...]:
    row = squeeze(cells[0].text)
    exact = tuple(
        c.id for c in categories if row in (squeeze(c.name), squeeze(c.short), *map(squeeze, c.aliases))
    )
    longest = [c for c in categories if any(a and squeeze(a) in row for a in (c.name, c.short, *c.aliases))]
    return exact or tuple(c.id for c in longest) or clause.categories


def _around(sentence: str, day: PrintedDay) -> str:
    """The sentence, or of a long one the pieces between commas around the day."""
    if len(sentence) <= LONGEST_QUOTE:
        return sentence.strip()
    ends = [match.start() for match in re.finditer("[，,]", sentence)]
    start = max((end + 1 for end in ends if end < day.start), default=0)
    stop = min((end for end in ends if end >= day.end), default=len(sentence))
    for end in reversed([0, *(end + 1 for end in ends)]):
        if end < start and stop - end <= LONGEST_QUOTE:
            start = end
    return sentence[start:stop].strip()


def _role(sentence: str, around: str, printed: Sequence[PrintedDay], at: int) -> DayRole | None:
    day = printed[at]
    before, behind = sentence[: day.start], sentence[day.end :]
    near = re.split("[，,]", before)[-1]
    if (
        _NOT_A_DEADLINE.search(near[-16:])
        or _CONDITION_BEHIND.match(behind.lstrip())
        or _in_title(sentence, day.start)
    ):
        return None
    if _DONE_SINCE.search(behind[:12]) or _NOT_A_DEADLINE.search(behind[:6]):
        return None
    follows = at + 1 < len(printed) and printed[at + 1].ranged
    opens = (
        follows
        or _OPEN_BEHIND.match(behind.lstrip())
        or (_OPEN_BEFORE.search(near) and not _DUE_BEHIND.match(behind))
    )
    due = (
        day.ranged
        or re.search(r"起\s*(?:至|到)\s*$", before)
        or _DUE_BEHIND.match(behind)
        or _DUE_BEFORE.search(near)
    )
    if opens and not day.ranged:
        return "opens" if _who(sentence, printed, at, around) == "closes" else None
    if not due and not (re.search("(?:于|在|务必|请)$", near.strip()) and _ACTS.search(behind[:20])):
        return None
    return _who(sentence, printed, at, around)


def _who(sentence: str, printed: Sequence[PrintedDay], at: int, around: str) -> DayRole:
    """For whom the day is: told by what is done until then, else by who is named before it."""
    day = printed[at]
    last = (
        max((p.end for p in printed[:at]), default=0)
        if not day.ranged
        else max((p.end for p in printed[: at - 1]), default=0)
    )
    until = printed[at + 1].start if at + 1 < len(printed) and not printed[at + 1].ranged else len(sentence)
    if at + 1 < len(printed) and printed[at + 1].ranged:
        until = printed[at + 2].start if at + 2 < len(printed) else len(sentence)
    before, behind = sentence[last : day.start], sentence[day.end : until]
    act = re.split("[，,]", behind)[0]
    near = re.split("[，,；。]", before)[-1]
    if _APPLICANT_SUBJECT.search(near):
        return "closes"
    if _BUREAU_ACT.search(act) or (_BUREAU_SUBJECT.search(near) and not re.search("组织|指导|督促", near)):
        return "bureau"
    if re.search("(?:组织|指导|督促|通知|动员)[^，。；]{0,16}(?:企业|单位)[^，。；]{0,6}$", before):
        return "closes"
    for words in (act, before, behind, around, sentence):
        bureau, applicant = list(_BUREAU.finditer(words)), list(_APPLICANT.finditer(words))
        if bureau and not applicant:
            return "bureau"
        if applicant and not bureau:
            return "closes"
        if bureau and applicant:
            # Who stands nearest to the day is meant: before it the last one named, behind it the first.
            if words is before:
                return "bureau" if bureau[-1].start() > applicant[-1].start() else "closes"
            if words is act:
                return (
                    "bureau"
                    if _BUREAU.search(before) and not re.search("申报(?:单位|企业)", before)
                    else "closes"
                )
            return "bureau" if bureau[0].start() < applicant[0].start() else "closes"
    return "closes"


def _in_title(sentence: str, at: int) -> bool:
    """Whether a day stands inside 《…》 or 〔…〕."""
    return sentence.rfind("《", 0, at) > sentence.rfind("》", 0, at)


def _named(before: str, sentence: str, clause: Clause, categories: Sequence[Category]) -> tuple[str, ...]:
    for words in (before, sentence):
        plain = squeeze(words)
        named = tuple(
            c.id for c in categories if any(a and a in plain for a in (c.name, c.short, *c.aliases))
        )
        if named and len(named) < len(categories):
            return named
        if named and words is before:
            return named
    return clause.categories
