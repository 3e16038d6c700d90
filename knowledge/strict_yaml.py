"""YAML for policy data: duplicate and unknown keys are refused with file, line and remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from knowledge.errors import PackError

Model = TypeVar("Model", bound=BaseModel)


def load_yaml(file: Path) -> Any:
    """The file's tree with line marks kept. Raises PackError for bad syntax or a duplicate key."""
    reader = YAML(typ="rt", pure=True)
    reader.allow_duplicate_keys = False
    try:
        return reader.load(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise PackError(file, 0, "文件不存在", "请补上该文件，或从清单中去掉它") from error
    except DuplicateKeyError as error:
        raise PackError(
            file, _line(error), f"键重复：{_first_line(error.problem)}", "请删去其中一个"
        ) from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise PackError(file, _line(error), "YAML 语法错误", "请检查缩进、冒号后的空格和引号") from error


def load_model(file: Path, model: type[Model]) -> Model:
    """Read `file` into `model`. Raises PackError naming the line of the first wrong field."""
    tree = load_yaml(file)
    try:
        return model.model_validate(plain(tree))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        unknown = first["type"] == "extra_forbidden"
        cause = f"未知的键 {where}" if unknown else f"{where}: {first['msg']}"
        remedy = "请改正拼写或删去该键" if unknown else "请按该字段的类型填写"
        raise PackError(file, line_of(tree, first["loc"]), cause, remedy) from error


def plain(node: Any) -> Any:
    """The tree as plain dicts and lists, line marks dropped."""
    if isinstance(node, dict):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node


def line_of(tree: Any, path: tuple[Any, ...]) -> int:
    """1-based line of the deepest node of `path` that exists; 0 when nothing is known."""
    line, node = 0, tree
    for step in path:
        try:
            if isinstance(node, CommentedMap):
                line, node = node.lc.key(step)[0] + 1, node[step]
            elif isinstance(node, CommentedSeq):
                line, node = node.lc.item(step)[0] + 1, node[step]
            else:
                break  # a tag of a discriminated union is no node of the file
        except (KeyError, IndexError, TypeError):
            continue
    return line


def _line(error: BaseException) -> int:
    mark = getattr(error, "problem_mark", None) if isinstance(error, MarkedYAMLError) else None
    return mark.line + 1 if mark else 0


def _first_line(text: Any) -> str:
    return str(text).splitlines()[0] if text else ""
