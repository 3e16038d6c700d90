"""What is installed is what the lock says, complete, and may be passed on: permissive licences, or a reason."""

from __future__ import annotations

import importlib.metadata as metadata
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

LOCK = Path(__file__).parents[2] / "requirements.lock"
PERMISSIVE = {
    *("MIT", "MIT-0", "ISC", "0BSD", "Zlib", "CC0-1.0", "BSL-1.0", "Unlicense", "HPND", "MIT-CMU"),
    *("BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "CNRI-Python", "LLVM-exception"),
}
NAMED = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0 License": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "DFSG approved": "",
}
WEAK_COPYLEFT = "MPL-2.0: binds changes to its own files only, and none is changed here"
REASONS = {
    **dict.fromkeys(("certifi", "pathspec", "hypothesis", "tqdm", "orjson"), WEAK_COPYLEFT),
    "pypdfium2": "BSD-3-Clause or Apache-2.0, and BSD-like ones of what PDFium bundles",
    "axe-playwright-python": "MIT by its repository, said in no metadata; for tests alone",
}


def locked() -> dict[str, str]:
    lines = (line.strip() for line in LOCK.read_text(encoding="utf-8").splitlines())
    required = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {_name(one.name): str(one.specifier) for one in required}


def _name(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


def licences(found: metadata.Distribution) -> set[str]:
    """The licences that a distribution names, as SPDX writes them where that is known."""
    said = found.metadata
    if expression := said.get("License-Expression"):
        return set(re.split(r" (?:AND|OR|WITH) ", expression.replace("(", "").replace(")", "")))
    classified = [c.split(" :: ")[-1] for c in said.get_all("Classifier") or [] if c.startswith("License ::")]
    named = classified or re.split(r" (?:AND|OR) ", (said.get("License") or "").strip().split("\n")[0])
    return {NAMED.get(one, one) for one in named} - {""}


def test_every_dependency_is_pinned_to_one_version():
    assert [name for name, pinned in locked().items() if not re.fullmatch(r"==[^*,]+", pinned)] == []


@pytest.mark.parametrize("name", sorted(locked()))
def test_a_dependency_is_installed_as_locked_and_may_be_passed_on(name):
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        pytest.fail(f"{name} is locked and not installed; `make install`")
    assert found.version.split("+")[0] == locked()[name].removeprefix("==")
    if name in REASONS:
        return
    named = licences(found)
    assert named, f"{name} names no licence"
    assert named <= PERMISSIVE, f"{name}: {named}"


def test_whatever_a_dependency_needs_is_locked():
    """The lock is installed without resolving: what it lacks would be missing."""
    known = locked()
    missing = set()
    for name in known:
        for line in metadata.requires(name) or []:
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                missing |= {f"{name} needs {need.name}"} if _name(need.name) not in known else set()
    assert missing == set()


def test_no_reason_is_kept_for_what_is_gone():
    assert set(REASONS) <= set(locked())
