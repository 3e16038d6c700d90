"""Vectors in a real Chroma server: shared, built once, and away at times."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Iterator
from typing import Any

import chromadb
import pytest
from chroma_server import ChromaServer

from knowledge.errors import IndexUnavailable
from knowledge.retrieval.dense_server import PATIENCE, ServerLeg
from knowledge.retrieval.entries import pack_entries
from knowledge.retrieval.index import open_index
from knowledge.retrieval.manifest import Sources
from knowledge.retrieval.settings import IndexSettings

QUESTION = "联系电话"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    made = ChromaServer(tmp_path_factory.mktemp("chroma"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def running(server: ChromaServer) -> Iterator[ChromaServer]:
    """The server, running again afterwards whatever a test did to it."""
    yield server
    server.stop()
    server.start()


@pytest.fixture
def client(server: ChromaServer) -> Any:
    return chromadb.HttpClient(host="127.0.0.1", port=server.port)


@pytest.fixture
def opened(small_pack: Any, tmp_path: Any) -> Iterator[Any]:
    """Opens the small pack's index as one machine or another."""
    made: list[Any] = []

    def machine(url: str | None, name: str = "one", digest: str = "d") -> Any:
        pack = dataclasses.replace(small_pack, digest=digest)
        made.append(open_index(pack, IndexSettings(index_root=tmp_path / name, chroma=url)))
        return made[-1]

    yield machine
    for index in made:
        index.close()


def names(client: Any) -> set[str]:
    return {collection.name for collection in client.list_collections()}


def eventually(true: Any, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_server_finds_what_an_embedded_index_finds(server, opened):
    embedded, served = opened(None), opened(server.url, "two")
    assert served.by_meaning
    for question in (QUESTION, "联系电话", "谁可以申报"):
        mine, theirs = embedded.search(question), served.search(question)
        assert [hit.clause_id for hit in mine] == [hit.clause_id for hit in theirs]
        assert [hit.dense for hit in mine] == pytest.approx([hit.dense for hit in theirs], abs=1e-4)
        category = sorted(embedded._categories)[0]
        assert [hit.clause_id for hit in embedded.search(question, category=category)] == [
            hit.clause_id for hit in served.search(question, category=category)
        ]


def test_another_machine_takes_what_one_has_made(server, opened, client, monkeypatch):
    opened(server.url, digest="shared")
    before = names(client)
    monkeypatch.setattr(ServerLeg, "_build", lambda *_: pytest.fail("built again"))
    assert opened(server.url, "two", digest="shared").by_meaning
    assert names(client) == before


def test_machines_that_start_at_once_end_with_one_collection(server, small_pack, small_index, client):
    entries = pack_entries(small_pack, str)
    sources = Sources.of("at-once", "d", "m", "t")
    legs: list[ServerLeg] = []
    threads = [
        threading.Thread(
            target=lambda: legs.append(ServerLeg(server.url, sources, entries, small_index.encoder))
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    vector = small_index.encoder.encode([entries[0].text])
    for leg in legs:
        assert leg.nearest(vector, 1)[0][0][0] == entries[0].id
    assert sum(name.startswith("at-once--") for name in names(client)) == 1


def test_the_collection_before_stays_and_older_ones_go(server, opened, client):
    made = [opened(server.url, digest=digest).dense.name for digest in ("v1", "v2", "v3", "v4")]
    assert {name for name in names(client) if name.startswith("small-2024-green--")} == set(made[2:])


def test_while_the_server_is_away_keywords_answer_and_it_comes_back_by_itself(running, opened):
    index = opened(running.url)
    assert index.search(QUESTION)[0].dense is not None
    running.stop()
    began = time.monotonic()
    hits = index.search("另一个没有问过的问题：联系电话")
    assert time.monotonic() - began < 1.5
    assert hits
    assert all(hit.dense is None for hit in hits)
    assert not index.by_meaning
    began = time.monotonic()
    for n in range(50):
        index.search(f"第{n}个问题：联系电话")
    assert time.monotonic() - began < 5 * PATIENCE  # who waited for it each time would take fifty
    running.start()
    eventually(lambda: index.by_meaning)
    assert index.search("请问联系电话")[0].dense is not None


def test_no_question_waits_long_for_a_server_that_never_answers(running, opened):
    index = opened(running.url)
    running.freeze()
    waited = []

    def ask(n: int) -> None:
        began = time.monotonic()
        assert index.search(f"第{n}个：联系电话")
        waited.append(time.monotonic() - began)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(waited) == 8
    assert max(waited) < PATIENCE + 1.5  # of eight at once on a busy machine
    began = time.monotonic()
    index.search("又一个：联系电话")
    assert time.monotonic() - began < 0.5
    running.thaw()
    eventually(lambda: index.by_meaning)


def test_a_service_that_starts_while_the_server_is_away_answers_and_finds_it_later(running, opened):
    running.stop()
    began = time.monotonic()
    index = opened(running.url, "three", digest="later")
    assert time.monotonic() - began < 10
    assert not index.by_meaning
    assert index.search(QUESTION)
    running.start()
    eventually(lambda: index.by_meaning)
    assert index.search("请问联系电话")[0].dense is not None


def test_a_collection_that_lost_entries_or_is_gone_is_made_again(server, opened, client):
    index = opened(server.url, digest="damaged")
    name = index.dense.name
    collection = client.get_collection(name, embedding_function=None)
    collection.delete(ids=collection.get(limit=2)["ids"])
    again = opened(server.url, "two", digest="damaged")
    assert again.by_meaning
    assert client.get_collection(name, embedding_function=None).count() == again.dense.size
    client.delete_collection(name)
    index.search("删了以后：联系电话")
    eventually(lambda: name in names(client) and index.by_meaning)
    assert index.search("重建以后：联系电话")[0].dense is not None


def test_a_closed_leg_looks_no_longer(running, opened):
    index = opened(running.url)
    running.stop()
    index.close()
    with pytest.raises(IndexUnavailable):
        index.dense.nearest(index.encoder.encode(["问"]), 1)
    assert not index.dense._looking
