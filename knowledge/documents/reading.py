"""A file → the documents in it.

Parsing happens in a process of its own, bounded in memory and time, so that no file whatever harms the one that asks.
"""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from knowledge.documents.document import Document, from_json
from knowledge.documents.limits import MEBIBYTE, ReadingLimits
from knowledge.errors import DocumentRefused

_COMMAND = (sys.executable, "-P", "-m", "knowledge.documents.worker")
_SMALLER = "请拆成较小的文件，去掉大幅图片"


def read_document(source: Path | bytes, name: str = "", limits: ReadingLimits | None = None) -> Document:
    """The one document of a file; see `read_documents`. Raises DocumentRefused, also for an archive of several."""
    documents = read_documents(source, name, limits)
    if len(documents) > 1:
        name = name or (source.name if isinstance(source, Path) else "")
        raise DocumentRefused(name, f"压缩包内有 {len(documents)} 个文件", "请解压后逐个提供")
    return documents[0]


def read_documents(
    source: Path | bytes, name: str = "", limits: ReadingLimits | None = None
) -> tuple[Document, ...]:
    """The documents of a file: one, or those of an archive in the order of their paths.

    `name` is what messages call the file, and its extension what it is taken for; a path has both of its own.
    Raises DocumentRefused, within the bounds.
    """
    limits = limits or ReadingLimits()
    name = name or (source.name if isinstance(source, Path) else "文件")
    content = source if isinstance(source, bytes) else _content(source, name, limits)
    if len(content) > limits.file_bytes:
        raise _too_large(name, len(content), limits)
    if not content:
        raise DocumentRefused(name, "文件是空的", "请核对后重新提供")
    answer = json.loads(_parse(content, name, limits))
    if "refused" in answer:
        raise DocumentRefused(*answer["refused"])
    return tuple(from_json(document) for document in answer["documents"])


def _content(file: Path, name: str, limits: ReadingLimits) -> bytes:
    """The bytes of a file on disk, of no more than may be; what is no plain file is not opened for long."""
    try:
        # Without waiting, else a pipe or a device would hold us up before we know what it is.
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise DocumentRefused(
            name, "没有这个文件", "请核对路径；若是快捷方式，它指向的文件可能已移走"
        ) from None
    except (OSError, ValueError) as error:  # a path with a zero in it is a ValueError
        cause = getattr(error, "strerror", None) or "路径不合规"
        raise DocumentRefused(name, f"文件打不开（{cause}）", "请核对路径和读取权限") from error
    try:
        about = os.fstat(descriptor)
        if stat.S_ISDIR(about.st_mode):
            raise DocumentRefused(name, "这是文件夹，不是文件", "请逐个提供其中的文件，或打包成 .zip")
        if not stat.S_ISREG(about.st_mode):
            raise DocumentRefused(name, "这不是普通文件", "请提供文件本身")
        if about.st_size > limits.file_bytes:
            raise _too_large(name, about.st_size, limits)
        with open(descriptor, "rb", closefd=False) as opened:
            return opened.read(limits.file_bytes + 1)
    finally:
        os.close(descriptor)


def _too_large(name: str, size: int, limits: ReadingLimits) -> DocumentRefused:
    shown = f"{size / MEBIBYTE:.0f} MB，超过 {limits.file_bytes / MEBIBYTE:.0f} MB"
    return DocumentRefused(name, f"文件有 {shown}", _SMALLER)


def _parse(content: bytes, name: str, limits: ReadingLimits) -> bytes:
    """What the parsing process says of the file."""
    order = json.dumps({"name": name, "limits": asdict(limits)}).encode() + b"\n"
    process = subprocess.Popen(  # noqa: S603 - this interpreter and a module of ours
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(order + content, timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        raise DocumentRefused(name, f"读取超过 {limits.seconds:g} 秒", _SMALLER) from None
    finally:
        _end(process)
    if process.returncode:
        cause = "读取超过了时间或内存的上限，或文件已损坏"
        raise DocumentRefused(name, cause, f"{_SMALLER}；或用原来的软件打开后另存再提供")
    return said


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process with all that it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
