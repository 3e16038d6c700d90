"""What phrases state, learned from a few that people said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.facts.learned.mentions import Kind
from assistant.facts.learned.model import Places, StatementModel, StatementTuning
from knowledge.cues import load_fact_cues
from knowledge.facts import FactSchema
from knowledge.gazetteer import City, Gazetteer, Region
from knowledge.said import Said
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[5] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)

GAZETTEER = Gazetteer(
    provinces=(
        Region(name="江苏", cities=tuple(City(name=name) for name in ("南京", "苏州", "泰州"))),
        Region(name="浙江", cities=tuple(City(name=name) for name in ("杭州", "温州", "宁波"))),
    )
)
PLACES = Places(GAZETTEER, "江苏")
CUES = load_fact_cues(PACK / "fact_cues.yaml").model_copy(update={"gazetteer": GAZETTEER})
SOUND, HERE = "sound_finance", "registered_in_jiangsu"
SAID = [
    Said(text=text, facts=facts)
    for text, facts in (
        ("账目清清爽爽", {SOUND: True}),
        ("账目清楚得很", {SOUND: True}),
        ("账本清清楚楚", {SOUND: True}),
        ("账目一团糟", {SOUND: False}),
        ("账本乱成一锅粥", {SOUND: False}),
        ("账目乱得很", {SOUND: False}),
        ("厂子在南京", {HERE: True}),
        ("厂子在苏州", {HERE: True}),
        ("厂子在杭州", {HERE: False}),
        ("厂子在温州", {HERE: False}),
        ("今天天气不错", {}),
        ("请问在哪里下载", {}),
        ("我想问问电话", {}),
        ("现在四星，想冲五星", {"current_star": 4, "applying_star": 5}),
        ("现在三星，想冲四星", {"current_star": 3, "applying_star": 4}),
        ("现在三星，想冲五星", {"current_star": 3, "applying_star": 5}),
        ("一颗星也没评上", {"current_star": 0}),
    )
]


class Letters:
    """Counts a few characters, and remembers what it was asked to encode."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, texts: list[str]) -> np.ndarray:
        self.texts += texts
        return np.array([[0.3 * (letter in text) for letter in "账清乱厂"] for text in texts], np.float32)


def learn(said: list[Said] = SAID, folder: Path | None = None, **more: Any) -> StatementModel:
    encode = more.pop("encode", Letters())
    return StatementModel(lambda: said, SCHEMA, CUES, encode, "letters", folder, StatementTuning(), **more)


@pytest.fixture(scope="module")
def model() -> StatementModel:
    return learn()


@pytest.mark.parametrize(
    ("phrase", "state"),
    [
        ("账目清清爽爽", (SOUND, True)),
        ("账目清清楚楚的", (SOUND, True)),
        ("账目乱得一塌糊涂", (SOUND, False)),
        ("一颗星也没评上", ("current_star", 0)),
    ],
)
def test_a_phrase_like_those_said_states_the_same(
    model: StatementModel, phrase: str, state: tuple[str, bool | int]
) -> None:
    (heard,) = model.read([phrase])
    assert max(heard, key=heard.__getitem__) == state
    assert heard[state] >= model.tuning.clear_no


@pytest.mark.parametrize("phrase", ["今天天气不错", "请问电话", "完全无关"])
def test_what_states_nothing_is_read_as_nothing(model: StatementModel, phrase: str) -> None:
    assert model.read([phrase]) == [{}]


def test_phrases_are_read_in_their_order_and_singly_alike(model: StatementModel) -> None:
    phrases = ["账目清清爽爽", "今天天气不错", "账目乱得很"]
    together = model.read(phrases)
    for phrase, heard in zip(phrases, together, strict=True):
        (alone,) = model.read([phrase])
        assert heard == pytest.approx(alone, abs=1e-5)


def test_no_phrases_and_no_lessons_state_nothing(model: StatementModel) -> None:
    assert model.read([]) == []
    assert learn([]).read(["账目清清爽爽", "厂子在南京"]) == [{}, {}]
    assert learn([]).owners(["现在甲星"], [Kind.LEVEL]) == [{}]


def test_a_place_never_said_before_is_known_by_its_province(model: StatementModel) -> None:
    assert model.read(["厂子在泰州"]) == model.read(["厂子在南京"])
    (inside,), (outside,) = model.read(["厂子在泰州"]), model.read(["厂子在宁波"])
    assert (HERE, True) in inside
    assert (HERE, False) in outside


def test_names_of_places_are_masked_before_anything_sees_them() -> None:
    encode = Letters()
    learn(encode=encode).read(["厂子在宁波"])
    assert PLACES.masked("泰州的，杭州有分厂，江苏人") == "省内的，省外有分厂，省内人"
    assert not any(name in text for text in encode.texts for name in GAZETTEER.province_of)
    assert encode.texts[-1] == "厂子在省外"


def test_without_a_gazetteer_nothing_is_masked() -> None:
    assert Places(Gazetteer(), "江苏").masked("厂子在南京") == "厂子在南京"


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("现在甲星，想冲乙星", "current_star"),
        ("现在乙星，想冲甲星", "applying_star"),
        ("想冲甲星", "applying_star"),
        ("今天甲星", ""),
        ("甲星的电话", ""),
    ],
)
def test_whose_a_masked_level_is_is_told_or_left_open(model: StatementModel, words: str, fact: str) -> None:
    (margins,) = model.owners([words], [Kind.LEVEL])
    clear = {name for name, margin in margins.items() if margin >= model.tuning.clear}
    assert clear == ({fact} if fact else set())


def test_a_value_is_only_held_against_the_facts_of_its_kind(model: StatementModel) -> None:
    assert model.owners(["现在甲钱"], [Kind.SUM]) == [{}]


def test_a_kept_model_says_the_same(tmp_path: Path, model: StatementModel) -> None:
    learn(folder=tmp_path)
    (file,) = tmp_path.glob("statements-*.npz")
    encode = Letters()
    kept = learn(folder=tmp_path, encode=encode)
    assert encode.texts == []  # nothing is learned again
    phrases = [one.text for one in SAID] + ["账目清清楚楚", "厂子在泰州"]
    assert kept.read(phrases) == model.read(phrases)
    assert kept.owners(["想冲甲星"], [Kind.LEVEL]) == model.owners(["想冲甲星"], [Kind.LEVEL])
    assert list(tmp_path.iterdir()) == [file]


def test_other_phrases_are_kept_apart(tmp_path: Path) -> None:
    learn(folder=tmp_path)
    learn(SAID[:10], folder=tmp_path)
    assert len(list(tmp_path.glob("statements-*.npz"))) == 2


def test_learning_twice_gives_the_same(model: StatementModel) -> None:
    phrases = [one.text for one in SAID]
    assert learn().read(phrases) == model.read(phrases)


def test_what_the_same_sources_taught_is_found_without_reading_the_phrases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taught = learn(folder=tmp_path, made_of="pack 1")
    with monkeypatch.context() as without:
        without.setattr("assistant.facts.learned.model.value_lessons", None)
        assert learn(folder=tmp_path, made_of="pack 1").read(["账目很清楚"]) == taught.read(["账目很清楚"])
        with pytest.raises(TypeError):
            learn(folder=tmp_path, made_of="pack 2")
    assert learn(folder=tmp_path, made_of="pack 2").read(["账目很清楚"]) == taught.read(["账目很清楚"])
    assert len(list(tmp_path.glob("*.npz"))) == 1


def test_a_note_that_says_nonsense_is_written_anew(tmp_path: Path) -> None:
    taught = learn(folder=tmp_path, made_of="pack 1")
    (note,) = tmp_path.glob("lessons-*")
    note.write_bytes(b"\xff\x00")
    assert learn(folder=tmp_path, made_of="pack 1").read(["账目很清楚"]) == taught.read(["账目很清楚"])
    assert note.read_text(encoding="ascii").isalnum()
