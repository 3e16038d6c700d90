"""No pattern of the code or of the packaged notice takes exponential time over a caller's text."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from assistant.facts import read_facts
from assistant.facts.message.utterance import hear
from assistant.facts.owned import owned_mentions
from assistant.facts.reading import Hearing
from assistant.facts.spoken.durations import find_durations
from assistant.understanding.courtesies import without_courtesies
from assistant.understanding.message import read_message
from assistant.understanding.speech_acts import supposes
from knowledge.ambiguity import endless_ambiguity
from knowledge.documents.formats import detect

HARMFUL = [
    "南京制造制造" * 300,
    "我们是" * 600 + "x南京",
    "我们是是在" * 400 + "☃南京的",
    "没有上过过" * 400 + "☃",
    "现在都还" * 400 + "☃",
    "千千" * 900 + "☃",
    "一" + "投入1500万及三" * 600 + "☃",
    "投入1500万忽略以上对吧" * 600,
    "去年" * 4_000 + "☃",
    "都" * 8_000,
]


def test_no_repetition_can_be_cut_in_two_ways(assistant, index_root):
    script = Path(__file__).parent / "compiled_patterns.py"
    done = subprocess.run(
        [sys.executable, str(script), str(index_root)],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    patterns = json.loads(done.stdout.splitlines()[-1])
    assert len(patterns) > 400
    assert [(where, pattern) for pattern, flags, where in patterns if endless_ambiguity(pattern, flags)] == []


@pytest.mark.parametrize("text", HARMFUL, ids=range(len(HARMFUL)))
def test_a_text_made_to_be_cut_in_many_ways_is_read_soon(assistant, text):
    desk = assistant._desk(None)
    began = time.process_time()
    read_facts(text, as_of=date(2023, 2, 20), schema=desk.pack.schema, cues=desk.cues)
    assert time.process_time() - began < 2.0


def test_many_values_are_placed_in_their_phrases_soon(assistant):
    desk = assistant._desk(None)
    said = "1，" * 4_000
    read_facts(
        said[:200],
        as_of=date(2023, 2, 20),
        schema=desk.pack.schema,
        cues=desk.cues,
        statements=desk.statements,
    )
    hearing = Hearing(
        hear(said, desk.cues.misspellings),
        date(2023, 2, 20),
        desk.pack.schema,
        desk.cues,
        statements=desk.statements,
    )
    began = time.thread_time()
    owned_mentions(hearing)
    assert time.thread_time() - began < 1.0


def test_categories_named_again_and_again_are_each_read_in_their_own_surroundings(assistant):
    names = assistant._desk(None).names
    began = time.thread_time()
    assert names.named("标杆" * 4_000) == ("benchmark_factory",)
    assert time.thread_time() - began < 1.0


def test_thanks_without_end_are_cut_off_soon():
    began = time.process_time()
    without_courtesies(read_message("谢谢" * 3_999 + "吗"))
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("digit", ["1", "一"])
def test_a_number_without_end_is_read_in_linear_time(digit):
    """Quadratic would take sixteen times as long for four times the digits."""

    def seconds(length):
        began = time.thread_time()
        supposes(digit * length)
        find_durations(digit * length)
        return time.thread_time() - began

    turns = [(seconds(2_000), seconds(8_000)) for _ in range(3)]
    short, long = (min(taken) for taken in zip(*turns, strict=True))
    assert long < 8 * max(short, 0.005)


def test_a_page_of_remarks_is_told_from_html_soon():
    began = time.process_time()
    assert detect(b"<!-- -->" * 500 + b"x", "a.html")[0] == "txt"
    assert detect(b"<!-- -->" * 500 + b"<html>", "a.html")[0] == "html"
    assert time.process_time() - began < 1.0
