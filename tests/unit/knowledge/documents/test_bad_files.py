"""Files that cannot be read: each a refusal that names the file and what to do, within bounds of memory and time."""

from __future__ import annotations

import os
import random
import resource
import sys
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import typeset
from typeset import Piece

from knowledge.documents import ReadingLimits, read_document, read_documents
from knowledge.documents.loading import load
from knowledge.errors import DocumentRefused

MEBIBYTE = 1 << 20
ZEROS = bytes(201 * MEBIBYTE)
CONTENT = [
    Piece("关于申报项目的通知", is_title=True),
    Piece("总则", "一、"),
    Piece("申报单位应当按时申报。", "1."),
]


def packed(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def repacked(content: bytes, **changed: bytes) -> bytes:
    """A .docx with members put in or changed; `word_document_xml` stands for word/document.xml."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return packed(
        members | {name.replace("__", "/").replace("_xml", ".xml"): new for name, new in changed.items()}
    )


def compound(*streams: str) -> bytes:
    """What an OLE file shows of itself: its signature and the names in its directory."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + b"".join(f"{name}\0".encode("utf-16-le") for name in streams)
        + bytes(512)
    )


def encrypted_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption  # noqa: PLC0415 - only here
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    file = BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(100, 100, "secret")
    canvas.save()
    return file.getvalue()


def drawing(pages: int = 1, *, picture: bool = False) -> bytes:
    """A PDF without a letter in it, with a picture where it is a scan."""
    from PIL import Image  # noqa: PLC0415 - only here

    file = BytesIO()
    if picture:
        Image.new("L", (600, 800), 255).save(
            file, "PDF", save_all=True, append_images=[Image.new("L", (600, 800), 255)] * (pages - 1)
        )
        return file.getvalue()
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    canvas = Canvas(file)
    for _ in range(pages):
        canvas.rect(10, 10, 100, 100)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def signed_scan() -> bytes:
    """A full picture that the scanning program has signed."""
    from PIL import Image  # noqa: PLC0415 - only here
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    file = BytesIO()
    canvas = Canvas(file, (600, 800))
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 255)), 0, 0, 600, 800)
    canvas.drawString(400, 20, "scanned by somebody's program")
    canvas.save()
    return file.getvalue()


def entities() -> bytes:
    """A .docx whose text unfolds from entities of entities."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    text = f"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "haha">{levels}]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>"""
    return repacked(typeset.as_word(CONTENT), word__document_xml=text.encode())


def nested_bomb() -> bytes:
    layer = packed({"zeros.txt": ZEROS})
    for depth in range(3):
        layer = packed({f"{depth}-{copy}.zip": layer for copy in range(4)})
    return layer


BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "empty.pdf": (lambda: b"", "空", "核对"),
    "blank.txt": (lambda: b" \n\n\t", "没有文字", "核对"),
    "encrypted.pdf": (encrypted_pdf, "已加密", "取消打开密码"),
    "encrypted.docx": (lambda: compound("EncryptionInfo", "EncryptedPackage"), "已加密", "取消打开密码"),
    "truncated.docx": (lambda: typeset.as_word(CONTENT)[:-3000], "不完整或已损坏", "重新下载"),
    "truncated.pdf": (lambda: typeset.as_pdf(CONTENT)[:600], "损坏|没有文字", "重新|核对"),
    "macros.docx": (lambda: repacked(typeset.as_word(CONTENT), **{"word/vbaProject.bin": b"x"}), "含有宏", "不含宏"),
    "macros.doc": (lambda: compound("WordDocument", "_VBA_PROJECT"), "含有宏", "不含宏"),
    "bomb.zip": (lambda: packed({"zeros.txt": ZEROS}), "压缩炸弹", "核对文件来源"),
    "nested.zip": (nested_bomb, "还有压缩包", "解开里层"),
    "bomb.docx": (lambda: repacked(typeset.as_word(CONTENT), word__media__image=ZEROS), "压缩炸弹", "核对文件来源"),
    "many.zip": (lambda: packed({f"{n}.txt": b"x" for n in range(2500)}), "内含 2500 个文件", "只打包需要的"),
    "entities.docx": (entities, "损坏|没有文字", "重新|核对"),
    "drawing.pdf": (drawing, "没有文字", "核对"),
    "long.pdf": (lambda: drawing(301), "共 301 页，超过 300 页", "只提供"),
    "garbage.docx": (lambda: random.Random(7).randbytes(5000), "不是文字", "请提供 .docx"),
    "garbage": (lambda: bytes(range(256)) * 40, "不是文字", "请提供 .docx"),
    "old.xls": (lambda: compound("Workbook"), "旧版 Excel", "另存为 .xlsx"),
    "slides.pptx": (lambda: packed({"ppt/presentation.xml": b"<p/>"}), "演示文稿", ".docx"),
    "layout.ofd": (lambda: packed({"OFD.xml": b"<p/>"}), "OFD", "另存为 PDF"),
    "photo.jpg": (lambda: b"\xff\xd8\xff\xe0" + bytes(100), "图片", "PDF"),
    "archive.rar": (lambda: b"Rar!\x1a\x07" + bytes(100), "压缩格式", ".zip"),
    "program.docx": (lambda: b"MZ" + bytes(100), "可执行程序", "核对文件来源"),
    "empty.zip": (lambda: packed({}), "没有文件", "重新打包"),
    "member.zip": (lambda: packed({"甲/附件1.docx": typeset.as_word(CONTENT)[:-3000]}), "损坏", "重新下载"),
    "locked.zip": (lambda: locked(packed({"a.txt": b"x"})), "已加密", "取消密码"),
}  # fmt: skip


def locked(archive: bytes) -> bytes:
    """The archive with the flag of encryption on its member."""
    at, central = archive.index(b"PK\x03\x04"), archive.index(b"PK\x01\x02")
    flagged = bytearray(archive)
    flagged[at + 6] |= 1
    flagged[central + 8] |= 1
    return bytes(flagged)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_name_and_a_remedy_within_bounds(name: str, tmp_path: Path) -> None:
    make, cause, remedy = BAD[name]
    file = tmp_path / name
    file.write_bytes(make())
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.monotonic()
    with pytest.raises(DocumentRefused, match=cause) as refused:
        read_documents(file)
    assert time.monotonic() - begun < 30
    assert str(refused.value).startswith(name)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own < 100 * 1024  # kilobytes
    assert any(word in refused.value.remedy for word in remedy.split("|"))


def test_a_scan_is_refused_where_characters_are_not_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(
        DocumentRefused, match=r"scan\.pdf：第 1、2 页是扫描件，没有可以复制的文字。请提供 Word 版"
    ):
        load(drawing(2, picture=True), "scan.pdf", ReadingLimits())
    with pytest.raises(DocumentRefused, match="第 1 页是扫描件"):
        load(signed_scan(), "scan.pdf", ReadingLimits())


def test_200_megabytes_are_refused_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "large.docx"
    with file.open("wb") as written:
        written.truncate(200 * MEBIBYTE)  # a sparse file: nothing is written
    begun = time.monotonic()
    with pytest.raises(DocumentRefused, match=r"large\.docx：文件有 200 MB，超过 50 MB。请拆成较小的文件"):
        read_document(file)
    with pytest.raises(DocumentRefused, match="200 MB"):
        read_document(bytes(200 * MEBIBYTE), "large.docx")
    assert time.monotonic() - begun < 5


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.docx").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    for name, cause in {
        "folder.docx": "这是文件夹",
        "pipe.txt": "不是普通文件",
        "loop.txt": "打不开",
        "gone.txt": "没有这个文件",
        "nothing.txt": "没有这个文件",
        "zero\0.txt": "打不开",
    }.items():
        with pytest.raises(DocumentRefused, match=cause):
            read_document(tmp_path / name)
    with pytest.raises(DocumentRefused, match="不是普通文件"):
        read_document(Path("/dev/zero"))


def test_a_link_to_a_file_is_read_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("一、总则", encoding="utf-8")
    (tmp_path / "通知.txt").symlink_to(tmp_path / "kept")
    assert read_document(tmp_path / "通知.txt").name == "通知.txt"


def test_what_takes_too_long_is_ended() -> None:
    limits = ReadingLimits(seconds=0.05)
    with pytest.raises(DocumentRefused, match=r"a\.docx：读取超过 0\.05 秒"):
        read_document(typeset.as_word(CONTENT), "a.docx", limits)


def test_what_takes_too_much_memory_is_ended() -> None:
    text = "<table>" + "<tr><td>甲</td><td>乙</td></tr>" * 300_000
    with pytest.raises(DocumentRefused, match=r"内存|庞大"):
        read_document(text.encode(), "a.html", ReadingLimits(memory_bytes=200 * MEBIBYTE))


def test_bounds_of_cells_and_characters_hold() -> None:
    text = "| 甲 | 乙 |\n|---|---|\n" + "| 1 | 2 |\n" * 100
    for limits, cause in (
        (ReadingLimits(cells=50), "表格共 202 格，超过 50 格"),
        (ReadingLimits(characters=99), "字，超过 99 字"),
    ):
        with pytest.raises(DocumentRefused, match=cause):
            read_document(text.encode(), "a.md", limits)


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("通知.docx", lambda: typeset.as_pdf(CONTENT), "pdf"),
        ("通知.pdf", lambda: typeset.as_word(CONTENT), "docx"),
        ("通知.doc", lambda: typeset.as_html(CONTENT), "html"),
        ("通知.txt", lambda: typeset.as_word(CONTENT), "docx"),
        ("通知.exe", lambda: typeset.as_text(CONTENT), "txt"),
    ],
)
def test_a_wrong_extension_is_told_and_the_content_read(
    name: str, content: Callable[[], bytes], found: str
) -> None:
    document = read_document(content(), name)
    assert document.format == found
    assert "一、总则" in document.text()
    told = document.warnings[0]
    assert told.startswith(f"{name}：")
    assert f"请把扩展名改为 .{found}" in told


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text_is_read_in_the_encoding_it_has(encoding: str) -> None:
    document = read_document("一、总则\r\n申报单位应当按时申报2023年项目。".encode(encoding), "通知.txt")
    assert document.text() == "一、总则\n申报单位应当按时申报2023年项目。\n"
    assumed = {"gbk": "GBK", "gb18030": "GBK", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}.get(encoding)
    assert [assumed in told for told in document.warnings if assumed] == ([True] if assumed else [])


def test_an_archive_gives_its_documents_in_order_and_names_them() -> None:
    archive = packed(
        {
            "附件/附件2.docx": typeset.as_word(CONTENT),
            "__MACOSX/._附件2.docx": b"x",
            "附件/~$附件2.docx": b"x",
            "附件/附件1.txt": "一、甲".encode("gbk"),
        }
    )
    documents = read_documents(archive, "资料.zip")
    assert [document.name for document in documents] == [
        "资料.zip 中的 附件/附件1.txt",
        "资料.zip 中的 附件/附件2.docx",
    ]
    with pytest.raises(DocumentRefused, match=r"资料\.zip：压缩包内有 2 个文件"):
        read_document(archive, "资料.zip")


def test_names_in_an_archive_made_on_a_chinese_computer_are_read() -> None:
    archive = packed({"XXXX.txt": "一、甲".encode()}).replace(b"XXXX", "附件".encode("gbk"))
    (document,) = read_documents(archive, "资料.zip")
    assert document.name == "资料.zip 中的 附件.txt"
