"""Which packs there are: versions, validity, names."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.catalogue import Catalogue, Head, Listed
from knowledge.errors import PackError, UnknownPack

DAY = date(2024, 3, 1)


def head(name: str = "green", version: str = "1", year: int = 2024, **more: object) -> Head:
    return Head.model_validate(
        {
            "id": name,
            "version": version,
            "title": f"关于组织开展{year}年度绿色工厂申报工作的通知",
            "document": f"临工信〔{year}〕5号",
            "document_number": f"临工信〔{year}〕5号",
            "year": year,
            "issued_on": date(year, 1, 1),
        }
        | more
    )


def catalogue(*heads: Head) -> Catalogue:
    return Catalogue((Path(f"/{n}"), one, (n, n)) for n, one in enumerate(heads))


def state_on(listed: Catalogue, name: str, day: date = DAY) -> str:
    return listed.standing(listed[name], day).state


def test_the_latest_version_has_the_id_and_earlier_ones_their_version_beside_it() -> None:
    listed = catalogue(head(version="2023.10"), head(version="2023.9"), head("other"))
    assert set(listed) == {"green", "green@2023.9", "other"}
    assert listed["green"].head.version == "2023.10"
    assert listed.get_listed("green@2023.10") is listed["green"]


def test_the_same_version_twice_is_refused() -> None:
    with pytest.raises(PackError, match="id 重复"):
        catalogue(head(), head())


def test_an_unknown_name_is_told_some_of_the_known_ones() -> None:
    with pytest.raises(UnknownPack, match=r"n0、.*等$"):
        catalogue(*(head(f"n{n}") for n in range(50))).get_listed("none")


def test_an_earlier_version_is_superseded_by_the_next_at_once_or_on_the_day_it_names() -> None:
    at_once = catalogue(head(version="1"), head(version="2"))
    assert state_on(at_once, "green@1") == "superseded"
    later = catalogue(head(version="1"), head(version="2", valid_from=DAY + timedelta(1)))
    assert state_on(later, "green@1") == "in_force"
    assert later.on("green", DAY).name == "green@1"
    assert later.on("green", DAY + timedelta(1)).name == "green"
    assert state_on(later, "green@1", DAY + timedelta(1)) == "superseded"


def test_a_pack_names_what_took_its_place() -> None:
    listed = catalogue(head("old", superseded_by="new"), head("new", year=2025))
    standing = listed.standing(listed["old"], DAY)
    assert (standing.state, standing.successor) == ("superseded", listed["new"])
    gone = catalogue(head("old", superseded_by="away"))
    assert gone.standing(gone["old"], DAY).successor is None


@given(st.dates(date(2024, 1, 1), date(2024, 12, 31)))
def test_validity_includes_both_of_its_days(day: date) -> None:
    begins, ends = date(2024, 2, 1), date(2024, 6, 30)
    listed = catalogue(head(valid_from=begins, valid_until=ends))
    expected = "not_yet" if day < begins else "expired" if day > ends else "in_force"
    assert state_on(listed, "green", day) == expected


@given(st.permutations(["1", "2", "10", "2024.1"]))
def test_the_order_of_folders_does_not_matter_to_versions(versions: list[str]) -> None:
    listed = catalogue(*(head(version=version) for version in versions))
    assert [one.head.version for one in listed.versions(listed["green"])] == ["1", "2", "10", "2024.1"]


OWN = head("own")
OTHER = head(
    "water",
    title="关于做好2024年度节水标杆企业认定工作的通知",
    document_number="临工信〔2024〕18号",
)
NEXT = head("next", year=2025)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("临工信〔2024〕18号什么时候截止", "water"),
        ("临工信(2024) 18号 的电话", "water"),
        ("临工信[2024]18 号", "water"),
        ("节水标杆企业怎么报", "water"),
        ("2025年度绿色工厂什么时候截止", "next"),
        ("绿色工厂什么时候截止", None),
        ("2024年绿色工厂什么时候截止", None),
        ("什么时候截止", None),
        ("苏工信〔2024〕18号里怎么说", None),
        ("临工信〔2024〕5号和临工信〔2024〕18号有什么不同", None),
        ("2023年的节水标杆企业", None),
        ("2024和2025年的绿色工厂有什么不同", None),
    ],
)
def test_a_question_belongs_to_the_notice_that_it_plainly_names(text: str, named: str | None) -> None:
    listed = catalogue(OWN, OTHER, NEXT)
    found = listed.named_in(text, listed["own"])
    assert (found.name if found else None) == named


def test_a_programme_of_which_the_own_notice_speaks_is_not_plainly_another_s() -> None:
    listed = catalogue(OWN, OTHER)
    assert listed.named_in("节水标杆企业怎么报", listed["own"], "已认定的节水标杆企业优先。") is None


def test_versions_of_one_notice_are_not_one_another_s() -> None:
    listed = catalogue(head(version="1"), head(version="2"))
    own: Listed = listed["green"]
    assert listed.named_in("临工信〔2024〕5号", own) is None
