"""A draft made into the folder of a pack, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from knowledge.drafting.draft import TEXT_FILE, Draft
from knowledge.drafting.proposal import PROPOSALS_FILE, Proposals
from knowledge.drafting.topics import draft_topics, load_generic_topics
from knowledge.drafting.yaml_text import dump
from knowledge.errors import PackError
from knowledge.pack import NOTICE_FILE, TOPICS_FOLDER

PROPOSALS_HEAD = (
    "# 规则建议：每条都有条款、原文和把握程度，未经人接受的不生效。\n"
    "# 用 shenbao knowledge proposals、accept、reject 查看和决定；接受后写入 facts.yaml、rules.yaml、fact_cues.yaml。\n"
)
_PACK_HEAD = "# 由通知原文起草，请对照原文核对；网址、电话按通知原样照录。\n"
_TOPICS_HEAD = "# 各地通知都有的问点，答案由原文起草；可以改写，也可以另建文件补充。\n"
_VOCABULARY = "# 本通知的用语和大家的说法。\nwords: [{words}]\nsynonyms:\n  联系方式: [电话, 座机, 打给谁]\n  申报材料: [资料, 文件]\n"
_TOPICS_FILE = "drafted.yaml"


def write_pack(draft: Draft, root: Path) -> Path:
    """Write the draft below `root` and give its folder. Raises PackError where the id is taken."""
    folder = root / draft.notice.id
    if folder.exists():
        raise PackError(folder, 0, f"知识包 {draft.notice.id} 已经存在", "请换一个 ID，或先移走原来的知识包")
    root.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=".draft-", dir=root))
    try:
        _write(draft, building)
        building.chmod(0o755)
        building.rename(folder)
    except OSError:
        shutil.rmtree(building, ignore_errors=True)
        if folder.exists():
            raise PackError(folder, 0, f"知识包 {draft.notice.id} 已经存在", "请换一个 ID") from None
        raise
    return folder


def _write(draft: Draft, folder: Path) -> None:
    generic = load_generic_topics()
    topics = draft_topics(draft, generic)
    known = {topic.id for topic in topics if topic.suggestion}
    suggested = {
        route: tuple(topic for topic in ids if topic in known) for route, ids in generic.suggested.items()
    }
    notice = draft.notice.model_copy(update={"suggested": suggested})
    (folder / TEXT_FILE).write_bytes(draft.source.encode())
    # Every field is told, so that whoever completes the pack sees what may be said.
    (folder / NOTICE_FILE).write_text(_PACK_HEAD + dump(notice.model_dump()), encoding="utf-8")
    (folder / TOPICS_FOLDER).mkdir()
    (folder / TOPICS_FOLDER / _TOPICS_FILE).write_text(
        _TOPICS_HEAD + dump({"topics": topics}), encoding="utf-8"
    )
    words = ", ".join(dict.fromkeys(category.short for category in notice.categories))
    (folder / "vocabulary.yaml").write_text(_VOCABULARY.format(words=words), encoding="utf-8")
    write_proposals(folder, Proposals(proposals=draft.proposals))


def write_proposals(folder: Path, proposals: Proposals) -> None:
    """Keep the proposals of a pack."""
    (folder / PROPOSALS_FILE).write_text(proposals_text(proposals), encoding="utf-8")


def proposals_text(proposals: Proposals) -> str:
    """proposals.yaml as it is kept."""
    return PROPOSALS_HEAD + dump({"proposals": proposals.proposals})
