"""What a draft understood, as lines of a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from knowledge.drafting.draft import Draft
from knowledge.drafting.found import FoundDay
from knowledge.drafting.proposal import Proposal
from knowledge.listing import cut, tree_lines

_ROLES = {"opens": "开始", "closes": "申报截止", "bureau": "主管部门上报截止"}
_STATUS = {"open": "待定", "accepted": "已接受", "rejected": "已拒绝"}
_WIDEST = 100


def draft_lines(draft: Draft) -> Iterator[str]:
    """Tree, head, categories, days, contacts, annexes, proposals, and what is open."""
    notice, head = draft.notice, draft.head
    yield from tree_lines(notice, draft.tree)
    yield ""
    for name, value in (
        ("标题", notice.title),
        ("文号", notice.document_number),
        ("发文机关", notice.issuing_authority),
        ("成文日期", str(notice.issued_on or "")),
        ("发往", head.addressees.value if head.addressees else ""),
        ("地域", draft.province),
    ):
        yield f"{name}：{value or '（没有找到）'}"
    for category in notice.categories:
        yield f"类别：{category.name}（{category.id}，条款 {category.clause}；又称{'、'.join(category.aliases)}）"
    yield from map(day_line(draft), draft.days)
    for contact in draft.contacts:
        who = " ".join(part for part in (contact.label, contact.person) if part)
        yield f"联系：{who} {contact.phone or contact.email}（条款 {contact.clause}）"
    if notice.mailing_address:
        yield f"邮寄地址：{notice.mailing_address}（条款 {notice.mailing_clause}）"
    for annex in notice.annexes:
        yield f"附件{annex.number}：{annex.title}"
    yield f"规则建议 {len(draft.proposals)} 条："
    yield from proposal_lines(draft.proposals)
    for point in draft.open_points:
        yield f"待定：{point.cause}。{point.remedy}"


def day_line(draft: Draft) -> Callable[[FoundDay], str]:
    """How a day of this draft is told."""
    shorts = {category.id: category.short for category in draft.notice.categories}

    def line(day: FoundDay) -> str:
        whose = (
            "" if len(day.categories) == len(shorts) else "、".join(shorts[c] for c in day.categories) + " "
        )
        return f"时间：{whose}{_ROLES[day.role]} {day.day}{' ' + day.time if day.time else ''}（条款 {day.clause}「{cut(day.quote, 60)}」）"

    return line


def proposal_lines(proposals: Iterable[Proposal]) -> Iterator[str]:
    """One proposal a line: number, status, confidence, clause, the question it would ask, the words it stands on."""
    for proposal in proposals:
        head = f"  {proposal.number:>3}  {_STATUS[proposal.status]}  {proposal.confidence:.2f}  {proposal.clause}"
        questions = " ".join(fact.question for fact in proposal.facts)
        yield f"{head}  {proposal.criterion.title}「{cut(proposal.quote, _WIDEST)}」"
        yield f"        问：{cut(questions, _WIDEST)}"
