"""Phrases that applicants say, as the files of a pack hold them."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import PackError
from knowledge.facts import FactSchema, FactSpec
from knowledge.models import Route, Topic
from knowledge.said import load_said, questions_as_said

CATEGORIES = ("kite",)
SCHEMA = FactSchema(
    facts=(
        FactSpec(name="handmade", type="bool", categories=CATEGORIES, meaning="手工", question="手工吗？"),
        FactSpec(
            name="current_star",
            type="choice",
            categories=CATEGORIES,
            meaning="星级",
            question="几星？",
            choices=(0, 3, 4),
        ),
        FactSpec(
            name="span_cm", type="number", categories=CATEGORIES, meaning="翼展", question="多宽？", minimum=0
        ),
    )
)


def folder_with(root: Path, **files: str) -> Path:
    (root / "said").mkdir()
    for name, text in files.items():
        (root / "said" / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return root


def topic(name: str, route: Route, *questions: str) -> Topic:
    return Topic(id=name, route=route, title=name, questions=questions)


def test_phrases_are_read_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        b='{"text": "机器扎的", "facts": {"handmade": false}}\n',
        a='{"text": "一刀一刀削的", "facts": {"handmade": true}}\n\n{"text": "今天风大", "facts": {}}\n',
    )
    assert [(one.text, one.facts) for one in load_said(folder, SCHEMA)] == [
        ("一刀一刀削的", {"handmade": True}),
        ("今天风大", {}),
        ("机器扎的", {"handmade": False}),
    ]


def test_a_phrase_under_an_if_is_supposed(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, a='{"text": "要是手工呢", "facts": {"handmade": true}, "if": true}\n')
    (one,) = load_said(folder, SCHEMA)
    assert one.supposed


def test_a_phrase_said_twice_is_kept_as_first_said(tmp_path: Path) -> None:
    line = '{{"text": "自己扎的", "facts": {{"handmade": {}}}}}\n'
    folder = folder_with(tmp_path, a=line.format("true"), b=line.format("false"))
    assert [one.facts for one in load_said(folder, SCHEMA)] == [{"handmade": True}]


def test_a_pack_without_phrases_has_none(tmp_path: Path) -> None:
    assert load_said(tmp_path, SCHEMA) == ()


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "自己扎的", "facts": {"handmade": true}',
        '{"text": "自己扎的", "facts": {"homemade": true}}',
        '{"text": "自己扎的", "facts": {"handmade": "yes"}}',
        '{"text": "两星", "facts": {"current_star": 2}}',
        '{"text": "自己扎的"}',
        '{"text": "", "facts": {}}',
        '{"text": "自己扎的", "facts": {}, "when": "now"}',
        "[]",
    ],
    ids=["json", "fact", "type", "choice", "no-facts", "no-text", "key", "shape"],
)
def test_what_is_wrong_is_refused_with_file_and_line(tmp_path: Path, line: str) -> None:
    folder = folder_with(tmp_path, a='{"text": "今天风大", "facts": {}}\n\n' + line + "\n")
    with pytest.raises(PackError) as refused:
        load_said(folder, SCHEMA)
    assert (Path(refused.value.file), refused.value.line) == (tmp_path / "said" / "a.jsonl", 3)
    assert "说法有误" in str(refused.value)
    assert "facts.yaml" in str(refused.value)


def test_an_unknown_fact_is_named(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, a='{"text": "自己扎的", "facts": {"homemade": true}}')
    with pytest.raises(PackError, match="homemade"):
        load_said(folder, SCHEMA)


def test_questions_state_nothing_and_those_about_the_applicant_are_left_out() -> None:
    topics = [
        topic("deadline", "lookup", *(f"截止问法{n}" for n in range(10))),
        topic("phone", "contact", "电话多少"),
        topic("can-we", "eligibility", "我们能报吗"),
    ]
    said = questions_as_said(topics, each=3)
    assert [one.text for one in said] == ["截止问法0", "截止问法3", "截止问法6", "电话多少"]
    assert not any(one.facts or one.supposed for one in said)
