"""The threat model names its tests, and they are there; what it says that the program never does is looked for."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
DOCUMENT = ROOT / "docs" / "security.md"
# Whoever fetches something from elsewhere, and why that is no way to make the service fetch for a stranger.
MAY_CONNECT = {
    "api/cli.py": "listens, and connects to nobody",
    "api/upkeep.py": "asks for the name of this machine",
    "knowledge/retrieval/dense_server.py": "asks the Chroma server that the settings name, and no address of a request",
    "evals/bench.py": "measures servers that it started itself",
    "evals/load/measuring.py": "measures servers that it started itself",
    "evals/ports.py": "finds a free port on this machine",
    "evals/targets.py": "asks the deployment that its user names",
}
NETWORK = re.compile(
    r"^\s*(?:import|from) (?:urllib\.request|urllib3|httpx2?|requests|aiohttp|socket|http\.client|ftplib|smtplib)\b",
    re.M,
)
DANGEROUS = re.compile(
    r"\b(?:eval|exec|pickle\.loads?|marshal\.loads?|yaml\.load|yaml\.unsafe_load|os\.system|__import__)\s*\(|shell=True"
)


def sources() -> dict[str, str]:
    files = (
        file
        for package in ("api", "assistant", "knowledge", "evals")
        for file in (ROOT / package).rglob("*.py")
    )
    return {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in files}


def test_every_test_that_the_threat_model_names_exists():
    named = NAMED.findall(DOCUMENT.read_text(encoding="utf-8"))
    assert len(named) > 40
    missing = [
        f"{file}::{test}"
        for file, test in named
        if not (ROOT / file).exists() or f"def {test}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert missing == []


def test_every_threat_names_a_test_or_says_that_it_is_not_defended():
    rows = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if re.match(r"\| T\d+", line)]
    assert len(rows) > 20
    assert [row for row in rows if not NAMED.search(row) and "not defended" not in row] == []


def test_nothing_connects_elsewhere_but_what_is_known_to():
    connecting = {name for name, text in sources().items() if NETWORK.search(text)}
    assert connecting <= set(MAY_CONNECT)


def test_no_text_is_ever_run_as_a_program():
    assert [name for name, text in sources().items() if DANGEROUS.search(text)] == []
