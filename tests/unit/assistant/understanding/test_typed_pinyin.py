from pathlib import Path

import pytest

from assistant.understanding.typed_pinyin import TypedPinyin

TEXTS = [
    "标杆工厂什么时候截止",
    "标杆工厂截止日期",
    "平台电话",
    "平台的电话是多少",
    "申报截止日期是哪天",
    "平台电话多少",
]


@pytest.fixture(scope="module")
def typed() -> TypedPinyin:
    return TypedPinyin.learned(TEXTS)


@pytest.mark.parametrize(
    ("typed_text", "written"),
    [
        ("pingtai dianhua", "平台电话"),
        ("biaogan gongchang jiezhi riqi", "标杆工厂截止日期"),
        ("pingtaidianhua?", "平台电话?"),
    ],
)
def test_pinyin_becomes_the_fields_words(typed: TypedPinyin, typed_text: str, written: str) -> None:
    assert typed.read(typed_text) == written


@pytest.mark.parametrize("text", ["what is the deadline", "标杆工厂deadline", "平台电话", "ok", ""])
def test_what_is_not_pinyin_stays(typed: TypedPinyin, text: str) -> None:
    assert typed.read(text) == text


def test_what_was_learned_is_kept(tmp_path: Path, typed: TypedPinyin) -> None:
    file = tmp_path / "pinyin.json"
    assert TypedPinyin.learned(TEXTS, file) == TypedPinyin.learned([], file) == typed
