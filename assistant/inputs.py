"""What comes in from outside, read strictly: JSON texts and days. Used by the command line and by HTTP."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from knowledge.facts import EARLIEST, LATEST, parse_iso_span

DAY_ALLOWED = f"{EARLIEST} 至 {LATEST} 之间的日期，写作 YYYY-MM-DD"


class NotJson(ValueError):
    """The bytes are not one JSON value in UTF-8; `str()` is Chinese and says where."""


def parse_json(content: bytes) -> Any:
    """The JSON value of `content`. Raises NotJson.

    Refused besides broken syntax: a key given twice (which of the two is meant?), halves of surrogate pairs,
    nesting and numbers beyond what can be read. `NaN`, `Infinity` and `1e400` are read as floats, so that the
    field that they stand in is named by whoever wants a finite number there.
    """
    try:
        text = content.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=_without_duplicates)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise NotJson(f"JSON 语法错误：第 {error.lineno} 行第 {error.colno} 列") from error
    except UnicodeDecodeError as error:
        raise NotJson(f"不是 UTF-8 编码：第 {error.start + 1} 字节无法识别") from error
    except UnicodeEncodeError as error:
        raise NotJson("含有不完整的字符（单独的代理项）") from error
    except NotJson:
        raise
    except ValueError as error:  # an integer of thousands of digits
        raise NotJson("含有过长的数字") from error
    except RecursionError as error:
        raise NotJson("嵌套过深") from error
    return value


def parse_day(text: str) -> date:
    """The day written `YYYY-MM-DD`. Raises ValueError with what is allowed, in Chinese."""
    span = parse_iso_span(text) if len(text) == len("YYYY-MM-DD") else None
    if span is None or not EARLIEST <= span[0] <= LATEST:
        raise ValueError(f"应为 {DAY_ALLOWED}")
    return span[0]


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotJson(f"键重复：{twice[:40]}")
    return members
