"""Phones, e-mail addresses, the postal address and the system's address, with whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.clauses import ClauseTree
from knowledge.drafting.cells import Cell, cells_of, is_row
from knowledge.drafting.found import Found, FoundContact
from knowledge.models import Category, Clause
from knowledge.normalise import squeeze

_AREA = r"0[0-9]{2,3}"
_PHONE = re.compile(
    rf"(?<![0-9A-Za-z.@])(?:[（(]\s*{_AREA}\s*[）)]\s*[0-9]{{7,8}}|{_AREA}\s*[-—–－―]{{1,2}}\s*[0-9]{{7,8}}|{_AREA}\s+[0-9]{{7,8}}|{_AREA}[0-9]{{8}}"
    r"|1[3-9][0-9](?:[ -]?[0-9]{4}){2}|[48]00[-—]?[0-9]{3}[-—]?[0-9]{4}|12345|(?<![-—–])[2-8][0-9]{6,7})(?:\s*(?:转|[-—]|分机)\s*[0-9]{1,5}(?![0-9]))?(?![0-9A-Za-z@.]|年|元|万)"
)
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_URL = re.compile(
    r"(?:https?://|www\.)[A-Za-z0-9._~:/?#@!$&*+=%-]+[A-Za-z0-9/]|(?<![A-Za-z0-9@._-])(?:[a-z0-9-]+\.){1,4}(?:com|cn|net|org)(?:/[A-Za-z0-9._~/?#=&%-]*)?(?![A-Za-z])"
)
_SAID = re.compile("电话|联系|咨询|热线|手机|传真|座机|邮箱|技术支持|监督|受理")
_FAX = re.compile(r"传\s*真\s*[:：]?\s*$")
_BEFORE_PHONE = re.compile(
    r"[（(]?(?:联\s*系\s*|咨询\s*|办公\s*|监督\s*|固定\s*|服务\s*)?(?:电\s*话|热线|手机(?:号码?)?|座机|方式|号码)(?:及(?:传真|邮箱))?\s*[:：/]*\s*$|[:：、，,；;（(/\s]+$"
)
_PERSON_LABEL = re.compile(
    r"(?:联\s*系\s*人|经\s*办\s*人|咨询人(?:员)?|负责人|联络员|联络人|姓\s*名)\s*(?:及(?:联系)?电话)?\s*[:：]\s*"
)
_IN_OFFICE = re.compile(
    r"(?P<office>[一-鿿（）()]{1,30}(?:处|科|室|中心|厅|局|部|司|办|院|会|公司|组|委))(?P<name>[一-鿿]{2,3})(?=$|[、，,；;\s（(])"
)
_NOT_A_PERSON = re.compile(
    "[处室科厅局委部司院心会类系统平台企业项目支持技术业务咨询电话联系方式热线监督举报工信经信省市区县信息政策综合地址邮编邮箱申报受理]"
)
_SURNAMES = set(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧肖尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公闫覃岳"
)
_LABEL = re.compile(
    r"(?P<label>[一-鿿A-Za-z0-9（）()、/·\-“”]{2,40}?)(?:联\s*系\s*人|咨询\s*电话|联系\s*电话|联系方式|电\s*话|热线)?\s*[:：]\s*$"
)
_ADDRESS = re.compile(
    r"(?:邮寄|寄送|通讯|联系|报送|收件|材料(?:寄送|报送|接收|受理)?|办公|受理|接收|投递|送达|单位)?(?<!网)(?<!统)(?<!站)(?<!箱)(?<!件)地\s*[址点]\s*[:：为]\s*(?P<address>[^。；;\n]{5,80})"
)
_ADDRESS_END = re.compile(
    r"[，,、\s（(]*(?:[（(]?\s*[0-9]{6}[)）]?$|邮\s*政?\s*编\s*码?|邮编|联\s*系|收\s*件?\s*人|电\s*话|邮\s*箱|[（(]邮编).*$|[）)]?[。；;，,]?$"
)
_PERSON_COLUMN = re.compile("联系人|姓\\s*名|经办人|负责人|联络")
_OFFICE_COLUMN = re.compile("处室|科室|单位|部门|机构|承办")
_IN_BRACKETS = re.compile(
    r"(?:报送|寄送|寄至|送至|报至|送|寄|报|交)[^。；（）()]{0,24}(?:处|科|室|局|中心|厅|部|委|办)[（(](?P<address>[^（）()]{4,50}(?:号|室|楼|大厦|座|层)[^（）()]{0,12})[)）]"
)
_SITE = re.compile("系统|平台|网址|登录|登陆|网站|填报|申报|网上|在线|注册|门户|入口")


def find_contacts(tree: ClauseTree, categories: Sequence[Category]) -> tuple[FoundContact, ...]:
    """All desks of the notice: phones with names and departments, and addresses of e-mail."""
    found: dict[tuple[str, str, str], FoundContact] = {}
    for clause in tree:
        around = squeeze(clause.heading + clause.text + "".join(clause.heading_path))
        if not _SAID.search(around):
            continue
        for contact in _of_clause(clause, categories):
            found.setdefault((contact.phone or contact.email, contact.person, contact.label), contact)
    return tuple(found.values())


def _of_clause(clause: Clause, categories: Sequence[Category]) -> Iterator[FoundContact]:
    """Line by line; a line without a name of its own belongs to the department of the line before."""
    if is_row(clause) and cells_of(clause):
        yield from _of_row(clause, categories)
        return
    department, people = clause.heading if not _SAID.search(clause.heading) else "", ""
    area = ""
    for line in clause.text.split("\n"):
        begin = 0
        last: FoundContact | None = None
        for match in _PHONE.finditer(line):
            before = line[begin : match.start()]
            if _FAX.search(before) or not (
                _SAID.search(line + clause.heading + "".join(clause.heading_path))
                or match.group()[0] in "01（("
            ):
                begin = match.end()
                continue
            joined = bool(last) and not re.search("[一-鿿A-Za-z]", before)
            label, person = ("", "") if joined else _who(before)
            if joined and last:
                label, person = last.label, last.person
            department = label or department
            people = person or ("" if label else people)
            code = re.match(rf"[（(]?\s*({_AREA})", match.group())
            area = code[1] if code else area
            last = FoundContact(label or department, person or people, match.group().strip(), "", _named(label or department, clause, categories),
                                clause.id, line[begin : match.end()].strip("，；; "))  # fmt: skip
            begin = match.end()
            yield last
        for match in _EMAIL.finditer(line):
            label, _ = _who(line[: match.start()].split("。")[-1]) if last is None else (last.label, "")
            yield FoundContact(label or department, "", "", match.group(), _named(label or department, clause, categories),
                               clause.id, line[max(0, match.start() - 20) : match.end()])  # fmt: skip


def _who(before: str) -> tuple[str, str]:
    """Department or matter, and person, in the words before a phone."""
    words = re.split(r"[。；;]", before)[-1].strip()
    person = ""
    said = list(_PERSON_LABEL.finditer(before))
    if said and not _PERSON_LABEL.search(words):  # 联系人：张三；联系电话：
        named, office = re.split(r"[。；;]", before[said[-1].end() :])[0], before[: said[-1].start()]
        return _who(f"{re.split('[。；;]', office)[-1]}联系人：{named}，")
    labelled = list(_PERSON_LABEL.finditer(words))
    if labelled:
        rest = words[labelled[-1].end() :]
        person = _people(rest)
        words = words[: labelled[-1].start()]
        joined = _IN_OFFICE.match(rest)  # 联系人：产业数字化处陈立群
        if joined and _is_person(joined["name"]):
            words, person = f"{words}，{joined['office']}", joined["name"]
    words = _BEFORE_PHONE.sub("", _BEFORE_PHONE.sub("", words)).strip()
    words = re.sub(r"(?<=[一-鿿])[（(][^（）()]*[）)]$", "", words)  # 郑晓（平台运维）
    if not person:
        tail = re.split(r"[，,：:、\s（(]", words)[-1]
        joined = _IN_OFFICE.fullmatch(tail)
        if joined and _is_person(joined["name"]):
            tail = joined["name"]
        spaced = re.search(r"(?:^|[：:，,\s])(?P<n>[一-鿿]\s{1,3}[一-鿿])$", words)
        name = spaced["n"] if spaced else tail
        if _is_person(name):
            person = squeeze(name)
            words = words[: len(words) - len(name)]
            more = re.search(r"([一-鿿]{2,3})、$", words)
            while more and _is_person(more[1]):
                person, words = f"{more[1]}、{person}", words[: more.start()]
                more = re.search(r"([一-鿿]{2,3})、$", words)
    label = _clean_label(words)
    return label, person


def _people(words: str) -> str:
    names = [
        squeeze(part)
        for part in re.split(r"[、，,；;（(]|\s{2,}|(?<=[一-鿿]{2})\s|电\s*话|联\s*系|手机", words)
    ]
    return "、".join(
        name for name in names if re.fullmatch("[一-鿿]{2,4}", name) and name not in ("电话", "手机", "联系")
    )


def _is_person(name: str) -> bool:
    bare = squeeze(name)
    short = (
        bool(re.fullmatch("[一-鿿]{2,3}", bare))
        and bare[0] in _SURNAMES
        and not _NOT_A_PERSON.search(bare[1:])
    )
    return short or bool(re.fullmatch("[一-鿿](?:老师|女士|先生|处长|科长|主任|工|同志)", bare))


def _clean_label(words: str) -> str:
    """The last piece of the words, without 联系电话 and the like behind it."""
    pieces = [p for p in re.split(r"[，,。；;：:（()）\s]+", words) if p]
    kept = [
        re.sub(r"(?:的)?(?:联\s*系\s*(?:人|电话|方式)?|咨询(?:电话|热线)|电话|热线|地址|邮箱)+$", "", p)
        for p in pieces
    ]
    kept = [p for p in kept if len(p) >= 2 and not re.fullmatch("[0-9一二三四五六七八九十.、]+", p)]
    return kept[-1].strip("“”、") if kept else ""


def _named(label: str, clause: Clause, categories: Sequence[Category]) -> tuple[str, ...]:
    """The categories that a label names, those of the clause where it names none."""
    named = [
        c.id for c in categories if any(a and a in squeeze(label) for a in (c.name, c.short, *c.aliases))
    ]
    return tuple(named) or clause.categories


def _of_row(clause: Clause, categories: Sequence[Category]) -> Iterator[FoundContact]:
    """The contacts of a row: phones below 电话, the person below 联系人, whose desk in the cells before."""
    cells = cells_of(clause)
    people = next((squeeze(c.text) for c in cells if _PERSON_COLUMN.search(c.heading)), "")
    offices = [c for c in cells if _OFFICE_COLUMN.search(c.heading)]
    matters = [
        c
        for c in cells
        if c not in offices and not _SAID.search(c.heading) and not re.search("序号|备注|地址", c.heading)
    ]
    label = squeeze((offices or matters or [Cell("", "", 0)])[0].text)
    row = squeeze(clause.text)
    named = tuple(
        c.id for c in categories if any(a and squeeze(a) in row for a in (c.name, c.short, *c.aliases))
    )
    for cell in cells:
        for match in _PHONE.finditer(cell.text):
            if not _FAX.search(cell.heading):
                yield FoundContact(
                    label,
                    people,
                    match.group().strip(),
                    "",
                    named or clause.categories,
                    clause.id,
                    clause.text,
                )
        for match in _EMAIL.finditer(cell.text):
            yield FoundContact(
                label, people, "", match.group(), named or clause.categories, clause.id, clause.text
            )


def find_address(tree: ClauseTree) -> Found[str] | None:
    """Where papers are sent to."""
    found = []
    for clause in tree:
        for match in (*_ADDRESS.finditer(clause.text), *_IN_BRACKETS.finditer(clause.text)):
            words = _ADDRESS_END.sub("", match["address"].strip()).strip("，, ")
            if re.search("[省市区县路街道号楼大厦室]", words) and not _URL.match(words):
                found.append(
                    (bool(re.search("寄|材料|报送|收件", match.group())), Found(words, clause.id, words))
                )
    return max(found, key=lambda each: each[0])[1] if found else None


def find_sites(
    tree: ClauseTree, categories: Sequence[Category]
) -> tuple[Found[tuple[str, tuple[str, ...]]], ...]:
    """The addresses at which to apply, with the categories that they serve."""
    found: dict[str, Found[tuple[str, tuple[str, ...]]]] = {}
    for clause in tree:
        begin = 0
        for match in _URL.finditer(clause.text):
            before, begin = clause.text[max(begin, match.start() - 80) : match.start()], match.end()
            if not _SITE.search(before) or "@" in match.group():
                continue
            named = _named(before, clause, categories)
            found.setdefault(
                match.group(), Found((match.group(), named), clause.id, before[-20:] + match.group())
            )
    return tuple(found.values())
