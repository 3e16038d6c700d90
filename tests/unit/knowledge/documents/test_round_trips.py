"""The notice as a file of every kind gives the tree that its own text gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typeset
from typeset import Content, Grid, Piece

from knowledge.clauses import ClauseTree, parse_notice
from knowledge.documents import Document, ReadingLimits, read_document
from knowledge.documents.loading import load
from knowledge.normalise import UNWRAPPED, measure, read_lines
from knowledge.pack import Pack

FILES: dict[str, Callable[[Content], bytes]] = {
    "notice.txt": typeset.as_text,
    "gbk.txt": lambda content: typeset.as_text(content, "gbk"),
    "notice.md": typeset.as_markdown,
    "notice.html": typeset.as_html,
    "typed.docx": lambda content: typeset.as_word(content, automatic=False),
    "notice.docx": typeset.as_word,
    "notice.pdf": typeset.as_pdf,
    "columns.pdf": lambda content: typeset.as_pdf(content, columns=2),
    "flush.pdf": lambda content: typeset.as_pdf(content, indent=False),
    "flush-columns.pdf": lambda content: typeset.as_pdf(content, columns=2, indent=False),
}
INDICATORS = Grid(
    (
        ("类别", "指标", "要求"),
        ("平台", "连接设备数（台）", "不少于1000"),
        (None, "服务企业数", "不少于50家，且覆盖3个以上行业"),
        ("标杆工厂", "关键设备联网率", "不低于80%"),
    ),
    caption="表1 评价指标",
)
DESKS = Grid(
    (
        ("类别", "联系电话"),
        ("工业互联网平台类", "025-69652717"),
        ("工业互联网标杆工厂类", "025-69652603"),
        ("星级上云企业类", "025-69652719"),
    )
)


@pytest.fixture(scope="module")
def content(pack: Pack) -> Content:
    return typeset.pieces(pack.tree)


def read(name: str, content: Content) -> Document:
    (document,) = load(FILES[name](content), name, ReadingLimits())
    return document


def tree_of(document: Document, pack: Pack) -> ClauseTree:
    return parse_notice(document.text(), pack.notice.categories)


def after(content: Content, start: str, *added: Piece | Grid) -> Content:
    """The content with something put behind the paragraph that starts like this."""
    at = next(
        n for n, piece in enumerate(content) if isinstance(piece, Piece) and piece.text.startswith(start)
    )
    return [*content[: at + 1], *added, *content[at + 1 :]]


@pytest.mark.parametrize("name", FILES)
def test_the_notice_in_a_file_of_every_kind_gives_the_same_tree(
    name: str, content: Content, pack: Pack
) -> None:
    tree = tree_of(read(name, content), pack)
    assert typeset.told(tree) == typeset.told(pack.tree)
    assert [clause.heading for clause in tree] == [clause.heading for clause in pack.tree]


@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith(".txt")])
def test_an_added_table_adds_its_rows_and_changes_nothing_else(
    name: str, content: Content, pack: Pack
) -> None:
    tree = tree_of(read(name, after(content, "2.申报企业上云时间", INDICATORS)), pack)
    rows = [clause for clause in tree if ".t" in clause.id]
    assert [entry for entry in typeset.told(tree) if ".t" not in entry[0]] == typeset.told(pack.tree)
    assert [(row.id, row.label, row.text) for row in rows] == [
        ("3.4.2.t1", "三、（四）2 表1", "评价指标"),
        ("3.4.2.t1.1", "三、（四）2 表1 第1行", "类别：平台；指标：连接设备数（台）；要求：不少于1000"),
        ("3.4.2.t1.2", "三、（四）2 表1 第2行", "类别：平台；指标：服务企业数；要求：不少于50家，且覆盖3个以上行业"),
        ("3.4.2.t1.3", "三、（四）2 表1 第3行", "类别：标杆工厂；指标：关键设备联网率；要求：不低于80%"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith(".txt")])
def test_desks_in_a_table_are_clauses_that_bind_their_category(
    name: str, content: Content, pack: Pack
) -> None:
    desks = [piece for piece in content if not (isinstance(piece, Piece) and "类：025-" in piece.text)]
    tree = tree_of(read(name, after(desks, "六、", DESKS)), pack)
    assert {clause.id: (clause.text, clause.categories) for clause in tree.children("6.t1")} == {
        "6.t1.1": ("类别：工业互联网平台类；联系电话：025-69652717", ("platform",)),
        "6.t1.2": ("类别：工业互联网标杆工厂类；联系电话：025-69652603", ("benchmark_factory",)),
        "6.t1.3": ("类别：星级上云企业类；联系电话：025-69652719", ("star_cloud",)),
    }
    assert tree.get("6.t1.after").text == "邮寄地址：南京市鼓楼区北京西路16号苏兴大厦916室。"
    others = [entry for entry in typeset.told(pack.tree) if entry[0] != "6"]
    assert [entry for entry in typeset.told(tree) if not entry[0].startswith("6")] == others


@pytest.mark.parametrize("name", ["notice.docx", "columns.pdf"])
def test_the_whole_way_through_the_reading_process_is_the_same(
    name: str, content: Content, pack: Pack, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(FILES[name](after(content, "2.申报企业上云时间", INDICATORS)))
    document = read_document(file)
    assert document == load(file.read_bytes(), name, ReadingLimits())[0]
    assert document.name == name
    assert len(document.tables) == 1


def test_a_header_that_was_left_out_is_told(content: Content) -> None:
    (told,) = read("notice.pdf", content).warnings
    assert told == "notice.pdf：页眉、页脚不计入正文：某某省工业和信息化厅文件汇编"


def test_lines_that_are_paragraphs_are_not_taken_for_wrapped_ones(content: Content) -> None:
    even = [Piece("申报单位应当建立健全财务管理机构和制度，近三年无违法记录。") for _ in range(20)]
    for document in (read("notice.docx", content), read("notice.docx", even)):
        assert measure(read_lines(document.text())[0]) == UNWRAPPED
