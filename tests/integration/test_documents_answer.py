"""The notice read from a Word file or a PDF of two columns answers as the notice itself does."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typeset

from assistant.compose.grounding import Grounding
from assistant.desk import Desk
from assistant.desk_builder import build_desk
from assistant.reply import ChatReply
from assistant.served import OneDesk
from assistant.service import Assistant
from assistant.session_store import InMemorySessions
from assistant.settings import Settings
from knowledge.documents import ReadingLimits
from knowledge.documents.loading import load
from knowledge.pack import NOTICE_FILE, Pack, load_text
from knowledge.retrieval.entries import pack_entries

QUESTIONS = (
    "四星级要先是三星级吗？",
    "标杆工厂投入要达到多少？",
    "平台类的截止时间是哪天？",
    "星级上云企业的咨询电话是多少？",
    "专项审计报告可以用年度审计代替吗？",
    "我们公司2021年6月在南京成立，想申报平台，可以吗？",
    "两化融合贯标证书有效期有什么要求？",
    "申报材料寄到哪里？",
)
FILES = {
    "notice.docx": typeset.as_word,
    "columns.pdf": lambda content: typeset.as_pdf(content, columns=2),
    "notice.html": typeset.as_html,
    "gbk.txt": lambda content: typeset.as_text(content, "gbk"),
}


def from_file(name: str, pack: Pack, folder: Path) -> Pack:
    """The pack with its notice read from a file, kept as text and loaded again."""
    (document,) = load(FILES[name](typeset.pieces(pack.tree)), name, ReadingLimits())
    (folder / NOTICE_FILE).write_bytes((pack.folder / NOTICE_FILE).read_bytes())
    (folder / pack.notice.text_file).write_text(document.text(), encoding="utf-8", newline="")
    notice, tree = load_text(folder)
    assert notice == pack.notice
    return replace(pack, tree=tree)


def told(reply: ChatReply) -> dict[str, Any]:
    return reply.model_dump(mode="json", exclude={"session_id", "message_id"})


@pytest.fixture(scope="module")
def desk(pack: Pack, index_root: Path) -> Desk:
    return build_desk(pack, Settings(index_root=index_root))


@pytest.mark.parametrize("name", FILES)
def test_the_notice_from_a_file_gives_the_same_answers(
    name: str, assistant: Assistant, desk: Desk, pack: Pack, tmp_path: Path
) -> None:
    read = from_file(name, pack, tmp_path)
    assert tuple(pack_entries(read, str)) == tuple(pack_entries(pack, str))  # so would be the index over them
    other = Assistant(
        OneDesk(replace(desk, pack=read, grounding=Grounding(read.tree, read.notice))),
        InMemorySessions(100, 3600, lambda: 0.0),
        lambda: date(2023, 2, 10),
    )
    for number, question in enumerate(QUESTIONS):
        asked = {"session_id": f"documents-{name}-{number}", "as_of": date(2023, 2, 10)}
        same = told(other.reply(question, **asked))
        assert same == told(assistant.reply(question, **asked))
        assert same["citations"]
