"""`shenbao ask`, `chat` and `check`: the assistant on a terminal.

Exit status: 0 done, 1 the work failed, 2 wrong usage. `--json` prints exactly what HTTP answers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pydantic import BaseModel

    from assistant.service import Assistant


class Day(click.ParamType[date]):
    """A day on the command line, written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or wrong usage."""
        from assistant.inputs import parse_day  # noqa: PLC0415 - the command's help needs none of this

        try:
            return value if isinstance(value, date) else parse_day(value)
        except ValueError as error:
            self.fail(f"{value!r} {error}", param, ctx)


_as_of = click.option(
    "--as-of", type=Day(), metavar="DATE", help="按哪一天答复（YYYY-MM-DD），默认今天（北京时间）。"
)
_pack = click.option("--pack", metavar="ID", help="按哪个知识包答复。")
_json = click.option("--json", "as_json", is_flag=True, help="输出与 HTTP 接口相同的 JSON。")


@click.command(short_help="回答一个问题，附条款依据")
@click.argument("question")
@_as_of
@_pack
@_json
@click.pass_obj
def ask(
    given: Assistant | None, *, question: str, as_of: date | None, pack: str | None, as_json: bool
) -> None:
    """回答一个问题，附条款依据。"""
    with told():
        reply = _open(given).reply(question, pack=pack, as_of=as_of)
    if as_json:
        _print_json(reply)
        return
    from assistant.quoted import reply_lines  # noqa: PLC0415 - not needed for JSON

    click.echo("\n".join(reply_lines(reply)))


@click.command(short_help="逐条对照某一类别的申报条件")
@click.argument("category")
@click.option(
    "--facts",
    type=click.File("rb"),
    required=True,
    metavar="FILE|-",
    help="企业情况的 JSON 文件，- 为标准输入。",
)
@_as_of
@_pack
@_json
@click.pass_obj
def check(
    given: Assistant | None,
    *,
    category: str,
    facts: IO[bytes],
    as_of: date | None,
    pack: str | None,
    as_json: bool,
) -> None:
    """逐条对照某一类别（CATEGORY）的申报条件。"""
    stated = _read_facts(facts)
    with told():
        assistant = _open(given)
        report = assistant.check(category, stated, as_of=as_of, pack=pack)
    if as_json:
        _print_json(report)
        return
    from assistant.terminal import report_lines  # noqa: PLC0415 - not needed for JSON

    click.echo("\n".join(report_lines(report, assistant.packs[report.pack].notice)))


@click.command(short_help="连续对话")
@_as_of
@_pack
@click.pass_obj
def chat(given: Assistant | None, *, as_of: date | None, pack: str | None) -> None:
    """连续对话：/new 重新开始，/facts 看已知情况，/quit 离开。"""
    from assistant.terminal import Conversation  # noqa: PLC0415 - rich is needed here only

    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    try:
        with told():
            Conversation(_open(given), pack, as_of).run()
    except KeyboardInterrupt:
        click.echo()


@contextmanager
def told() -> Iterator[None]:
    """Tell failures in one line: exit status 2 where the call was wrong, 1 where the work failed."""
    from assistant.settings import SettingsRefused  # noqa: PLC0415 - the command's help needs none of this
    from knowledge import errors  # noqa: PLC0415

    refusals = (
        errors.FactError,
        errors.InputRefused,
        errors.RecordRefused,
        errors.UnknownCategory,
        errors.UnknownClause,
        errors.UnknownPack,
        errors.UnknownRecord,
        SettingsRefused,
    )
    try:
        yield
    except refusals as error:
        raise click.UsageError(str(error)) from error
    except errors.ShenbaoError as error:
        raise click.ClickException(str(error)) from error


def _open(given: Assistant | None) -> Assistant:
    if given is not None:
        return given
    from assistant.settings import read_settings  # noqa: PLC0415 - a given assistant needs none

    settings = read_settings()
    from assistant.bootstrap import build_assistant  # noqa: PLC0415 - heavy

    return build_assistant(settings)


def _read_facts(file: IO[bytes]) -> dict[str, Any]:
    from assistant.inputs import NotJson, parse_json  # noqa: PLC0415 - the command's help needs none of this

    try:
        facts = parse_json(file.read())
    except NotJson as error:
        raise click.UsageError(f"--facts：{error}") from error
    if not isinstance(facts, dict):
        raise click.UsageError("--facts：应为以事实名为键的 JSON 对象")
    return facts


def _print_json(shown: BaseModel) -> None:
    click.echo(shown.model_dump_json(indent=2))
