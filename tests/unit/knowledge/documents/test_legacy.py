"""Old Word documents: read through LibreOffice where it is, refused with what to do where it is not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import typeset
from typeset import Piece

from knowledge.documents import ReadingLimits, read_document
from knowledge.documents.loading import load
from knowledge.errors import DocumentRefused

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument\0".encode("utf-16-le") + bytes(512)
CONTENT = (
    Piece("总则", "一、", is_heading=True),
    Piece("申报单位应当按时申报。", "（一）"),
    Piece("附则", "二、", is_heading=True),
)


def test_without_libreoffice_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(
        DocumentRefused, match=r"a\.doc：这是旧版 Word 文档（\.doc），读取它需要 LibreOffice.*另存为 \.docx"
    ):
        load(OLD, "a.doc", ReadingLimits())


def test_a_converter_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(program))
    with pytest.raises(DocumentRefused, match="转换超过 1 秒"):
        load(OLD, "a.doc", ReadingLimits(seconds=1))


def test_a_converter_that_gives_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/bin/true")
    with pytest.raises(DocumentRefused, match="LibreOffice 不能转换这个文件"):
        load(OLD, "a.doc", ReadingLimits())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_old_document_is_read_like_a_new_one(tmp_path: Path) -> None:
    new = tmp_path / "通知.docx"
    new.write_bytes(typeset.as_word(CONTENT))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "doc",
         "--outdir", str(tmp_path), str(new)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    document = read_document(tmp_path / "通知.doc")
    assert (document.name, document.format) == ("通知.doc", "doc")
    assert (
        document.text() == read_document(new).text() == "一、总则\n（一）申报单位应当按时申报。\n二、附则\n"
    )
