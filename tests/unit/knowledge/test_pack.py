"""Packs on disk."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from knowledge.cues import load_fact_cues
from knowledge.errors import PackError
from knowledge.listed_folders import read_catalogue
from knowledge.pack import PACKS_ROOT, Pack, digest, load_pack, load_text
from knowledge.rules import Comparison

NAME = "jiangsu-2023-industrial-internet"


@pytest.fixture
def drafted(tmp_path: Path) -> Path:
    """A pack with nothing but the notice and its metadata."""
    folder = tmp_path / "packs" / NAME
    folder.mkdir(parents=True)
    for name in ("notice.txt", "pack.yaml"):
        shutil.copy(PACKS_ROOT / NAME / name, folder / name)
    return folder


def test_the_packaged_notice_is_loaded_whole(pack: Pack) -> None:
    assert pack.id == NAME
    assert len(pack.tree) == 35
    assert pack.rules.scope == "3"
    assert pack.topics
    assert pack.schema.spec("registered_on").type == "date"
    assert pack.vocabulary.words


def test_the_packaged_notice_says_who_when_and_where(pack: Pack) -> None:
    notice = pack.notice
    assert {c.category: c.phone for c in notice.contacts} == {
        "platform": "025-69652717",
        "benchmark_factory": "025-69652603",
        "star_cloud": "025-69652719",
    }
    factory, star = notice.window("benchmark_factory"), notice.window("star_cloud")
    assert factory
    assert star
    assert (factory.opens_on, factory.closes_on) == (date(2023, 2, 6), date(2023, 2, 28))
    assert factory.bureau_deadline == date(2023, 3, 15)
    assert (star.opens_on, star.closes_on, star.set_locally) == (date(2023, 2, 6), None, True)
    assert star.bureau_deadline == date(2023, 4, 17)
    assert [annex.number for annex in notice.annexes] == [1, 2, 3, 4, 5, 6, 7]
    assert not any(annex.loaded for annex in notice.annexes)


def test_a_drafted_pack_needs_the_notice_alone(drafted: Path) -> None:
    pack = load_pack(drafted)
    assert len(pack.tree) == 35
    assert pack.rules.criteria == ()
    assert pack.topics == ()
    assert pack.schema.facts == ()
    assert pack.topic("desk-phone") is None


def test_the_text_is_loaded_without_the_rest(drafted: Path) -> None:
    (drafted / "rules.yaml").write_text("broken: [", encoding="utf-8")
    notice, tree = load_text(drafted)
    assert notice.id == NAME
    assert len(tree) == 35
    with pytest.raises(PackError, match=r"rules\.yaml"):
        load_pack(drafted)


def test_the_digest_changes_with_every_file_and_with_nothing_else(drafted: Path) -> None:
    before = digest(drafted)
    assert digest(drafted) == before
    (drafted / ".notes").write_text("x", encoding="utf-8")
    assert digest(drafted) == before
    (drafted / "topics").mkdir()
    (drafted / "topics" / "a.yaml").write_text("topics: []\n", encoding="utf-8")
    added = digest(drafted)
    assert added != before
    (drafted / "topics" / "a.yaml").write_text("topics: {}\n", encoding="utf-8")
    assert digest(drafted) not in {before, added}
    (drafted / "topics" / "a.yaml").rename(drafted / "topics" / "b.yaml")
    assert digest(drafted) not in {before, added}
    shutil.rmtree(drafted / "topics")
    assert digest(drafted) == before


def test_the_digest_does_not_depend_on_the_place(drafted: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere"
    shutil.copytree(drafted, copy)
    assert digest(copy) == digest(drafted)


def test_all_packs_below_a_folder_by_their_ids(drafted: Path) -> None:
    root = drafted.parent
    (root / "no-pack").mkdir()
    assert list(read_catalogue(root)) == [NAME]
    shutil.copytree(drafted, root / "second")
    with pytest.raises(PackError, match="id 重复"):
        read_catalogue(root)


def test_line_ends_of_the_notice_are_kept(drafted: Path) -> None:
    text = (drafted / "notice.txt").read_bytes().decode().replace("\n", "\r\n")
    (drafted / "notice.txt").write_bytes(text.encode())
    _, tree = load_text(drafted)
    clause = tree.get("3.2.1")
    assert "".join(text[a:b] for a, b in clause.spans) == clause.text


@pytest.mark.parametrize(
    ("break_it", "cause"),
    [
        (lambda folder: (folder / "notice.txt").unlink(), "原文不存在"),
        (lambda folder: (folder / "notice.txt").write_bytes("各设区市工信局：".encode("gbk")), "UTF-8"),
        (lambda folder: _replace(folder / "pack.yaml", "notice.txt", "../notice.txt"), "越出"),
        (lambda folder: _replace(folder / "pack.yaml", "year: 2023", "yaer: 2023"), "year"),
        (lambda folder: (folder / "pack.yaml").unlink(), "不存在"),
    ],
)
def test_a_broken_pack_is_refused_with_the_file_and_the_cause(drafted: Path, break_it, cause: str) -> None:  # type: ignore[no-untyped-def]
    break_it(drafted)
    with pytest.raises(PackError, match=cause) as refused:
        load_pack(drafted)
    assert str(drafted) in refused.value.file
    assert refused.value.remedy


def test_a_missing_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="目录不存在"):
        read_catalogue(tmp_path / "none")


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_as_many_of_a_group_as_meet_its_condition_are_those_of_the_rules(pack: Pack) -> None:
    """四项能力都达标 is as many of each as the rules ask for."""
    asked = {c.rule.fact: c.rule.threshold for c in pack.rules.criteria if isinstance(c.rule, Comparison)}
    counts = load_fact_cues(pack.folder / "fact_cues.yaml").counts
    assert {cue.fact: cue.needed for cue in counts} == {cue.fact: asked[cue.fact] for cue in counts}
