import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from evals.cases import CasesRefused, half_of, in_split, load_cases


def jsonl(folder: Path, *rows: dict[str, Any] | str) -> Path:
    file = folder / "c.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_a_row_is_a_case_of_one_turn(tmp_path: Path) -> None:
    (case,) = load_cases(
        jsonl(tmp_path, {"id": "a", "question": "几号截止", "as_of": "2023-02-10", "route": "lookup"})
    )
    assert case.turns[0].route == "lookup"
    assert case.turns[0].states("route")
    assert not case.turns[0].states("category")
    assert case.day(case.turns[0]) == date(2023, 2, 10)


def test_a_dialogue_has_turns_with_days_of_their_own(tmp_path: Path) -> None:
    turns = [
        {"say": "我想报平台", "expect": {"route": "eligibility"}},
        {"question": "几号截止", "as_of": "2023-03-01", "values": ["2月28日"]},
    ]
    (case,) = load_cases(jsonl(tmp_path, {"id": "d", "as_of": "2023-02-10", "turns": turns}))
    assert [case.day(turn) for turn in case.turns] == [date(2023, 2, 10), date(2023, 3, 1)]
    assert case.turns[0].route == "eligibility"
    assert case.text == "我想报平台\n几号截止"


def test_a_half_is_frozen_by_the_words(tmp_path: Path) -> None:
    assert half_of("贯标") == half_of("贯标")
    cases = load_cases(jsonl(tmp_path, *({"id": str(n), "question": f"问题{n}"} for n in range(50))))
    dev, test = in_split(cases, "dev"), in_split(cases, "test")
    assert len(dev) + len(test) == 50
    assert min(len(dev), len(test)) > 10


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{", "不是 JSON"),
        ({"id": "a", "question": "x", "rout": "lookup"}, "rout"),
        ({"id": "a", "question": "x", "verdict": "maybe"}, "verdict"),
        ({"id": "a"}, "question"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: dict[str, Any] | str, told: str) -> None:
    with pytest.raises(CasesRefused, match=f"第 1 行.*{told}"):
        load_cases(jsonl(tmp_path, row))


def test_ids_are_unique_and_files_not_empty(tmp_path: Path) -> None:
    twice = {"id": "a", "question": "x"}
    with pytest.raises(CasesRefused, match="重复"):
        load_cases(jsonl(tmp_path, twice, twice))
    with pytest.raises(CasesRefused, match="没有任何用例"):
        load_cases(jsonl(tmp_path))
    with pytest.raises(CasesRefused, match="只读"):
        load_cases(tmp_path / "c.docx")


def test_peoples_own_questions_from_csv_and_xlsx(tmp_path: Path) -> None:

    head = ["question", "as_of", "clauses", "values", "facts", "abstain"]
    row = ["几号截止", "2023-02-20", "4.1.1|4.1.2;5.1", "2月28日；2月6日", '{"project_built": true}', "否"]
    quoted = [cell if "{" not in cell else '"{""project_built"": true}"' for cell in row]
    (tmp_path / "own.csv").write_text(f"{','.join(head)}\n{','.join(quoted)}\n", encoding="utf-8-sig")
    book = Workbook()
    book.active.append(head)
    book.active.append([row[0], date(2023, 2, 20), *row[2:]])
    book.save(tmp_path / "own.xlsx")
    for name in ("own.csv", "own.xlsx"):
        (case,) = load_cases(tmp_path / name)
        turn = case.turns[0]
        assert case.as_of == date(2023, 2, 20)
        assert turn.clauses == (("4.1.1", "4.1.2"), ("5.1",))
        assert turn.values == ("2月28日", "2月6日")
        assert turn.facts == {"project_built": True}
        assert not turn.abstain
