"""The desk's annexes: nothing counts before somebody who may has seen it and said so, and every text stays a text."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from assistant.annexes import Annexes
from knowledge.models import Annex
from knowledge.pack import Pack

PROBE = "<script>alert(1)</script>"
TEXT = f"""附件1
风筝制作指南{PROBE}
一、总体要求
风筝须结实。
二、申报条件
（一）风筝总数不少于20只，其中龙骨长度不低于3米。{PROBE}
（二）工坊从业人员不少于5人。
"""
OLD = TEXT.replace("风筝制作指南", "2001年度风筝制作指南".replace("2001", "2019"), 1)


@pytest.fixture
def annexes(app: Any, desk: Any, records: Any, tmp_path: Any) -> Any:
    """The annexes of the kites' notice; `served` notes what was served anew."""
    pack: Pack = desk.packs["kites"]
    registry = (
        Annex(number=1, title=f"风筝制作指南{PROBE}", kind="guideline", categories=("kite",), clause="1"),
        Annex(number=2, title="风筝申报书", kind="application_form", categories=("kite",), clause="1"),
    )
    notice = pack.notice.model_copy(update={"annexes": registry})
    pack = Pack(**{**pack.__dict__, "notice": notice})
    desk.packs["kites"] = pack
    served: list[str] = []
    made = Annexes(
        lambda: desk.packs, served.append, tmp_path / "added", lambda: records.audit, lambda: date(2026, 1, 1)
    )
    made.served = served  # type: ignore[attr-defined]
    app.state.annexes = made
    return made


def words_of(page: str) -> str:
    """What a page says, tags left out."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def upload(browser: Any, text: str = TEXT, name: str = "附件1.txt", **fields: Any) -> Any:
    return browser.http.post(
        "/console/annexes/1/upload",
        data={"csrf": browser.token(), **fields},
        files={"file": (name, text.encode(), "text/plain")},
    )


def fields_of(page: str) -> dict[str, Any]:
    sha = re.search(r'name="sha256" value="([0-9a-f]{64})"', page)
    ticked = re.findall(r'name="accept" value="([0-9]+)" checked', page)
    return {"sha256": sha[1] if sha else "", "accept": ticked}


def test_the_registry_with_what_is_loaded(editor: Any, annexes: Any) -> None:
    said = words_of(editor.get("/annexes").text)
    assert "附件1" in said
    assert said.count("未载入") == 2


def test_a_file_is_shown_before_anything_counts(editor: Any, annexes: Any, tmp_path: Any) -> None:
    page = editor.follow(upload(editor))
    said = words_of(page.text)
    assert "工坊从业人员不少于5人" in said
    assert "把握" in said
    assert "会问" in said
    assert PROBE not in page.text
    assert annexes.served == []
    assert not (tmp_path / "added/kites/annexes").exists()


def test_confirming_keeps_the_rules_that_are_ticked_and_serves_them(
    editor: Any, annexes: Any, records: Any, tmp_path: Any
) -> None:
    page = editor.follow(upload(editor)).text
    done = editor.post("/annexes/1/confirm", **fields_of(page))
    assert done.status_code == 303
    annexes.wait("kites", 30)
    assert annexes.served == ["kites"]
    kept = (tmp_path / "added/kites/annexes/annex-1.yaml").read_text(encoding="utf-8")
    assert "不少于5人" in kept
    assert not list((tmp_path / "added/kites/pending").glob("*.yaml"))
    (entry,) = records.audit.list(subject="annex 1")
    assert (entry.actor, entry.action) == ("小编", "annex.load")
    log = words_of(editor.follow(done).text)
    assert "已确认" in log


def test_a_file_changed_since_it_was_seen_is_not_confirmed(editor: Any, annexes: Any) -> None:
    seen = fields_of(editor.follow(upload(editor)).text)
    upload(editor, TEXT.replace("20只", "30只"))
    refused = editor.post("/annexes/1/confirm", **seen)
    assert refused.status_code == 409
    assert annexes.served == []


def test_another_edition_is_refused_and_offered_as_background(editor: Any, annexes: Any) -> None:
    refused = upload(editor, OLD)
    assert refused.status_code == 422
    assert "2019年度" in words_of(refused.text)
    assert re.search(r'name="background" value="1" checked', refused.text)
    page = editor.follow(upload(editor, OLD, background="1"))
    assert "不作条件" in words_of(page.text)
    assert 'name="accept"' not in page.text


@pytest.mark.parametrize(
    ("text", "name", "cause"),
    [("", "空.txt", "空.txt"), (TEXT.replace("附件1", "附件2", 1), "错.txt", "附件2")],
)
def test_what_cannot_be_the_annex_says_why_and_leaves_the_form(
    editor: Any, annexes: Any, text: str, name: str, cause: str
) -> None:
    refused = upload(editor, text, name)
    assert refused.status_code == 422
    assert cause in words_of(refused.text)
    assert 'type="file"' in refused.text


def test_without_a_file_it_asks_for_one(editor: Any, annexes: Any) -> None:
    refused = editor.post("/annexes/1/upload", pack="")
    assert refused.status_code == 422
    assert "请先选择文件" in refused.text


def test_a_file_too_large_is_refused_on_a_page(editor: Any, annexes: Any) -> None:
    limit = editor.http.app.state.upload_limit
    refused = editor.http.post(
        "/console/annexes/1/upload", content=b"x", headers={"content-length": str(limit + 1)}
    )
    assert refused.status_code == 413
    assert "文件过大" in refused.text


def test_other_pages_take_no_more_than_before(editor: Any, annexes: Any) -> None:
    token = editor.token()
    refused = editor.http.post("/console/annexes/1/confirm", data={"csrf": token, "x": "y" * 70_000})
    assert refused.status_code == 413


def test_giving_up_leaves_nothing(editor: Any, annexes: Any) -> None:
    upload(editor)
    assert editor.post("/annexes/1/drop").status_code == 303
    assert editor.get("/annexes/1/preview").status_code == 404


def test_removing_what_was_never_loaded_is_told(editor: Any, annexes: Any) -> None:
    assert editor.post("/annexes/1/remove").status_code == 404
    assert editor.get("/annexes/9").status_code == 404


def test_staff_neither_see_nor_change_annexes(staff: Any, annexes: Any) -> None:
    assert staff.get("/annexes").status_code == 403
    assert upload(staff).status_code == 403
    assert staff.post("/annexes/1/confirm").status_code == 403
    assert annexes.served == []


def test_a_post_without_the_token_uploads_nothing(editor: Any, annexes: Any) -> None:
    refused = editor.http.post(
        "/console/annexes/1/upload", data={"csrf": "0" * 64}, files={"file": ("a.txt", TEXT.encode())}
    )
    assert refused.status_code == 403
    assert editor.get("/annexes/1/preview").status_code == 404
