"""The `shenbao` command itself: finds its sub-commands, runs one, and tells failures in one line."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import click

COMMANDS, KNOWLEDGE_COMMANDS = "shenbao.commands", "shenbao.knowledge"
"""Entry points under which each package registers its commands, so that none has to import a higher one."""
FAILED, WRONG_USAGE = 1, 2
INTERRUPTED = 130
"""Exit status after Ctrl+C, as shells have it."""


class Extensible(click.Group):
    """A command to which packages add sub-commands. One is imported when it is invoked, not before."""

    entry_points = COMMANDS

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands registered, without importing any."""
        return sorted({*super().list_commands(ctx), *(point.name for point in self._registered())})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now."""
        point = next((point for point in self._registered() if point.name == cmd_name), None)
        if point is None:
            return super().get_command(ctx, cmd_name)
        command = point.load()
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What each command does; one whose package is missing is left out."""
        rows = []
        for name in self.list_commands(ctx):
            try:
                command = self.get_command(ctx, name)
            except (ImportError, AttributeError):
                continue
            if command is not None and not command.hidden:
                rows.append((name, command.get_short_help_str(60)))
        with formatter.section("命令"):
            formatter.write_dl(rows)

    def _registered(self) -> tuple[EntryPoint, ...]:
        return tuple(entry_points(group=self.entry_points))


class KnowledgeCommands(Extensible):
    """The `shenbao knowledge` command."""

    entry_points = KNOWLEDGE_COMMANDS


class Shenbao(Extensible):
    """The `shenbao` command itself: runs a sub-command and tells how it ended."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and end the process with the status that the outcome asks for."""
        run = partial(super().main, args, prog_name, complete_var, False, windows_expand_args, **extra)
        if not standalone_mode:
            return run()
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        sys.exit(_status(run))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. A reader that went away is no failure, so click must not take it for one."""
        _log_to_stderr()
        try:
            status = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            return _reader_gone()
        return status


def _status(run: Callable[[], Any]) -> int:
    """The exit status of a run, whose failure is told in one line."""
    from knowledge.errors import ShenbaoError  # noqa: PLC0415 - after the command line is read

    try:
        status = run()
    except click.UsageError as error:
        usage = f"{error.ctx.get_usage()}\n" if error.ctx else ""
        click.echo(f"{usage}用法有误：{error.format_message()}", err=True)
        return WRONG_USAGE
    except click.ClickException as error:
        return _failed(error.format_message())
    except ShenbaoError as error:
        return _failed(str(error))
    except OSError as error:
        return _failed(_told(error))
    except ModuleNotFoundError as error:
        return _failed(f"这个命令没有装全，缺少 {error.name}；请重新安装申报通")
    except click.Abort:
        return INTERRUPTED
    return status if isinstance(status, int) else 0


def _log_to_stderr() -> None:
    """Standard output carries answers alone, `--json` above all."""
    import structlog  # noqa: PLC0415 - help needs none of this

    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))


def _told(error: OSError) -> str:
    """What the system refused, in Chinese where it is known."""
    causes = {
        errno.ENOSPC: "磁盘已满，请腾出空间后重试",
        errno.EDQUOT: "磁盘配额已用完，请腾出空间后重试",
        errno.EROFS: "所在的位置只读，请换一个可写的位置",
        errno.EACCES: "没有权限",
        errno.ENOENT: "文件或目录不存在",
    }
    cause = causes.get(error.errno or 0, error.strerror or str(error))
    return f"{cause}：{error.filename}" if error.filename else cause


def _failed(told: str) -> int:
    click.echo("错误：" + " ".join(told.split("\n")), err=True)
    return FAILED


def _reader_gone() -> int:
    """Nobody reads on (`| head`). Whatever is still in the buffer goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
