"""Replies and reports as lines on a terminal, and the conversation that `shenbao chat` holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from assistant.phrases import load_phrases
from assistant.quoted import citation_lines, spoken
from assistant.reply import EligibilityReport, ShownFact, ShownWindow
from knowledge.errors import FactError, InputRefused
from knowledge.facts import FactSchema
from knowledge.models import Notice

if TYPE_CHECKING:
    from assistant.service import Assistant

_phrases = cache(load_phrases)
COMMANDS = "/new 重新开始 · /facts 已知情况 · /quit 离开"
_WINDOW = {
    "not_open": "尚未开始",
    "open": "申报期内",
    "closed": "已截止",
    "set_locally": "起止时间由各地设置",
}


def report_lines(report: EligibilityReport, notice: Notice) -> Iterator[str]:
    """The verdict, each criterion with its sign, and what is still open."""
    phrases = _phrases()
    name = notice.category(report.category).name if report.category else "各类别的共同条件"
    yield phrases.verdict[report.verdict].format(name=name)
    yield f"{notice.document} · 按 {report.as_of} 判断{_window(report.window)}"
    yield ""
    for criterion in report.criteria:
        yield f"{phrases.criterion[criterion.status]} {criterion.label}  {criterion.reason}"
        yield f"    原文「{criterion.quote}」"
        if criterion.remedy:
            yield "    " + phrases.remedy.format(remedy=criterion.remedy)
    if report.missing_facts:
        yield from ("", phrases.questions)
        for number, missing in enumerate(report.missing_facts, 1):
            yield f"{phrases.question.format(number=number)}{missing.question}（{missing.name}）"
    yield from _rest(report, notice)


def _rest(report: EligibilityReport, notice: Notice) -> Iterator[str]:
    phrases = _phrases()
    if report.alternatives:
        yield ""
    for other in report.alternatives:
        short = notice.category(other.category).short
        yield phrases.alternative.format(name=short, reason=other.reason)
    if report.notes:
        yield from ("", *(f"· {note.label}  {note.text}" for note in report.notes))
    if report.contacts:
        yield from ("", "联系电话 " + "；".join(f"{desk.label} {desk.phone}" for desk in report.contacts))


def _window(window: ShownWindow | None) -> str:
    if window is None:
        return ""
    days = " 至 ".join(str(day) for day in (window.opens_on, window.closes_on) if day)
    return f" · {_WINDOW[window.status]}" + (f"（{days}）" if days else "")


def fact_lines(facts: tuple[ShownFact, ...], schema: FactSchema) -> Iterator[str]:
    """What the session knows, with the applicant's own words."""
    for fact in facts:
        spec = schema.spec(fact.name)
        yield f"· {spec.meaning}：{_value(fact.value)}{spec.unit}  「{fact.quote}」（第 {fact.turn} 轮）"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        ends = "（不含两端）" if value.get("open") else ""
        return f"{_end(value['from'])} 至 {_end(value['to'])}{ends}"
    return str(value)


def _end(end: Any) -> str:
    return "不限" if end is None else str(end)


class Conversation:
    """A conversation on a terminal; every line is a question or one of COMMANDS."""

    def __init__(self, assistant: Assistant, pack: str | None, as_of: date | None) -> None:
        self._assistant, self._pack, self._as_of = assistant, pack, as_of
        self._session: str | None = None
        # Replies are shown letter for letter: square brackets are citations, not rich's markup.
        self._console = Console(markup=False, highlight=False, emoji=False)

    def run(self) -> None:
        """Answer line after line until the user leaves."""
        self._print(f"申报通　{COMMANDS}", "dim")
        while (line := self._read()) is not None:
            if line.startswith("/"):
                if not self._command(line):
                    return
            elif line:
                self._answer(line)

    def _print(self, text: str, style: str = "") -> None:
        # The terminal breaks the lines: rich would look for spaces, of which Chinese has none.
        self._console.print(Text(text, style=style), soft_wrap=True)

    def _read(self) -> str | None:
        try:
            return self._console.input(Text("您：", style="bold cyan")).strip()
        except EOFError:
            self._console.print()
            return None

    def _command(self, line: str) -> bool:
        """Carry out a command; False when the user leaves."""
        if line == "/new":
            self._session = None
            self._print("已重新开始。", "dim")
        elif line == "/facts":
            self._print("\n".join(self._known()) or "还没有记下任何情况。")
        elif line != "/quit":
            self._print(f"没有这个命令。{COMMANDS}", "yellow")
        return line != "/quit"

    def _known(self) -> Iterator[str]:
        if self._session is not None:
            schema = self._assistant.packs[self._pack or self._assistant.default_pack].schema
            yield from fact_lines(self._assistant.session_facts(self._session), schema)

    def _answer(self, message: str) -> None:
        try:
            reply = self._assistant.reply(
                message, session_id=self._session, pack=self._pack, as_of=self._as_of
            )
        except (InputRefused, FactError) as error:
            self._print(str(error), "yellow")
            return
        self._session = reply.session_id
        self._print(spoken(reply))
        if reply.citations:
            self._print("\n".join(citation_lines(reply)), "dim")
        if reply.suggestions:
            self._print("还可以问：" + "｜".join(reply.suggestions), "green")
        self._console.print(Rule(style="dim"))
