"""The catalogue as the folders have it: which heads are parsed, and what of it is read again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge import listed_folders
from knowledge.listed_folders import LiveCatalogue, read_catalogue

SMALL = Path(__file__).parents[2] / "fixtures" / "small_pack"


def write(root: Path, folder: str, **changes: str) -> Path:
    shutil.copytree(SMALL, root / folder)
    file = root / folder / "pack.yaml"
    text = file.read_text(encoding="utf-8")
    for key, value in changes.items():
        text = "\n".join(line for line in text.splitlines() if not line.startswith(f"{key}:"))
        text += f"\n{key}: {value}\n"
    file.write_text(text, encoding="utf-8")
    return root / folder


def test_kept_heads_are_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "packs", "one")
    kept = tmp_path / "kept.json"
    first = read_catalogue(tmp_path / "packs", kept)
    monkeypatch.setattr(listed_folders, "load_model", lambda *_: pytest.fail("parsed"))
    assert dict(read_catalogue(tmp_path / "packs", kept)) == dict(first)


@pytest.mark.parametrize("damaged", ["", "[]", '{"x": 1}', '{"%s": [1, 2, {}]}'])
def test_a_damaged_list_of_heads_is_read_anew(tmp_path: Path, damaged: str) -> None:
    folder = write(tmp_path / "packs", "one")
    (tmp_path / "kept.json").write_text(damaged.replace("%s", str(folder)), encoding="utf-8")
    assert list(read_catalogue(tmp_path / "packs", tmp_path / "kept.json")) == ["small-2024-green"]


def test_a_running_service_sees_new_packs_and_changed_heads(tmp_path: Path) -> None:
    root = tmp_path / "packs"
    write(root, "one")
    live = LiveCatalogue(root, tmp_path / "kept.json")
    (root / "two").mkdir()
    assert list(live.now()) == ["small-2024-green"]
    shutil.copy(SMALL / "notice.txt", root / "two")
    (root / "two" / "pack.yaml").write_text(
        (SMALL / "pack.yaml").read_text(encoding="utf-8").replace("id: small-2024-green", "id: two"),
        encoding="utf-8",
    )
    assert set(live.now()) == {"small-2024-green", "two"}
    file = root / "two" / "pack.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "superseded_by: small-2024-green\n", encoding="utf-8")
    assert live.now("two")["two"].head.superseded_by == "small-2024-green"


def test_what_cannot_be_read_leaves_the_list_as_it_was_and_is_told(tmp_path: Path) -> None:
    root = tmp_path / "packs"
    folder = write(root, "one")
    live = LiveCatalogue(root)
    good = (folder / "pack.yaml").read_text(encoding="utf-8")
    (folder / "pack.yaml").write_text("id: a\nid: a\n", encoding="utf-8")
    assert list(live.now("small-2024-green")) == ["small-2024-green"]
    assert live.failure is not None
    assert "键重复" in live.failure
    (folder / "pack.yaml").write_text(good, encoding="utf-8")
    live.now("small-2024-green")
    assert live.failure is None
