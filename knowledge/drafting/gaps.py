"""What a pack still lacks for answering the first questions of every applicant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.models import Notice


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What the text does not say, or was not understood; `remedy` is what a person does about it."""

    cause: str
    remedy: str


def missing_parts(notice: Notice) -> Iterator[OpenPoint]:
    """What a pack lacks for answering the first questions of every applicant."""
    if not notice.categories:
        yield OpenPoint("没有找到申报类别", "请在 pack.yaml 的 categories 补上")
    for category in notice.categories:
        window = notice.window(category.id)
        if window is None or window.last_day is None:
            yield OpenPoint(f"“{category.short}”没有找到截止时间", "请在 pack.yaml 的 windows 补上")
        elif window.closes_on is None and not window.set_locally:
            yield OpenPoint(
                f"“{category.short}”只找到主管部门上报的时间，没有申报单位的截止时间",
                "请核对；由各地自定的写 set_locally: true",
            )
        if notice.contact(category.id) is None:
            yield OpenPoint(f"“{category.short}”没有找到联系电话", "请在 pack.yaml 的 contacts 补上")
