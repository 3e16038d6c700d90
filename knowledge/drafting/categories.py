"""What may be applied for: the items under 申报类别 and the like, a list in a sentence, or the notice's one subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.clause_drafts import OPENING
from knowledge.clauses import ClauseTree
from knowledge.drafting.found import FoundCategory
from knowledge.drafting.naming import Names, slug
from knowledge.models import Category, Clause
from knowledge.normalise import squeeze

_SECTION = re.compile(
    r"(?:申报|支持|项目|推荐|遴选|认定|建设|征集|评选|奖补|资助|试点|专项)?(?:类别|类型|方向|种类|专题|领域|范围(?:及|和)?(?:类别|类型|方向)|内容|重点|对象(?:及|和|与)?(?:类别|类型))$"
)
_WEAK = re.compile("内容|重点|范围|领域|方向")
_LIST = re.compile(
    r"(?:申报|支持|项目|认定|分|包括|设|共)?(?:类别|类型|方向)?(?:分为|包括|分设|设置|设立|设|划分为|分)(?P<items>[^。；：]{4,120}?)(?:等)?(?:共)?[0-9一二两三四五六七八九]?(?:个|大|种)?(?:类|类别|类型|方向|专题)(?:[。；，]|$)"
)
_ITEM = re.compile(r"[、，,]|以及|和(?=[一-鿿]{3})|与(?=[一-鿿]{3})|及(?=[一-鿿]{3})")
_NAME_END = re.compile(r"[：:。；，（(—]|\s-{1,2}\s|(?<=类)(?=包括|主要)")
_SUBJECT = re.compile(
    r"(?:关于)?(?:组织)?(?:开展|做好|组织|申报|推荐|印发|征集|转发|启动|发布|公布|遴选|认定|加强|进一步|的|及|和|与|举办|实施|报送|评选|(?P<year>(?:19|20)[0-9]{2}\s*年(?:度)?)|第[一二三四五六七八九十0-9]+(?:批次?|届|轮)|[（(]第?[^（）()]{1,8}[）)])++"
)
_SUBJECT_END = re.compile(
    r"(?:项目)?(?:的)?(?:申报|推荐|遴选|认定|评选|评定|评价|评审|征集|培育|复核|入库|申请|建设|创建|组织|报送|选树|备案|试点(?=申报)|和|与|及|、|管理|办法|暂行|试行|指引|工作|有关|相关|事项|的|通知|公告|通告|指南|函|实施|细则|方案|（[^）]*）|\([^)]*\))+$"
)
_PREFIX = re.compile(
    r"^(?:[一-鿿]{2,3}(?:省|市|自治区|县|区)|国家级|国家|省级|市级|区级|县级|省|市|全省|全市|全国|年度|我省|我市){1,6}(?=[一-鿿A-Za-z0-9]{3})"
)
_SUFFIX = re.compile(r"(?:项目|类项目|类|企业|单位)$")
MOST = 12
_CALLED = re.compile(
    '([一-鿿A-Za-z0-9+]{2,40})[（(]以下(?:统称|简称)[：:]?[“"]?([一-鿿A-Za-z0-9+]{2,16})[”"]?[）)]'
)
_TOO_COMMON = re.compile("企业|单位|项目|工作|申报|应用|系统|方向|建设|产品|技术|服务|类")


def find_categories(tree: ClauseTree, title: str) -> tuple[FoundCategory, ...]:
    """The categories of a notice, in printed order; one, the subject of the title, where nothing is divided.

    `tree` may have been read without categories.
    """
    for find in (_by_section, _by_list, _by_conditions):
        names = _distinct(find(tree))
        if 2 <= len(names) <= MOST:
            return _built(names)
    subject = subject_of(title)
    return _built([(subject, _clause_with(tree, subject))]) if subject else ()


def as_categories(found: Sequence[FoundCategory]) -> tuple[Category, ...]:
    """The categories as a pack declares them."""
    return tuple(
        Category(id=c.id, name=c.name, short=c.short, aliases=c.aliases, clause=c.clause) for c in found
    )


def with_names_in_use(found: Sequence[FoundCategory], source: str) -> tuple[FoundCategory, ...]:
    """The categories with the shorter names by which the text itself calls them: 平台 of 重点工业互联网平台.

    A short name counts where it is a subject (对于平台，; 平台和标杆工厂类) and belongs to no other category.
    """
    text = squeeze(source)
    every = {name for category in found for name in (category.name, category.short)}
    named = []
    for category in found:
        words = category.short
        ends = {words[at:] for at in range(1, len(words) - 1)} | {
            category.name[at:] for at in range(1, len(category.name) - 1)
        }
        others = [name for name in every if name not in (category.name, words)]
        own = [
            end
            for end in sorted(ends, key=lambda end: (-len(end), end))
            if not any(end in other for other in others)
            and end not in category.aliases
            and _is_subject(end, text)
        ]
        own += [
            short
            for whole, short in _CALLED.findall(text)
            if whole.endswith((category.name, words))
            and short not in (*category.aliases, *own)
            and not any(short in other for other in others)
        ]
        named.append(replace(category, aliases=(*category.aliases, *own)))
    return tuple(named)


def _is_subject(words: str, text: str) -> bool:
    if len(words) < 2 or _TOO_COMMON.fullmatch(words):
        return False
    return bool(
        re.search(
            rf"(?:对于|针对|关于|[，。；：、（]|[和及与或]){re.escape(words)}(?:类|和[一-鿿]{{2,8}}类|和[一-鿿]{{2,8}}申报|申报系统|申报条件|，还|应满足)",
            text,
        )
    )


def subject_of(title: str) -> str:
    """What a title calls for: 关于组织开展2024年度省级绿色工厂申报工作的通知 → 省级绿色工厂."""
    words = squeeze(title)
    if "关于" in words:
        words = words[words.rindex("关于") if "转发" in words else words.index("关于") :]
    issued = re.search(r"(?:印发|发布|公布)《([^《》]+)》", words)
    words = issued[1] if issued else words.replace("《", "").replace("》", "")
    words = _SUBJECT_END.sub("", words)
    match = _SUBJECT.match(words)
    rest = words[match.end() :] if match else words
    rest = re.sub(
        r"(?:19|20)[0-9]{2}年(?:度)?|第[一二三四五六七八九十0-9]+批次?|（[^）]*）|\([^)]*\)", "", rest
    )
    rest = re.sub("^(?:度|申报|推荐|遴选|开展|做好|组织)+", "", _SUBJECT_END.sub("", rest))
    return rest if 2 <= len(rest) <= 40 else ""


def _by_section(tree: ClauseTree) -> Iterator[tuple[str, str]]:
    """The items right below a heading such as 申报类别."""
    for weak in (False, True):
        for clause in tree:
            heading = squeeze(clause.heading or "").rstrip("：:")
            if not heading or not _SECTION.search(heading) or bool(_WEAK.search(heading)) is not weak:
                continue
            children = [c for c in tree.children(clause.id) if c.marker]
            names = [(name, child.id) for child in children if (name := _own_name(child))]
            if len(names) >= 2 and len(names) == len(children):
                yield from names
                return


def _own_name(clause: Clause) -> str:
    """What an item is called: its heading, or its words up to the first mark."""
    words = squeeze(clause.heading or clause.text.split("\n")[0])
    words = _unquoted(_NAME_END.split(words)[0])
    words = re.sub("^(?:方向|类别|专题)[一二三四五六七八九十0-9]+[：:、]?", "", words)
    return (
        words
        if 2 <= len(words) <= 24 and not re.search("应(?!用|急)|须|不得|企业可|申报单位|其中", words)
        else ""
    )


def _unquoted(words: str) -> str:
    """A name without the quotation marks around the whole of it."""
    return words[1:-1] if re.fullmatch("“[^“”]*”", words) else words


def _by_list(tree: ClauseTree) -> Iterator[tuple[str, str]]:
    """分为A、B和C三类."""
    for clause in tree:
        if clause.id != OPENING and not clause.marker:
            continue
        match = _LIST.search(clause.text)
        if match and re.search(
            "申报|类别|类型|分为|分设", clause.text[max(0, match.start() - 20) : match.end()]
        ):
            names = [part.strip("“”的 ") for part in _ITEM.split(match["items"]) if part.strip("“”的 ")]
            if all(2 <= len(name) <= 20 for name in names):
                yield from ((name, clause.id) for name in names)
                return


def _by_conditions(tree: ClauseTree) -> Iterator[tuple[str, str]]:
    """（一）创新平台申报条件, （二）示范企业申报条件."""
    for clause in tree:
        if not re.search("条件|要求", squeeze(clause.heading)):
            continue
        names = []
        for child in tree.children(clause.id):
            words = squeeze(child.heading)
            match = re.fullmatch(
                r"(?:对于|申报|申请)?(?P<name>(?:(?!应|须|具备|符合|满足|下列|以下|企业$|单位$|项目$|企业应|的企业|的单位)[^，。；：]){2,20}?)(?:类)?(?:的)?(?:申报|认定|评定|专项|应|还应|基本)?(?:满足)?(?:以下)?(?:条件|要求)[：:]?",
                words,
            )
            if match and not re.search(
                "^(?:基本|必备|共同|通用|其他|具体|申报|资格|总体|前置|否决|优先|专项)", match["name"]
            ):
                names.append((match["name"], child.id))
        if len(names) >= 2:
            yield from names
            return


def _clause_with(tree: ClauseTree, words: str) -> str:
    """The first clause that says the words, the opening where none does."""
    return next((c.id for c in tree if words in squeeze(c.heading + c.text)), OPENING)


def _distinct(names: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for name, clause in names:
        found.setdefault(name, clause)
    return list(found.items())


def _built(names: Sequence[tuple[str, str]]) -> tuple[FoundCategory, ...]:
    given = Names()
    shorts = {name: _short(name) for name, _ in names}
    built = []
    bare = {name: _SUFFIX.sub("", short) for name, short in shorts.items()}
    for name, clause in names:
        others = {other for other in shorts if other != name} | {
            s for other, s in shorts.items() if other != name
        }
        others |= {b for other, b in bare.items() if other != name}
        wanted = dict.fromkeys((name, shorts[name], bare[name]))
        aliases = tuple(a for a in wanted if len(a) >= 2 and a not in others and not _TOO_COMMON.fullmatch(a))
        built.append(
            FoundCategory(
                given.give(slug(shorts[name][-4:], "category"), name), name, shorts[name], aliases, clause
            )
        )
    return tuple(built)


def _short(name: str) -> str:
    short = _PREFIX.sub("", name)
    return short if len(short) >= 2 else name
