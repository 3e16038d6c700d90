"""What the assistant is compared with under load: `python -m evals.load.servers nothing|langchain PORT`.

Both are plain FastAPI on uvicorn, as the assistant is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from fastapi import FastAPI
from pydantic import BaseModel


class Asked(BaseModel):
    """LangServe's body of `/invoke`."""

    input: str


def nothing() -> FastAPI:
    """An endpoint that reads its body and does nothing."""
    app = _alive(FastAPI())

    @app.post("/invoke")
    def invoke(asked: Asked) -> dict[str, Any]:
        return {"output": len(asked.input)}

    return app


def _alive(app: FastAPI) -> FastAPI:
    @app.get("/readyz")
    def readyz() -> dict[str, bool]:
        return {"ready": True}

    return app


def langchain() -> FastAPI:
    """A retriever behind `/invoke`, as LangServe serves one: the notice's clauses in Chroma, the packaged model.

    The run has an id, tags and metadata of its own, callbacks follow it, and documents leave as LangChain writes them.
    """
    from langchain_core.load import dumpd  # noqa: PLC0415 - heavy

    retriever, followed_by = _retriever(), _callbacks()
    app = _alive(FastAPI())

    @app.post("/invoke")
    async def invoke(asked: Asked) -> dict[str, Any]:
        followed, run = followed_by(), uuid4()
        found = await retriever.ainvoke(
            asked.input,
            config={
                "callbacks": [followed],
                "run_id": run,
                "tags": ["invoke"],
                "metadata": {"path": "/invoke"},
            },
        )
        return {"output": dumpd(found), "metadata": {"run_id": str(run), "feedback_tokens": []}}

    return app


def _retriever() -> Any:
    """LangChain's own, over the clauses of the default pack."""
    from langchain_chroma import Chroma  # noqa: PLC0415 - heavy

    from assistant.settings import read_settings  # noqa: PLC0415
    from knowledge.listed_folders import read_catalogue  # noqa: PLC0415
    from knowledge.pack import load_pack  # noqa: PLC0415
    from knowledge.retrieval.encoder import PackagedEncoder  # noqa: PLC0415

    settings = read_settings()
    listed = read_catalogue(settings.packs_root)
    chosen = settings.default_pack or next(iter(listed))
    clauses = [clause for clause in load_pack(listed[chosen].folder, chosen).tree if clause.text]
    store = Chroma.from_texts(
        [clause.text for clause in clauses],
        PackagedEncoder(),
        metadatas=[{"clause": clause.id} for clause in clauses],
        collection_name="clauses",
    )
    return store.as_retriever()


def _callbacks() -> Callable[[], Any]:
    """What follows a run."""
    from langchain_core.callbacks import AsyncCallbackHandler  # noqa: PLC0415 - heavy

    class Followed(AsyncCallbackHandler):
        """Keeps what happened in a run, of which LangServe tells."""

        def __init__(self) -> None:
            self.events: list[tuple[str, Any]] = []

        async def on_retriever_start(self, *_: Any, **told: Any) -> None:
            self.events.append(("start", told["run_id"]))

        async def on_retriever_end(self, *_: Any, **told: Any) -> None:
            self.events.append(("end", told["run_id"]))

    return Followed


def main(name: str, port: int) -> None:
    """Serve one of the two until told to stop."""
    import uvicorn  # noqa: PLC0415 - heavy

    app = {"nothing": nothing, "langchain": langchain}[name]()
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
