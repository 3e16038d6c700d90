from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import IndexUnavailable, UnknownCategory
from knowledge.retrieval.search import ClauseIndex


@pytest.fixture
def away(small_index, monkeypatch):
    """The same index with Chroma failing at every question."""
    index = ClauseIndex(
        tuple(small_index._entries.values()),
        small_index._words,
        small_index.dense,
        small_index.encoder,
        small_index._tokenizer,
    )

    def fail(*_):
        raise IndexUnavailable("索引无法使用")

    monkeypatch.setattr(index.dense, "nearest", fail)
    return index


@pytest.mark.parametrize("mode", ["fused", "dense", "bm25"])
@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("联系电话", "3"),
        ("能源管理体系认证证书", "1.2.1"),
        ("水重复利用率", "1.3.1"),
        ("節水企業報送紙質材料", "2.2"),
    ],
)
def test_every_leg_finds_the_clause(small_index, question, clause, mode):
    assert small_index.search(question, mode=mode)[0].clause_id == clause


def test_a_synonym_finds_what_the_words_alone_do_not(small_index):
    assert small_index.search("打给谁", k=1, mode="bm25")[0].clause_id == "3"
    assert small_index.search("ＥＭＳ要不要", k=1, mode="bm25")[0].clause_id == "1.2.1"


def test_a_hit_names_the_exemplar_that_led_to_it(small_index):
    hit = small_index.search("给个座机号码", k=1)[0]
    assert (hit.clause_id, hit.exemplar, hit.topic) == ("3", "给个座机号码", "phone")
    assert hit.dense == pytest.approx(1.0, abs=1e-4)
    own = small_index.search("水重复利用率不低于百分之八十", k=1)[0]
    assert (own.exemplar, own.topic) == (None, None)


def test_a_category_keeps_the_clauses_that_bind_it(small_index):
    found = {hit.clause_id for hit in small_index.search("还应满足什么条件", k=20, category="water_saver")}
    assert "1.3.1" in found
    assert not found & {"1.2.1", "1.2.2"}


def test_an_exemplar_leads_to_the_answer_for_the_category_asked_about(small_index):
    first = small_index.search("材料往哪儿交", k=1, category="green_factory")[0]
    assert (first.clause_id, first.exemplar) == ("2.1", "材料往哪儿交")
    assert small_index.search("材料往哪儿交", k=1, category="water_saver")[0].clause_id == "2.2"


def test_an_unknown_category_is_refused(small_index):
    with pytest.raises(UnknownCategory, match="没有申报类别 cake"):
        small_index.search("电话", category="cake")


@pytest.mark.parametrize("question", ["", "   ", "\u3000\n"])
def test_a_blank_question_finds_nothing(small_index, question):
    assert small_index.search(question) == ()
    assert small_index.search_exemplars(question) == ()


def test_nothing_is_found_when_nothing_is_wanted(small_index):
    assert small_index.search("电话", k=0) == ()


def test_exemplars_are_found_nearest_first_with_their_topics(small_index):
    found = small_index.search_exemplars("你好呀", k=3)
    assert (found[0].question, found[0].topic) == ("你好呀", "hello")
    assert found[0].similarity == pytest.approx(1.0, abs=1e-4)
    assert [hit.similarity for hit in found] == sorted((hit.similarity for hit in found), reverse=True)


@given(question=st.text(max_size=40), k=st.integers(1, 30), mode=st.sampled_from(["fused", "dense", "bm25"]))
def test_any_question_gives_ordered_scores_within_bounds(small_index, question, k, mode):
    hits = small_index.search(question, k=k, mode=mode)
    scores = [hit.score for hit in hits]
    assert len(hits) <= k
    assert len({hit.clause_id for hit in hits}) == len(hits)
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= value <= 1 for hit in hits for value in (hit.score, hit.lexical, hit.dense or 0))
    assert all((hit.dense is None) == (mode == "bm25") for hit in hits)


def test_keywords_answer_alone_and_say_so_when_chroma_is_away(away):
    hits = away.search("联系电话", k=3)
    assert hits[0].clause_id == "3"
    assert all(hit.dense is None for hit in hits)
    assert hits == away.search("联系电话", k=3, mode="bm25")
    assert away.search_exemplars("给个座机", k=1)[0].topic == "phone"


def test_an_absent_chroma_is_told_once(away, capsys):
    away.search("联系电话")
    away.search("水重复利用率")
    written = capsys.readouterr()  # to either, as logs are configured
    assert (written.out + written.err).count("dense_leg_away") == 1


def test_threads_share_an_index(small_index):
    questions = [f"第{number}个绿色工厂的联系电话" for number in range(40)]
    alone = [small_index.search(question) for question in questions]
    small_index._near.cache_clear()
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(small_index.search, questions)) == alone


def test_langchains_retriever_reads_the_same_collection(small_index):
    documents = small_index.retriever(k=3).invoke("水重复利用率不低于百分之八十")
    assert "水重复利用率" in documents[0].page_content
    assert documents[0].metadata["heading"] == "申报条件 > 对于节水企业，还应满足以下条件"
    assert documents[0].metadata["binds_water_saver"] is True
    assert "binds_green_factory" not in documents[0].metadata
