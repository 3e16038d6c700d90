"""A notice's text → everything that a pack needs of it, with what was not found listed as open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.clauses import ClauseTree, parse_notice
from knowledge.drafting.annexes import find_annexes
from knowledge.drafting.categories import as_categories, find_categories, with_names_in_use
from knowledge.drafting.contacts import find_address, find_contacts, find_sites
from knowledge.drafting.days import find_days, undated_from
from knowledge.drafting.field import Field
from knowledge.drafting.found import Found, FoundContact, FoundDay, Head
from knowledge.drafting.gaps import OpenPoint, missing_parts
from knowledge.drafting.head import read_head
from knowledge.drafting.proposal import Proposal
from knowledge.drafting.recognise import conditions_root, propose
from knowledge.drafting.schedule import find_local, find_schedule
from knowledge.errors import PackError
from knowledge.gazetteer import PLACES_FILE, Gazetteer
from knowledge.models import Annex, Category, Contact, Notice, Window
from knowledge.normalise import squeeze
from knowledge.strict_yaml import load_model

TEXT_FILE = "notice.txt"


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice as it was understood, before it is written as a pack."""

    source: str
    tree: ClauseTree
    notice: Notice
    head: Head
    days: tuple[FoundDay, ...]
    contacts: tuple[FoundContact, ...]
    proposals: tuple[Proposal, ...]
    conditions: str
    province: str

    @property
    def open_points(self) -> tuple[OpenPoint, ...]:
        """What a person has to look up or decide, apart from the proposals."""
        return tuple(_open_points(self.notice, self.head, self.conditions))


def draft_notice(pack_id: str, source: str, field: Field | None = None) -> Draft:
    """Read a notice. Raises PackError where the text has no title and no clause, so that nothing can be made of it."""
    bare = parse_notice(source, ())
    head = read_head(bare)
    title = _value(head.title)
    if not title and not any(clause.marker for clause in bare):
        raise PackError(
            TEXT_FILE, 0, "没有认出通知的标题，也没有编号的条款", "请确认提供的是通知正文，而不是扫描件或附件"
        )
    categories = as_categories(with_names_in_use(find_categories(bare, title), source))
    tree = parse_notice(source, categories)
    issued = head.issued_on.value if head.issued_on else None
    year = issued.year if issued else _year_of(title, source)
    turn = undated_from(issued, [day for clause in tree for day in find_days(clause.text)])
    days = find_schedule(tree, categories, issued, year, turn)
    contacts = find_contacts(tree, categories)
    address = find_address(tree)
    province = _province(head)
    notice = Notice(
        id=pack_id,
        version=f"{year}.draft",
        title=title or "（标题待补）",
        document=_document(head, title),
        document_number=_value(head.number),
        issuing_authority=_value(head.authority),
        issued_on=issued,
        year=year,
        year_turns=turn,
        text_file=TEXT_FILE,
        mailing_address=_value(address),
        mailing_clause=address.clause if address else "",
        categories=categories,
        annexes=tuple(_annexes(tree, categories)),
        contacts=tuple(_desks(tree, contacts)),
        windows=tuple(_windows(tree, categories, days)),
    )
    proposals = propose(tree, categories, field=field, province=province)
    return Draft(source, tree, notice, head, days, contacts, proposals, conditions_root(tree), province)


def _value(found: Found[str] | None) -> str:
    """The words found, empty where there are none."""
    return found.value if found else ""


def _document(head: Head, title: str) -> str:
    """How citations name the document: its number with 〔〕, else its title."""
    if head.number:
        return re.sub(r"\s*[〔［\[（(【]\s*([0-9]{4})\s*[〕］\]）)】]\s*第?", r"〔\1〕", head.number.value)
    return f"《{title}》" if title else "通知"


def _year_of(title: str, source: str) -> int:
    """The year that the title names, else the first that the text does."""
    match = re.search(r"(?:19|20)[0-9]{2}(?=\s*年)", title) or re.search(r"20[0-9]{2}(?=\s*年)", source)
    return int(match.group()) if match else 2000


def _province(head: Head) -> str:
    """The province whose notice it is: named by the authority, the title or the addressees."""
    gazetteer = load_model(PLACES_FILE, Gazetteer)
    said = (found.value for found in (head.authority, head.title, head.addressees) if found)
    return gazetteer.province_in(*said)


def _annexes(tree: ClauseTree, categories: Sequence[Category]) -> Iterator[Annex]:
    for a in find_annexes(tree, categories):
        yield Annex(number=a.number, title=a.title, kind=a.kind, categories=a.categories, clause=a.clause)


def _desks(tree: ClauseTree, contacts: Sequence[FoundContact]) -> Iterator[Contact]:
    """A desk for each phone and category, labelled by words that stand in its clause."""
    seen = set()
    for found in contacts:
        clause = tree.get(found.clause)
        label = next(
            (
                words
                for words in (found.label, found.person, clause.heading.rstrip("：:"), "联系电话")
                if words and squeeze(words) in squeeze(clause.heading + clause.text)
            ),
            "",
        )
        for category in found.categories:
            if found.phone and (category, found.phone) not in seen:
                seen.add((category, found.phone))
                yield Contact(category=category, label=label, phone=found.phone, clause=found.clause)


def _windows(tree: ClauseTree, categories: Sequence[Category], days: Sequence[FoundDay]) -> Iterator[Window]:
    """The categories' windows, of those of which the text gives a day."""
    local, sites = find_local(tree), find_sites(tree, categories)
    for category in categories:
        if window := _window(category.id, days, local, sites):
            yield window


def _window(
    category: str,
    days: Sequence[FoundDay],
    local: Sequence[Found[tuple[str, ...]]],
    sites: Sequence[Found[tuple[str, tuple[str, ...]]]],
) -> Window | None:
    """When one may apply for a category; None where the text gives no day of it."""
    own = [day for day in days if category in day.categories]
    opens = min((d for d in own if d.role == "opens"), key=lambda d: d.day, default=None)
    bureau = max((d for d in own if d.role == "bureau"), key=lambda d: d.day, default=None)
    closing = [d for d in own if d.role == "closes"]
    online = [d for d in closing if re.search("系统|网上|在线|填报|申报", d.quote)]
    closes = min(online or closing, key=lambda d: d.day, default=None)
    if not own:
        return None
    by_place = next((found for found in local if category in found.value), None)
    site = next((found for found in sites if category in found.value[1]), None)
    first = closes or by_place or opens or bureau
    assert first is not None  # noqa: S101 - there is a day
    quotes = [each.quote for each in (opens, closes, by_place if closes is None else None, bureau) if each]
    return Window(
        category=category,
        opens_on=opens.day if opens and not opens.from_issue else None,
        closes_on=closes.day if closes else None,
        set_locally=closes is None and by_place is not None,
        bureau_deadline=bureau.day if bureau else None,
        system_url=site.value[0] if site else "",
        clause=first.clause,
        bureau_clause=bureau.clause if bureau else "",
        opens_clause=opens.clause if opens and opens.clause != first.clause else "",
        system_clause=site.clause if site and site.clause != first.clause else "",
        quotes=tuple(dict.fromkeys(quotes)),
    )


def _open_points(notice: Notice, head: Head, conditions: str) -> Iterator[OpenPoint]:
    missing = (
        ("标题", head.title),
        ("发文字号", head.number),
        ("发文机关", head.authority),
        ("成文日期", head.issued_on),
    )
    for name, found in missing:
        if found is None:
            yield OpenPoint(f"没有找到{name}", "请在 pack.yaml 补上；通知没有的保持空白")
    yield from missing_parts(notice)
    if not conditions:
        yield OpenPoint("没有找到写申报条件的标题", "请核对规则建议所在的条款")


def read_text(files: Sequence[Path]) -> tuple[str, tuple[str, ...]]:
    """The text of the files one behind the other, and what their reading warns of. Raises DocumentRefused."""
    from knowledge.documents import read_documents  # noqa: PLC0415 - heavy

    documents = [document for file in files for document in read_documents(file)]
    warnings = tuple(warning for document in documents for warning in document.warnings)
    return "\n".join(document.text() for document in documents), warnings
