"""Arrays that were learned, kept in a file from which they are mapped: nothing is read before it is looked at,
and processes that answer from the same file share its memory.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import structlog

_ALIGNED = 64
_HEADER = 30
_log = structlog.get_logger(__name__)


def keep_arrays(file: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Write the arrays into `file`, in one step: an `.npz` whose arrays begin at multiples of 64 bytes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for name, array in arrays.items():
                info = zipfile.ZipInfo(f"{name}.npy")
                # Padding in the extra field, as zipalign does: arrays that lie askew are copied at every use.
                begins = stream.tell() + _HEADER + len(info.filename.encode()) + _EXTRA
                info.extra = _padding(-begins % _ALIGNED)
                with archive.open(info, "w", force_zip64=array.nbytes > _LARGE) as member:
                    np.lib.format.write_array(member, np.ascontiguousarray(array), allow_pickle=False)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


_EXTRA = 4
_LARGE = 1 << 30


def _padding(size: int) -> bytes:
    return b"\x35\xd9" + size.to_bytes(2, "little") + bytes(size)


def kept_arrays(file: Path) -> Mapping[str, npt.NDArray[Any]] | None:
    """The arrays of `file`, read-only; None where there is none or it is damaged."""
    try:
        with zipfile.ZipFile(file) as archive, file.open("rb") as stream:
            return {
                info.filename.removesuffix(".npy"): _mapped(file, stream, info) for info in archive.infolist()
            }
    except FileNotFoundError:
        return None
    except (OSError, ValueError, zipfile.BadZipFile, EOFError) as error:
        _log.warning("kept_arrays_damaged", file=str(file), cause=str(error))
        return None


def _mapped(file: Path, stream: Any, info: zipfile.ZipInfo) -> npt.NDArray[Any]:
    stream.seek(info.header_offset)
    header = stream.read(_HEADER)
    named, more = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
    stream.seek(info.header_offset + _HEADER + named + more)
    version = np.lib.format.read_magic(stream)
    read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, fortran, dtype = read(stream)
    offset = stream.tell()
    if not all(shape):
        return np.zeros(shape, dtype)
    mapped = np.memmap(file, dtype, "r", offset, shape, "F" if fortran else "C")
    # As a plain array: every look at a memmap makes another one.
    array: npt.NDArray[Any] = np.asarray(mapped).view(np.ndarray)
    return array if array.flags.aligned else array.copy()
