"""YAML for policy data: nothing misspelt, doubled or misread passes."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from knowledge.errors import PackError
from knowledge.strict_yaml import line_of, load_model, load_yaml, plain


class Desk(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    phones: list[str] = []


class Office(BaseModel):
    model_config = ConfigDict(extra="forbid")

    desks: list[Desk]


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "office.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_good_file_is_read(tmp_path: Path) -> None:
    office = load_model(written(tmp_path, "desks:\n  - name: 平台\n    phones: [025-1]\n"), Office)
    assert office.desks[0].phones == ["025-1"]


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        ("desks:\n  - name: a\n    name: b\n", 3, "键重复：name"),
        ("desks:\n  - name: a\n    nmae: b\n", 3, "未知的键 desks.0.nmae"),
        ("desks:\n  - phones: []\n", 2, "desks.0.name"),
        ("desks:\n  - name: a\n  - name: b\n    phones: 3\n", 4, "desks.1.phones"),
        ("desks: [\n", 2, "YAML 语法错误"),
        ("", 0, ""),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, text: str, line: int, cause: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(PackError) as refused:
        load_model(file, Office)
    assert refused.value.file == str(file)
    assert refused.value.line == line
    assert cause in refused.value.cause
    assert refused.value.remedy


def test_a_missing_file_and_foreign_bytes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="不存在"):
        load_yaml(tmp_path / "none.yaml")
    file = tmp_path / "gbk.yaml"
    file.write_bytes("名称: 平台".encode("gbk"))
    with pytest.raises(PackError, match="YAML"):
        load_yaml(file)


def test_scalars_are_read_as_yaml_1_2(tmp_path: Path) -> None:
    text = "a: yes\nb: 12:30\nc: 2023-02-06\nd: true\ne: 3\nf: 1.5\ng: null\nh: '6'\ni: 010\n"
    tree = plain(load_yaml(written(tmp_path, text)))
    assert tree == {
        "a": "yes", "b": "12:30", "c": "2023-02-06", "d": True, "e": 3, "f": 1.5, "g": None, "h": "6", "i": 10,
    }  # fmt: skip


def test_no_yaml_can_run_code(tmp_path: Path) -> None:
    tree = load_yaml(written(tmp_path, "a: !!python/object/apply:os.getcwd []\n"))
    assert plain(tree) == {"a": []}


def test_lines_of_keys_and_items(tmp_path: Path) -> None:
    tree = load_yaml(written(tmp_path, "a:\n  - b: 1\n  -\n    c: 2\n"))
    assert line_of(tree, ("a", 1, "c")) == 4
    assert line_of(tree, ("a", 1, "tag", "c")) == 4
    assert line_of(tree, ("a", 9)) == 1
    assert line_of(tree, ()) == 0


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read_or_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "any.yaml"
    file.write_bytes(text.encode("utf-8"))
    with suppress(PackError):
        load_yaml(file)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "别名"),
        ("a: &a [*a]\n", "别名"),
        ("a: &a {b: *a}\n", "别名"),
        ("[" * 5_000 + "]" * 5_000, "嵌套过深"),
        ("? [a, b]\n: c\n", "键不是文字"),
    ],
)
def test_what_would_grow_without_bounds_is_refused(tmp_path: Path, text: str, cause: str) -> None:
    with pytest.raises(PackError, match=cause):
        load_yaml(written(tmp_path, text))


def test_more_digits_than_any_number_has_stay_text(tmp_path: Path) -> None:
    assert load_yaml(written(tmp_path, f"a: {'9' * 5_000}\n"))["a"] == "9" * 5_000
