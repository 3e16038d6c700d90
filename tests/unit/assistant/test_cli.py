from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from assistant.cli import ask, chat, check
from assistant.reply import ChatReply, EligibilityReport
from knowledge.errors import IndexUnavailable


@pytest.fixture
def run(scripted):
    def invoke(command, *arguments, **more):
        return CliRunner().invoke(command, arguments, obj=scripted, **more)

    return invoke


def test_ask_prints_the_answer_and_the_clauses_it_stands_on(run, scripted):
    result = run(ask, "风筝？")
    assert result.exit_code == 0
    assert result.output.startswith(scripted.text)
    assert "依据（风筝〔2023〕1号）" in result.output
    assert "[1] 第1.1条「风筝须为手工制作。」" in result.output


def test_the_clauses_are_listed_once_where_the_text_lists_them_too(run, scripted):
    scripted.text = "风筝须手工制作[1]。\n依据\n[1] 第1.1条「风筝须为手工制作。」"
    for result in (run(ask, "风筝？"), run(chat, input="风筝？\n")):
        assert result.output.count("依据") == 1
        assert result.output.count("「风筝须为手工制作。」") == 1


def test_ask_json_is_the_http_object(run, scripted):
    result = run(ask, "风筝？", "--json", "--as-of", "2023-02-20", "--pack", "kites")
    reply = ChatReply.model_validate_json(result.output)
    assert reply == scripted.reply("风筝？", as_of=date(2023, 2, 20))
    assert scripted.calls[0] == ("reply", "风筝？", None, "kites", date(2023, 2, 20))
    assert "风筝" in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["\u200b"],
        ["风筝？", "--pack", "none"],
        ["风筝？", "--as-of", "昨天"],
        ["风筝？", "--as-of", "2023-02-30"],
        ["风筝？", "多一个"],
    ],
)
def test_a_wrong_call_of_ask_ends_with_two_and_a_reason(run, arguments):
    result = run(ask, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr


def test_a_failure_of_the_work_ends_with_one_and_a_reason(run, scripted):
    scripted.failure = IndexUnavailable("索引无法读取")
    result = run(ask, "风筝？")
    assert result.exit_code == 1
    assert result.stderr == "Error: 索引无法读取\n"


def test_a_wrong_setting_is_wrong_usage(monkeypatch):
    monkeypatch.setenv("SHENBAO_PORT", "http")
    result = CliRunner().invoke(ask, ["风筝？"])
    assert result.exit_code == 2
    assert "SHENBAO_PORT" in result.stderr


@pytest.mark.parametrize(
    ("facts", "sign", "verdict"),
    [
        ({"handmade": True}, "✓", "符合手工风筝的申报条件"),
        ({"handmade": False}, "✗", "不符合"),
        ({}, "？", "还差"),
    ],
)
def test_check_prints_the_verdict_clause_by_clause(run, facts, sign, verdict):
    result = run(check, "kite", "--facts", "-", input=json.dumps(facts))
    assert result.exit_code == 0
    assert verdict in result.output.splitlines()[0]
    assert f"{sign} 第1.1条  须为手工制作" in result.output
    assert "申报期内（2023-02-06 至 2023-02-28）" in result.output
    assert "风筝类 000-1111" in result.output
    assert ("可以怎么改：改为手工制作" in result.output) == (sign == "✗")
    assert ("1. 是手工吗？（handmade）" in result.output) == (sign == "？")


def test_check_reads_a_file_and_prints_the_http_object(run, scripted, tmp_path, report_on):
    file = tmp_path / "facts.json"
    file.write_text('{"handmade": true, "span_cm": null}', encoding="utf-8")
    result = run(check, "kite", "--facts", str(file), "--json", "--as-of", "2023-02-10")
    assert EligibilityReport.model_validate_json(result.output) == report_on({"handmade": True})


@pytest.mark.parametrize(
    ("category", "facts", "reason"),
    [
        ("boat", "{}", "没有类别 boat"),
        ("kite", '{"handmade": 1}', "handmade"),
        ("kite", '{"tail": 1}', "tail"),
        ("kite", '{"span_cm": NaN}', "span_cm"),
        ("kite", "[]", "JSON 对象"),
        ("kite", "{", "JSON 语法错误"),
        ("kite", '{"handmade": true, "handmade": false}', "键重复"),
        ("kite", b"\xff", "UTF-8"),
    ],
)
def test_a_wrong_call_of_check_ends_with_two_and_names_the_cause(run, category, facts, reason):
    result = run(check, category, "--facts", "-", input=facts)
    assert result.exit_code == 2
    assert reason in result.stderr


def test_check_needs_facts_that_can_be_read(run, tmp_path):
    assert run(check, "kite").exit_code == 2
    assert run(check, "kite", "--facts", str(tmp_path / "none.json")).exit_code == 2


def test_chat_keeps_its_session_until_a_new_one_is_begun(run, scripted):
    result = run(chat, "--as-of", "2023-02-20", input="风筝？\n\n线呢？\n/new\n重来\n/quit\n不会问到\n")
    assert result.exit_code == 0
    assert [(call[1], call[2]) for call in scripted.calls] == [
        ("风筝？", None),
        ("线呢？", "new-session"),
        ("重来", None),
    ]
    assert {call[4] for call in scripted.calls} == {date(2023, 2, 20)}


def test_chat_shows_the_answer_letter_for_letter(run, scripted):
    scripted.text = "须手工[1]。[bold]不是格式[/bold] :smile:"
    result = run(chat, input="风筝？\n")
    assert "须手工[1]。[bold]不是格式[/bold] :smile:" in result.output
    assert "[1] 第1.1条「风筝须为手工制作。」" in result.output
    assert "线多长？" in result.output


def test_chat_shows_what_it_knows(run, scripted):
    scripted.facts["new-session"] = {"handmade": True, "span_cm": {"from": None, "to": 90, "open": True}}
    result = run(chat, input="/facts\n风筝？\n/facts\n")
    assert "还没有记下任何情况" in result.output
    assert "手工制作：是  「原话」（第 1 轮）" in result.output
    assert "翼展：不限 至 90（不含两端）厘米" in result.output


def test_chat_goes_on_after_a_refused_message_or_an_unknown_command(run, scripted):
    result = run(chat, input="\u200b\n/what\n风筝？\n")
    assert result.exit_code == 0
    assert "没有读到文字" in result.output
    assert "没有这个命令" in result.output
    assert scripted.text in result.output


def test_chat_ends_cleanly_at_the_end_of_input_and_on_interruption(run, scripted, monkeypatch):
    assert run(chat, input="").exit_code == 0

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(scripted, "reply", interrupted)
    result = run(chat, input="风筝？\n线？\n")
    assert result.exit_code == 0
    assert "Traceback" not in result.output
