"""What is packed (.zip, and .docx and .xlsx, which are zip archives): measured before anything is parsed.

What an archive says of its sizes may be a lie; only counting while unpacking tells.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePosixPath

from knowledge.documents.limits import MEBIBYTE, ReadingLimits
from knowledge.errors import DocumentRefused

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    NotImplementedError,
    OSError,
    EOFError,
    OverflowError,
    RuntimeError,
)
"""What zipfile raises for an archive that is cut off, overwritten or packed in a way that it does not know."""
_CHUNK = 1 << 16
_UTF8_NAME = 0x800
"""The flag of a name in UTF-8; without it, names of Chinese archives are in GBK."""
_ENCRYPTED = 0x1
_HOUSEKEEPING = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"})


def check_package(content: bytes, name: str, limits: ReadingLimits) -> frozenset[str]:
    """The names of the members, each unpacked once to see that all are no larger than they may be.

    Raises DocumentRefused.
    """
    with _opened(content, name, limits) as archive:
        left = limits.unpacked_bytes
        for member in archive.infolist():
            for chunk in _chunks(archive, member):
                left = _spend(left, chunk, name, limits)
        return frozenset(archive.namelist())


def unpack(content: bytes, name: str, limits: ReadingLimits) -> Iterator[tuple[str, bytes]]:
    """The files of an archive with their paths, in the order of these. Raises DocumentRefused."""
    with _opened(content, name, limits) as archive:
        left = limits.unpacked_bytes
        for path, member in sorted(
            ((_path(member), member) for member in archive.infolist()), key=lambda named: named[0]
        ):
            if member.is_dir() or _is_housekeeping(path):
                continue
            unpacked = bytearray()
            for chunk in _chunks(archive, member):
                left = _spend(left, chunk, name, limits)
                unpacked += chunk
            yield path, bytes(unpacked)


def member_names(content: bytes) -> frozenset[str]:
    """The names in an archive, none where it is damaged."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except DAMAGED:
        return frozenset()


@contextmanager
def _opened(content: bytes, name: str, limits: ReadingLimits) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > limits.members:
                raise DocumentRefused(
                    name, f"内含 {len(members)} 个文件，超过 {limits.members} 个", "请只打包需要的文件"
                )
            if any(member.flag_bits & _ENCRYPTED for member in members):
                raise DocumentRefused(name, "压缩包已加密", "请取消密码后重新提供")
            yield archive
    except DAMAGED as error:
        raise DocumentRefused(name, "文件不完整或已损坏，无法解开", "请重新下载或另存后再提供") from error


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as unpacked:
        while chunk := unpacked.read(_CHUNK):
            yield chunk


def _spend(left: int, chunk: bytes, name: str, limits: ReadingLimits) -> int:
    if left < len(chunk):
        raise DocumentRefused(
            name,
            f"解开后超过 {limits.unpacked_bytes // MEBIBYTE} MB，疑似压缩炸弹",
            "请核对文件来源；如确需导入，请拆成较小的文件，去掉大幅图片",
        )
    return left - len(chunk)


def _path(member: zipfile.ZipInfo) -> str:
    """The path as it was meant: zipfile reads names without the flag of UTF-8 as those of MS-DOS."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _is_housekeeping(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return not parts or not _HOUSEKEEPING.isdisjoint(parts) or parts[-1].startswith(("~$", "._"))
