"""What a message takes an annex to be, and asks to have confirmed: 附件5是平台的申报书对吗, 汇总表是附件6吧."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understanding.annex_numbers import ANNEX_NUMBER, annex_number
from assistant.understanding.categories import CategoryNames
from knowledge.models import Annex

_ASIDE = "(?:请问|问一?下|确认一?下|那么?|就是|听说|我?记得|应该|[，, ])*+"
_CHECKED = "(?:里面?|中|[，, ])*+(?:对不对|对[吗吧么不]|是[吗吧么]|是不是|没错吧|吗|吧|么|[?？])++。*+"
_IS = "(?:就|应该)?(?:是(?!不)|叫做?|指的?是)"
_WHETHER = "(?:就|应该)?是不是"
_WHAT = "(?P<what>[^，。?？件]{2,20}?)"
_NUMBERED = rf"附件 ?(?P<number>{ANNEX_NUMBER})"
_USES = "(?:应该?|是|要|就)?(?:用|填|看|见|对应)的?(?:就?是)?"
_CLAIMS = tuple(
    re.compile(_ASIDE + claim)
    for claim in (
        f"{_NUMBERED}{_IS}{_WHAT}{_CHECKED}",
        f"{_NUMBERED}{_WHETHER}{_WHAT}(?:{_CHECKED})?",
        f"{_WHAT}(?:{_IS}|{_USES}){_NUMBERED}{_CHECKED}",
        f"{_WHAT}{_WHETHER}{_NUMBERED}(?:{_CHECKED})?",
    )
)
_KINDS = {
    "guideline": re.compile("(?:建设|评定工作|评定|工作)?指南"),
    "application_form": re.compile("申[报请](?:书|表)"),
    "summary_sheet": re.compile("(?:推荐)?(?:项目)?汇总表"),
}


@dataclass(frozen=True, slots=True)
class AnnexClaim:
    """That an annex is `kind` (of `categories`), as a message takes it to be and asks to have confirmed."""

    number: int
    kind: str | None
    categories: tuple[str, ...]

    def fits(self, annex: Annex) -> bool:
        """Whether an annex is what this one is taken to be."""
        if self.kind is None:
            return set(self.categories) == set(annex.categories)
        return self.kind == annex.kind and set(self.categories) <= set(annex.categories)


def annex_claimed(plain: str, names: CategoryNames, annexes: Sequence[Annex]) -> AnnexClaim | None:
    """What a message takes an annex to be and nothing besides; None for any other message."""
    found = next((match for pattern in _CLAIMS if (match := pattern.fullmatch(plain))), None)
    if found is None or "还是" in plain:
        return None
    what = found["what"]
    kind = next((kind for kind, words in _KINDS.items() if words.search(what)), None)
    categories = names.named(what)
    rest = _KINDS[kind].sub("", what) if kind else what
    if not (kind or categories) or not names.only_names(rest):
        return None
    claim = AnnexClaim(annex_number(found["number"]), kind, categories)
    return claim if any(claim.fits(annex) for annex in annexes) else None
