"""No text is embedded twice, by no process, and a damaged file costs time alone."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from knowledge.retrieval import kept_vectors
from knowledge.retrieval.encoder import Encoder
from knowledge.retrieval.kept_vectors import KeepingEncoder, KeptVectors


class Counting(Encoder):
    """Tells what it was asked to embed."""

    def __init__(self, digest: str = "counting 1") -> None:
        self._digest, self.embedded = digest, []

    @property
    def digest(self) -> str:
        return self._digest

    def encode(self, texts):
        self.embedded += texts
        rows = np.array(
            [[len(text), *(ord(c) % 7 for c in (text + "ab")[:2]), 1] for text in texts], np.float32
        )
        return rows.reshape(len(texts), 4)


TEXTS = [f"第{n}条" for n in range(30)]


def test_a_text_is_embedded_once(tmp_path: Path) -> None:
    inner = Counting()
    first = KeepingEncoder(inner, KeptVectors(tmp_path / "v"))
    rows = first.encode_kept([*TEXTS, *TEXTS])
    assert inner.embedded == TEXTS
    again = KeepingEncoder(inner, KeptVectors(tmp_path / "v"))
    assert np.array_equal(again.encode_kept([*TEXTS, "新"])[:30], rows[:30])
    assert inner.embedded == [*TEXTS, "新"]


def test_questions_are_not_kept(tmp_path: Path) -> None:
    encoder = KeepingEncoder(Counting(), KeptVectors(tmp_path / "v"))
    encoder.encode(["问"])
    encoder.embed_query("问")
    assert not (tmp_path / "v").exists()
    encoder.embed_documents(["文"])
    assert (tmp_path / "v").exists()


def test_another_model_has_vectors_of_its_own(tmp_path: Path) -> None:
    for digest in ("one", "two", "one"):
        inner = Counting(digest)
        KeepingEncoder(inner, KeptVectors(tmp_path / "v")).encode_kept(TEXTS)
        assert inner.embedded == ([] if (tmp_path / digest).exists() else TEXTS)
        (tmp_path / digest).touch()


def test_no_texts_give_no_rows(tmp_path: Path) -> None:
    assert KeepingEncoder(Counting(), KeptVectors(tmp_path / "v")).encode_kept([]).shape == (0, 4)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100, None])
def test_a_damaged_file_costs_time_alone(tmp_path: Path, content: bytes | None) -> None:
    file, inner = tmp_path / "v", Counting()
    KeepingEncoder(inner, KeptVectors(file)).encode_kept(TEXTS)
    if content is None:
        with sqlite3.connect(file) as connection:
            connection.execute("DROP TABLE vectors")
            connection.execute("CREATE TABLE vectors (other TEXT)")
    else:
        file.write_bytes(content)
    for _ in range(3):
        assert KeepingEncoder(inner, KeptVectors(file)).encode_kept(TEXTS).shape == (30, 4)


def test_a_place_that_cannot_be_written_costs_time_alone(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    encoder = KeepingEncoder(Counting(), KeptVectors(tmp_path / "file" / "v"))
    assert encoder.encode_kept(TEXTS).shape == (30, 4)


def test_what_was_embedded_before_a_failure_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_vectors, "BATCH", 10)
    inner = Counting()
    embed = inner.encode

    def failing(texts):
        if len(inner.embedded) >= 20:
            raise MemoryError
        return embed(texts)

    inner.encode = failing
    with pytest.raises(MemoryError):
        KeepingEncoder(inner, KeptVectors(tmp_path / "v")).encode_kept(TEXTS)
    fresh = Counting()
    KeepingEncoder(fresh, KeptVectors(tmp_path / "v")).encode_kept(TEXTS)
    assert fresh.embedded == TEXTS[20:]


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[int] = []
    KeepingEncoder(Counting(), KeptVectors(tmp_path / "v"), told.append).encode_kept(TEXTS)
    assert sum(told) == 30


_WRITER = """
import sys
from pathlib import Path
from knowledge.retrieval.kept_vectors import KeptVectors
kept = KeptVectors(Path(sys.argv[1]))
n = 0
while True:
    kept.keep({b"%016d" % (n + i): bytes(2048) for i in range(64)})
    n += 64
    print(n, flush=True)
"""


def test_a_process_killed_while_it_keeps_leaves_what_it_had_kept(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path / "v")], stdout=subprocess.PIPE, encoding="utf-8"
    ) as writer:
        assert writer.stdout
        told = [int(writer.stdout.readline()) for _ in range(5)]
        time.sleep(0.02)
        writer.kill()
    keys = [b"%016d" % n for n in range(told[-1])]
    assert len(KeptVectors(tmp_path / "v").find(keys)) == len(keys)
    assert KeptVectors(tmp_path / "v").keep({b"x" * 16: b"y"})
