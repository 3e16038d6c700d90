from __future__ import annotations

import sys
from pathlib import Path

import pytest

from evals.bench import BenchResult, StartCommand, run_bench
from knowledge.pack import load_pack
from knowledge.retrieval.index import open_index
from knowledge.retrieval.settings import IndexSettings

SMALL_PACK = Path(__file__).parents[2] / "fixtures" / "small_pack"
SERVICE = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Ready(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()
HTTPServer(("127.0.0.1", int(sys.argv[1])), Ready).serve_forever()
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return open_index(load_pack(SMALL_PACK), IndexSettings(index_root=tmp_path_factory.mktemp("index")))


def _service(program):
    return StartCommand(lambda port: (sys.executable, "-c", program, str(port)), {})


def test_every_way_is_asked_the_same_questions_and_none_twice(index):
    asked = []
    result = run_bench(index, [f"第{n}个问题" for n in range(6)], answer=asked.append, rounds=2)
    assert len(asked) == len(set(asked)) == 1 + 2 * 6
    assert result.retriever_milliseconds > 0
    assert result.search_milliseconds > 0
    assert result.answer_milliseconds is not None
    assert (result.start_seconds, result.start_ratio) == (None, None)


def test_the_start_is_timed_until_the_service_is_ready(index):
    result = run_bench(index, ["电话"], start=_service(SERVICE), rounds=1)
    assert result.start_seconds is not None
    assert 0 < result.start_seconds < 60
    assert result.imports_seconds is not None
    assert result.imports_seconds > 0
    assert result.answer_ratio is None


def test_a_service_that_ends_instead_of_getting_ready_is_an_error(index):
    with pytest.raises(TimeoutError, match="exit status 3"):
        run_bench(index, ["电话"], start=_service("raise SystemExit(3)"), rounds=1)


def test_the_ratios_compare_with_the_imports_and_with_the_retriever():
    result = BenchResult(
        imports_seconds=2.0,
        start_seconds=3.0,
        retriever_milliseconds=5.0,
        search_milliseconds=4.0,
        answer_milliseconds=8.0,
    )
    assert result.start_ratio == 1.0
    assert result.search_ratio == 0.8
    assert result.answer_ratio == 1.6
