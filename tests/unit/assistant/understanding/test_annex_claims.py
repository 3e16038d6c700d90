"""What a message takes an annex to be."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.understanding.annex_claims import AnnexClaim, annex_claimed
from assistant.understanding.categories import CategoryNames


@pytest.fixture(scope="module")
def names(pack: Any) -> CategoryNames:
    return CategoryNames(pack.notice.categories)


@pytest.mark.parametrize(
    ("plain", "claim"),
    [
        ("附件5是平台的申报书对吗", AnnexClaim(5, "application_form", ("platform",))),
        ("附件2是星级上云的指南?", AnnexClaim(2, "guideline", ("star_cloud",))),
        ("汇总表是附件6对吗", AnnexClaim(6, "summary_sheet", ())),
        ("附件二是标杆工厂建设指南，对不对", AnnexClaim(2, "guideline", ("benchmark_factory",))),
        ("平台申报书是不是附件1", AnnexClaim(1, "application_form", ("platform",))),
        ("附件1是不是平台的建设指南", AnnexClaim(1, "guideline", ("platform",))),
        ("标杆工厂申报书用附件4吗", AnnexClaim(4, "application_form", ("benchmark_factory",))),
        ("附件6应该是星级上云的申报书吧", AnnexClaim(6, "application_form", ("star_cloud",))),
        ("附件9是申报书吗", AnnexClaim(9, "application_form", ())),
        ("星级上云要填附件4吗", AnnexClaim(4, None, ("star_cloud",))),
    ],
)
def test_who_takes_an_annex_for_another_wants_it_confirmed(
    pack: Any, names: CategoryNames, plain: str, claim: AnnexClaim
) -> None:
    assert annex_claimed(plain, names, pack.notice.annexes) == claim


@pytest.mark.parametrize(
    "plain",
    [
        "附件2是指南还是申报书",
        "附件1是什么",
        "附件4要盖章吗",
        "附件7是企业填吗",
        "申报书是附件几",
        "附件2是标杆工厂的指标要求吗",
        "附件5里要写投入吗",
        "我们没有附件4的申报书吗",
        "附件5的申报书要盖章对吗",
        "平台的申报书什么时候交",
    ],
)
def test_other_questions_of_annexes_take_none_for_another(
    pack: Any, names: CategoryNames, plain: str
) -> None:
    assert annex_claimed(plain, names, pack.notice.annexes) is None
