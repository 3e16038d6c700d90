"""`Idempotency-Key`: by which a request that is sent again is known (IETF draft-ietf-httpapi-idempotency-key-header)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Header

from api.admission import Caller
from api.schemas import ALLOWED, Body
from assistant.session_store import Asker, RequestKey

HEADER = "Idempotency-Key"


async def _key(
    key: Annotated[
        str | None,
        Header(alias=HEADER, description=ALLOWED[HEADER], pattern=r'^(?:"[!#-~]{1,200}"|[!#-~]{1,200})$'),
    ] = None,
) -> str | None:
    return None if key is None else key.strip('"')


Key = Annotated[str | None, Depends(_key)]
"""The key of a request, with or without the quotation marks of a structured field."""


def keyed(
    caller: Caller, key: str | None, operation: str, body: Body, session_id: str | None = None
) -> Asker:
    """The caller with the key of this request: it holds for this visitor, channel and session alone."""
    if key is None:
        return caller.asker
    asker = caller.asker
    scope = " ".join((asker.channel, asker.visitor, session_id or ""))
    content = f"{operation}\n{body.model_dump_json()}"
    digest = hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()
    return replace(asker, request=RequestKey(scope, key, digest))
