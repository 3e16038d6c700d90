"""The readers of texts under fuzzing: none fails, none hangs, and what they return keeps its laws."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))  # the modules below belong to no package

from fuzzing import AT_LENGTH, QUICK, fuzz, messages, repeated, within

from assistant.facts import read_facts
from assistant.understanding.courtesies import without_courtesies
from assistant.understanding.message import read_message
from knowledge.clauses import parse_notice
from knowledge.errors import InputRefused, PackError
from knowledge.normalise import is_white
from knowledge.strict_yaml import load_yaml
from knowledge.values import find_values

AS_OF = date(2023, 2, 20)
LONGEST = 8_000
MARKERS = ["一、", "二、", "（一）", "(二)", "1.", "2．", "3、", "（1）", "1）", "①", "㈠", "⒈", "⑴", "第一章", "第二条", "第三部分", "附件1", "附件：", "附件1.指南", "附件", "总体要求", "申报单位应在江苏省内注册。", "2023年2月6日", "江苏省工业和信息化厅", "各设区市工信局：", "-", "3", "-", "第", "1", "页", "关于组织申报的通知", "联系人", "，。", "加强组织。各地要"]  # fmt: skip
TIMES = [pytest.param(QUICK), pytest.param(AT_LENGTH, marks=[pytest.mark.soak, pytest.mark.timeout(7_200)])]


@pytest.fixture(autouse=True)
def loaded(request):
    """The encoder loads its weights in a thread of its own, which is no work of the reader's that is timed."""
    if "assistant" in request.fixturenames:
        request.getfixturevalue("assistant").reply("文号是多少", as_of=AS_OF)


def notices() -> st.SearchStrategy[str]:
    """Lines that look like an official document's, in any order; any text; and one line again and again."""
    line = st.lists(st.sampled_from(MARKERS) | st.text(max_size=40), min_size=1, max_size=4).map("".join)
    ends = st.sampled_from(["\n", "\r\n", "\n\n", "\f", "\u2028", " \n　　"])
    document = st.lists(st.tuples(line, ends).map("".join), max_size=60).map("".join)
    same = st.tuples(line, st.integers(1, 400)).map(lambda many: (many[0] + "\n") * many[1])
    return st.one_of(document, same, st.text(max_size=400), repeated(LONGEST))


@pytest.mark.parametrize("seconds", TIMES)
def test_any_text_is_a_tree_of_clauses_that_loses_nothing(pack, seconds):
    categories = pack.notice.categories

    def law(source: str) -> None:
        tree = within(0.5 + len(source) / 2_000, lambda: parse_notice(source, categories))
        covered = {at for clause in tree for at in range(*clause.extent)}
        covered |= {at for span in tree.page_numbers for at in range(*span)}
        lost = [c for at, c in enumerate(source) if at not in covered and not is_white(c)]
        assert not lost, lost[:20]
        assert len({clause.id for clause in tree}) == len(tree)

    assert fuzz(law, notices(), seconds) > 20


@pytest.mark.parametrize("seconds", TIMES)
@pytest.mark.parametrize("learned", [False, True], ids=["patterns", "statements"])
def test_any_message_is_read_for_facts_in_time_that_grows_with_its_length(assistant, seconds, learned):
    desk = assistant._desk(None)
    asked = st.sampled_from([None, *(spec.name for spec in desk.pack.schema.facts)])
    category = st.sampled_from([None, *(one.id for one in desk.pack.notice.categories)])

    def law(said: tuple[str, str | None, str | None]) -> None:
        text, asked, category = said
        read = within(
            0.5 + len(text) / 2_500,
            lambda: read_facts(
                text,
                as_of=AS_OF,
                schema=desk.pack.schema,
                cues=desk.cues,
                asked=asked,
                category=category,
                statements=desk.statements if learned else None,
            ),
        )
        for fact in read.facts:
            assert fact.quote in text
            desk.pack.schema.spec(fact.name)

    assert fuzz(law, st.tuples(messages(LONGEST), asked, category), seconds) > 5


@pytest.mark.parametrize("seconds", TIMES)
def test_any_message_is_cleaned_and_cut_in_time_that_grows_with_its_length(assistant, seconds):
    desk = assistant._desk(None)

    def law(text: str) -> None:
        def read() -> Any:
            try:
                return without_courtesies(read_message(text, desk.typed_pinyin.read, desk.english.read))
            except InputRefused:
                return None

        message = within(0.3 + len(text) / 8_000, read)
        assert message is None or message.segments

    assert fuzz(law, messages(LONGEST), seconds) > 20


@pytest.mark.parametrize("seconds", TIMES)
def test_any_text_is_searched_for_values_in_time_that_grows_with_its_length(seconds):
    def law(text: str) -> None:
        values = within(0.2 + len(text) / 16_000, lambda: find_values(text))
        assert all(text[value.start : value.end] == value.text for value in values if value.kind != "annex")

    assert fuzz(law, messages(LONGEST), seconds) > 20


@pytest.mark.parametrize("seconds", TIMES)
def test_any_message_is_answered_in_bounded_time(assistant, seconds):
    def law(text: str) -> None:
        def answer() -> Any:
            try:
                return assistant.reply(text, as_of=AS_OF)
            except InputRefused:
                return None

        reply = within(1.0 + len(text) / 2_000, answer)
        assert reply is None or reply.text

    assert fuzz(law, messages(LONGEST), seconds) > 3


@pytest.mark.parametrize("seconds", TIMES)
def test_any_yaml_is_read_or_refused_with_file_and_remedy(tmp_path, seconds):
    file = tmp_path / "pack.yaml"
    scalars = st.sampled_from(["a", "1", "1e999", "9" * 5_000, "0x1F", "yes", "~", "*a", "&a", "&a [*a]", "<<: *a", "!!python/name:os.system", "!!binary x", "!!int x", "!!set {a}", "|", ">-", "'", '"', "{", "}", "[", "]", "- ", "? ", ": ", "%YAML 9.9", "---", "..."])  # fmt: skip
    texts = st.lists(st.tuples(scalars | st.text(max_size=5), st.sampled_from(["", " ", "\n", "\n  ", ": ", ", "])).map("".join), max_size=30).map("".join)  # fmt: skip

    def law(text: str) -> None:
        file.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
        try:
            within(1.0, lambda: load_yaml(file))
        except PackError as refused:
            told = str(refused)
        else:
            return
        assert str(file) in told

    assert fuzz(law, texts, seconds) > 20
