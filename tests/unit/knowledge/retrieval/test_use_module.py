from __future__ import annotations

import shutil

import numpy as np
import pytest

from knowledge.errors import IndexUnavailable
from knowledge.retrieval.encoder import PackagedEncoder, load_encoder
from knowledge.retrieval.settings import IndexSettings

TEXTS = ["截止时间是哪天", "两化融合管理体系贯标证书", "你好", "申报条件" * 200]


@pytest.fixture(scope="module")
def model():
    from knowledge.retrieval.use_module import packaged_sentence_transformer  # noqa: PLC0415 - loads torch

    return packaged_sentence_transformer()


@pytest.fixture(scope="module")
def saved(model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("model")
    model.save(str(folder))
    return folder


def test_both_ways_give_the_same_vectors(model):
    assert np.abs(model.encode(TEXTS) - PackagedEncoder().encode(TEXTS)).max() < 2e-6


def test_a_prompt_stands_before_the_text(model):
    assert np.allclose(model.encode(["电话"], prompt="问："), model.encode(["问：电话"]), atol=2e-6)


def test_the_module_tells_its_size_and_follows_its_device(model):
    module = model[0]
    assert module.get_embedding_dimension() == 512
    assert str(model.device) == "cpu"
    assert module({"texts": ["电话"]})["sentence_embedding"].device == module.anchor.device


def test_a_saved_model_is_read_back_where_its_code_is_allowed(saved):
    encoder = load_encoder(IndexSettings(model=str(saved), allow_remote_code=True))
    assert np.abs(encoder.encode(TEXTS) - PackagedEncoder().encode(TEXTS)).max() < 2e-6


def test_code_of_a_model_does_not_run_unless_the_operator_allows_it(saved):
    encoder = load_encoder(IndexSettings(model=str(saved)))
    with pytest.raises(IndexUnavailable, match="SHENBAO_ALLOW_REMOTE_CODE"):
        encoder.encode(["电话"])


def test_the_digest_follows_the_models_files(saved, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(saved, copy)
    first = load_encoder(IndexSettings(model=str(copy))).digest
    assert load_encoder(IndexSettings(model=str(copy))).digest == first
    (copy / "modules.json").write_text("[]", encoding="utf-8")
    assert load_encoder(IndexSettings(model=str(copy))).digest != first


def test_a_folder_that_is_no_model_is_told_with_the_way_out(tmp_path):
    (tmp_path / "modules.json").write_text("{", encoding="utf-8")
    encoder = load_encoder(IndexSettings(model=str(tmp_path)))
    with pytest.raises(IndexUnavailable, match="无法载入"):
        encoder.encode(["电话"])
