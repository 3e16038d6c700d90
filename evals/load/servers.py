"""What the assistant is compared with under load: `python -m evals.load.servers nothing|langchain PORT`.

Both are plain FastAPI on uvicorn, as the assistant is.
"""

from __future__ import annotations

import sys
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel


class Asked(BaseModel):
    """LangServe's body of `/invoke`."""

    input: str


def nothing() -> FastAPI:
    """An endpoint that reads its body and does nothing."""
    app = FastAPI()

    @app.post("/invoke")
    def invoke(asked: Asked) -> dict[str, Any]:
        return {"output": len(asked.input)}

    @app.get("/readyz")
    def readyz() -> dict[str, bool]:
        return {"ready": True}

    return app


def langchain() -> FastAPI:
    """A retriever behind `/invoke`: the notice's clauses in Chroma, the packaged model, four documents found."""
    from langchain_chroma import Chroma  # noqa: PLC0415 - heavy

    from assistant.settings import read_settings  # noqa: PLC0415
    from knowledge.catalogue import read_catalogue  # noqa: PLC0415
    from knowledge.pack import load_pack  # noqa: PLC0415
    from knowledge.retrieval.encoder import PackagedEncoder  # noqa: PLC0415

    settings = read_settings()
    listed = read_catalogue(settings.packs_root)
    chosen = settings.default_pack or next(iter(listed))
    pack = load_pack(listed[chosen].folder, chosen)
    clauses = [clause for clause in pack.tree if clause.text]
    store = Chroma.from_texts(
        [clause.text for clause in clauses],
        PackagedEncoder(),
        metadatas=[{"clause": clause.id} for clause in clauses],
        collection_name="clauses",
    )
    retriever = store.as_retriever()
    app = nothing()
    app.router.routes = [route for route in app.router.routes if getattr(route, "path", "") != "/invoke"]

    @app.post("/invoke")
    def invoke(asked: Asked) -> dict[str, Any]:
        found = retriever.invoke(asked.input)
        return {"output": [{"page_content": d.page_content, "metadata": d.metadata} for d in found]}

    return app


def main(name: str, port: int) -> None:
    """Serve one of the two until told to stop."""
    import uvicorn  # noqa: PLC0415 - heavy

    app = {"nothing": nothing, "langchain": langchain}[name]()
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
