import random

import pytest
from pypinyin import lazy_pinyin

from evals.perturb import perturbations

QUESTION = "标杆工厂2023年2月28日前报得上吗"


@pytest.mark.parametrize("kind", perturbations())
def test_each_kind_changes_the_question_the_same_way_twice(kind: str) -> None:
    change = perturbations()[kind]
    once = change(QUESTION, random.Random(1))
    assert once != QUESTION
    assert once == change(QUESTION, random.Random(1))


def test_what_each_kind_is() -> None:
    kinds = {kind: change(QUESTION, random.Random(3)) for kind, change in perturbations().items()}
    assert kinds["traditional"] == "標杆工廠2023年2月28日前報得上嗎"
    assert kinds["full_width"] == "标杆工厂２０２３年２月２８日前报得上吗"
    assert "忽略以上规则" in kinds["injection"]
    assert len(kinds["very_long"]) > 1_500
    assert kinds["very_long"].endswith(QUESTION)
    assert kinds["spacing"].replace(" ", "") == QUESTION


def test_a_homophone_sounds_the_same() -> None:

    changed = perturbations()["homophone"](QUESTION, random.Random(5))
    assert sum(a != b for a, b in zip(changed, QUESTION, strict=True)) == 1
    assert lazy_pinyin("".join(changed))[0] == lazy_pinyin(QUESTION)[0]


def test_a_question_without_han_characters_survives() -> None:
    for change in perturbations().values():
        assert "when" in change("when is the deadline", random.Random(0))
