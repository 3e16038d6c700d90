"""The process in which one file is parsed: `python -m knowledge.documents.worker`.

Standard input is a line of JSON (`name`, `limits`) and then the bytes of the file; standard output is the JSON of the
documents or of the refusal. The process binds itself: memory, processor time, and no file larger than may be unpacked.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

from knowledge.documents.document import as_json
from knowledge.documents.limits import ReadingLimits
from knowledge.errors import DocumentRefused


def main() -> None:
    """Read one file and print what was read."""
    order = json.loads(sys.stdin.buffer.readline())
    limits = ReadingLimits(**order["limits"])
    bind(limits)
    from knowledge.documents.loading import load  # noqa: PLC0415 - bounded, too

    try:
        documents = load(sys.stdin.buffer.read(), order["name"], limits)
        answer: dict[str, Any] = {"documents": [as_json(document) for document in documents]}
    except DocumentRefused as refused:
        answer = {"refused": [refused.file, refused.cause, refused.remedy]}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def bind(limits: ReadingLimits) -> None:
    """Hold this process and those that it starts to the bounds."""
    seconds = int(limits.seconds) + 1
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.unpacked_bytes, limits.unpacked_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
