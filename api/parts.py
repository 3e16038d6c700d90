"""What routes take from their application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request

from knowledge.errors import UnknownPack

if TYPE_CHECKING:
    from api.admission import Admission
    from assistant.records.store import Records
    from assistant.service import Assistant
    from knowledge.pack import Pack


def assistant_of(request: Request) -> Assistant:
    """The assistant. Raises IndexUnavailable as long as it is not there."""
    assistant: Assistant = request.app.state.startup.assistant
    return assistant


def records_of(request: Request) -> Records:
    """What is kept. Raises StorageUnavailable."""
    records: Records = request.app.state.startup.records
    return records


def admission_of(request: Request) -> Admission:
    """Who may ask, over which channel."""
    admission: Admission = request.app.state.admission
    return admission


def pack_of(request: Request, pack_id: str | None) -> Pack:
    """The pack of this id, the default one when absent. Raises UnknownPack."""
    assistant = assistant_of(request)
    try:
        return assistant.packs[pack_id or assistant.default_pack]
    except KeyError as error:
        raise UnknownPack(f"没有知识包 {pack_id}；可用：{'、'.join(assistant.packs)}") from error
