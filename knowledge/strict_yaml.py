"""YAML for policy data: duplicate and unknown keys are refused with file, line and remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.errors import PackError

Model = TypeVar("Model", bound=BaseModel)

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Scalars are read as YAML 1.2 core does: yes/no/on/off and sexagesimal numbers stay words, dates stay text.
_TRUE, _FALSE = {"true", "True"}, {"false", "False"}


class LinedMap(dict[str, Any]):
    """A mapping that knows the 1-based line of each of its keys."""

    lines: dict[str, int]


class LinedList(list[Any]):
    """A sequence that knows the 1-based line of each of its items."""

    lines: list[int]


def load_yaml(file: Path) -> Any:
    """The file's tree with lines kept. Raises PackError for bad syntax or a duplicate key."""
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError as error:
        raise PackError(file, 0, "文件不存在", "请补上该文件，或从清单中去掉它") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise PackError(
            file, mark.line + 1 if mark else 0, "YAML 语法错误", "请检查缩进、冒号后的空格和引号"
        ) from error
    except RecursionError as error:
        raise PackError(file, 0, "嵌套过深", "请减少层数") from error
    try:
        return None if node is None else _construct(node, file, set())
    except RecursionError as error:
        raise PackError(file, 0, "嵌套过深", "请减少层数") from error


def _construct(node: yaml.Node, file: Path, seen: set[int]) -> Any:
    if isinstance(node, yaml.CollectionNode):
        # A few lines of aliases can stand for more than any memory holds, or for themselves.
        if id(node) in seen:
            raise PackError(file, node.start_mark.line + 1, "用了别名（& 和 *）", "请把内容写在各处")
        seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        tree = LinedMap()
        tree.lines = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise PackError(file, line, "键不是文字", "请用一个词作键")
            if key in tree:
                raise PackError(file, line, f"键重复：{key}", "请删去其中一个")
            tree[key], tree.lines[key] = _construct(value_node, file, seen), line
        return tree
    if isinstance(node, yaml.SequenceNode):
        items = LinedList(_construct(item, file, seen) for item in node.value)
        items.lines = [item.start_mark.line + 1 for item in node.value]
        return items
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    text, kind = str(node.value), str(node.tag).rsplit(":", 1)[-1]
    if kind == "null":
        return None
    if kind == "bool" and text in _TRUE | _FALSE:
        return text in _TRUE
    reads: dict[str, type[int] | type[float]] = {"int": int, "float": float}
    try:
        return reads[kind](text) if kind in reads and "_" not in text else text
    except ValueError:  # 0x1F, or more digits than any number has
        return text


def load_model(file: Path, model: type[Model]) -> Model:
    """Read `file` into `model`. Raises PackError naming the line of the first wrong field."""
    tree = load_yaml(file)
    try:
        return model.model_validate(tree)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        unknown = first["type"] == "extra_forbidden"
        cause = f"未知的键 {where}" if unknown else f"{where}: {first['msg']}"
        remedy = "请改正拼写或删去该键" if unknown else "请按该字段的类型填写"
        raise PackError(file, line_of(tree, first["loc"]), cause, remedy) from error


def plain(node: Any) -> Any:
    """The tree as plain dicts and lists, lines dropped."""
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node


def line_of(tree: Any, path: tuple[Any, ...]) -> int:
    """1-based line of the deepest node of `path` that exists; 0 when nothing is known."""
    line, node = 0, tree
    for step in path:
        in_map = isinstance(node, LinedMap) and step in node
        in_list = isinstance(node, LinedList) and isinstance(step, int) and -len(node) <= step < len(node)
        if in_map or in_list:
            line, node = node.lines[step], node[step]
        # Anything else is a tag of a discriminated union, which is no node of the file.
    return line
