"""Arrays come back as they were kept, mapped where they lie straight, and a damaged file is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes

from assistant.kept_arrays import keep_arrays, kept_arrays

KINDS = st.sampled_from([np.float32, np.float64, np.int32, np.int64, np.uint8])
ARRAYS = KINDS.flatmap(
    lambda kind: shapes.arrays(kind, shapes.array_shapes(min_dims=1, max_dims=2, min_side=0, max_side=6))
)


@given(st.dictionaries(st.from_regex(r"[a-z0-9_]{1,12}", fullmatch=True), ARRAYS, min_size=1, max_size=6))
def test_arrays_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, arrays) -> None:
    file = tmp_path_factory.mktemp("kept") / "a.npz"
    keep_arrays(file, arrays)
    found = kept_arrays(file)
    assert found is not None
    assert set(found) == set(arrays)
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype
        assert np.array_equal(found[name], array, equal_nan=array.dtype.kind == "f")
        assert found[name].size == 0 or found[name].ctypes.data % 64 == 0


def test_they_are_mapped_and_cannot_be_written(tmp_path: Path) -> None:
    keep_arrays(tmp_path / "a.npz", {"x": np.ones((100, 7), np.float32)})
    found = kept_arrays(tmp_path / "a.npz")
    assert found is not None
    assert not found["x"].flags.owndata
    with pytest.raises(ValueError, match="read-only"):
        found["x"][0] = 2


def test_files_of_numpy_s_own_are_read(tmp_path: Path) -> None:
    with (tmp_path / "a.npz").open("wb") as stream:
        np.savez(stream, x=np.arange(5), names=np.frombuffer(b"abc", np.uint8))
    found = kept_arrays(tmp_path / "a.npz")
    assert found is not None
    assert found["names"].tobytes() == b"abc"
    assert found["x"].tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("kept", [0, 10, 0.5, 0.99])
def test_a_file_cut_short_is_none(tmp_path: Path, kept: float) -> None:
    file = tmp_path / "a.npz"
    keep_arrays(file, {"x": np.ones(1000, np.float32)})
    whole = file.read_bytes()
    file.write_bytes(whole[: int(kept * len(whole) if kept < 1 else kept)])
    assert kept_arrays(file) is None


def test_no_file_is_none(tmp_path: Path) -> None:
    assert kept_arrays(tmp_path / "a.npz") is None


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Object arrays"):
        keep_arrays(tmp_path / "a.npz", {"x": np.array([object()])})
    assert list(tmp_path.iterdir()) == []
