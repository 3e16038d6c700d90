"""A model that is taught new topics and further questions of those it knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from assistant.understanding.intent import IntentModel, IntentTuning, bare
from assistant.understanding.lessons import Lessons
from knowledge.models import Topic

TUNING = IntentTuning(few=6, sample=4)
DEADLINE = ("什么时候截止", "截止日期是哪天", "最晚哪天截止", "申报截止到几号", "截止时间")
PHONE = ("咨询电话多少", "电话是多少", "打哪个电话咨询", "有没有咨询电话", "联系电话")
MAIL = ("材料寄到哪里", "邮寄地址", "纸质材料寄到什么地方", "往哪里邮寄材料", "寄给谁")
INVOICES = ("发票复印件要不要盖章", "发票需要盖公章吗", "盖章的发票复印件行不行")


class Letters:
    """Texts as unit vectors of the characters they hold, so that likeness is of wording alone."""

    def encode_kept(self, texts: list[str]) -> np.ndarray:
        return self.encode(texts)

    def encode(self, texts: list[str]) -> np.ndarray:
        rows = np.zeros((len(texts), 64), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for character in text:
                row[ord(character) % 64] += 1.0
            np.divide(row, max(float(np.linalg.norm(row)), 1e-9), out=row)
        return rows


def topic(name: str, questions: Sequence[str]) -> Topic:
    return Topic(id=name, route="lookup", title=name, questions=tuple(questions))


TOPICS = [topic("deadline", DEADLINE), topic("phone", PHONE), topic("mail", MAIL)]


@pytest.fixture(scope="module")
def model() -> IntentModel:
    return IntentModel(TOPICS, Letters(), "letters", None, TUNING)


@pytest.fixture(scope="module")
def taught(model: IntentModel) -> IntentModel:
    return model.taught([topic("invoices", INVOICES)], {})


def best(model: IntentModel, text: str) -> str:
    return model.classify([text])[0][0].topic.id


KNOWN = [(text, one.id) for one in TOPICS for text in one.questions]
ASKED = [("几号截止", "deadline"), ("电话号码多少", "phone"), ("材料寄哪", "mail")]


@pytest.mark.parametrize(("text", "name"), KNOWN + ASKED)
def test_a_question_has_the_topic_of_its_exemplars(model: IntentModel, text: str, name: str) -> None:
    assert best(model, text) == name


@pytest.mark.parametrize(
    "text", [*INVOICES, "发票复印件，要不要盖章？", "发票要不要盖公章", "发票复印件盖章"]
)
def test_a_taught_question_and_a_near_wording_have_the_new_topic(taught: IntentModel, text: str) -> None:
    assert best(taught, text) == "invoices"


@pytest.mark.parametrize(("text", "name"), KNOWN + ASKED)
def test_other_questions_keep_their_topics(taught: IntentModel, text: str, name: str) -> None:
    assert best(taught, text) == name


def test_nothing_to_classify_has_no_topics(model: IntentModel) -> None:
    assert model.classify([]) == []


def test_the_model_before_is_unchanged(model: IntentModel) -> None:
    texts = [text for text, _ in KNOWN + ASKED] + list(INVOICES)
    before = model.classify(texts)
    model.taught([topic("invoices", INVOICES)], {"phone": ["热线几点下班"]})
    assert model.classify(texts) == before
    assert [one.id for one in model.topics] == ["deadline", "phone", "mail"]


def test_a_further_question_of_a_known_topic_leads_to_it(model: IntentModel) -> None:
    asked = "星期六有人值班吗"
    further = model.taught([], {"phone": [asked]})
    assert best(further, asked) == "phone"
    assert best(further, "星期六有没有人值班") == "phone"
    assert further.topics == model.topics


def test_a_near_wording_of_a_taught_question_outweighs_the_machines(model: IntentModel) -> None:
    asked, near = "材料寄出之前要先问谁", "材料寄出之前先问谁呢"
    assert best(model, near) == "mail"
    assert best(model.taught([], {"phone": [asked]}), near) == "phone"


def test_a_new_topic_has_a_machine_of_its_own() -> None:
    never_near = IntentModel(TOPICS, Letters(), "letters", None, replace(TUNING, near_taught=2.0))
    further = never_near.taught([topic("invoices", INVOICES)], {})
    own, strange = (further.classify([text])[0] for text in ("发票要不要盖公章", "今天天气真好"))
    assert (own[0].topic.id, own[0].probability > 0.5) == ("invoices", True)
    assert strange[0].topic.id != "invoices"


def test_a_taught_question_is_known_whatever_its_punctuation_and_case(model: IntentModel) -> None:
    further = model.taught([], {"mail": ["EMS行吗"]})
    assert best(further, "ems，行吗？") == "mail"


def test_nothing_taught_is_the_same_model(model: IntentModel) -> None:
    assert model.taught([], {}) is model
    assert model.taught([], {"phone": []}) is model


def test_teaching_in_either_order_of_the_lesson_gives_the_same(model: IntentModel) -> None:
    texts = [text for text, _ in KNOWN + ASKED]
    first = model.taught([topic("invoices", INVOICES)], {"phone": ["热线"], "mail": ["快递"]})
    second = model.taught([topic("invoices", INVOICES)], {"mail": ["快递"], "phone": ["热线"]})
    assert [[c.topic.id for c in row] for row in first.classify(texts)] == [
        [c.topic.id for c in row] for row in second.classify(texts)
    ]


def test_probabilities_add_up_to_one(model: IntentModel, taught: IntentModel) -> None:
    for one in (model, taught):
        for row in one.classify(["几号截止", "发票复印件盖章", "完全无关的话"], best=10):
            assert len(row) == len(one.topics)
            assert sum(c.probability for c in row) == pytest.approx(1.0, abs=1e-5)


def test_a_kept_model_answers_and_is_taught_alike(tmp_path: Path, model: IntentModel) -> None:
    texts = [text for text, _ in KNOWN + ASKED]
    IntentModel(TOPICS, Letters(), "letters", tmp_path, TUNING)
    (file,) = tmp_path.glob("intent-*.npz")
    kept = IntentModel(TOPICS, Letters(), "letters", tmp_path, TUNING)
    assert file.exists()
    assert kept.classify(texts) == model.classify(texts)
    assert best(kept.taught([topic("invoices", INVOICES)], {}), "发票要不要盖公章") == "invoices"


def test_a_sample_is_even_and_bounded_and_is_kept() -> None:
    rows = np.arange(11, dtype=np.float32).reshape(11, 1) * np.array([[1, 2]], np.float32)
    some = Lessons(csr_matrix(rows), np.array([2] + [0] * 10)).some(3)
    assert some.labels.tolist() == [0, 0, 0, 2]
    assert some.features.toarray().tolist() == [[1, 2], [4, 8], [7, 14], [0, 0]]
    kept = Lessons.kept(some.arrays(), 2)
    assert kept.features.toarray().tolist() == some.features.toarray().tolist()
    assert kept.labels.tolist() == some.labels.tolist()


def test_a_bare_text_has_no_punctuation() -> None:
    assert bare(" 发票，要 盖章_吗？") == "发票要盖章吗"
