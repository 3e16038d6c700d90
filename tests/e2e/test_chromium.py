"""What is missing is told; required tests fail rather than vanish."""

from __future__ import annotations

import chromium
import pytest


@pytest.mark.parametrize(
    ("lacks", "environment", "expected"),
    [
        ("", {}, "run"),
        ("", {"CI": "true"}, "run"),
        ("浏览器测试需要 Chromium", {"CI": "true"}, "fail"),
        ("浏览器测试需要 Chromium", {}, "skip"),
    ],
)
def test_a_missing_browser_fails_where_it_is_required(lacks, environment, expected):
    assert chromium.verdict(lacks, environment) == expected


def test_a_missing_browser_or_font_is_named_with_its_remedy(monkeypatch):
    monkeypatch.setattr(chromium.shutil, "which", lambda _: None)
    assert "Chromium" in chromium.missing()
    assert "make system" in chromium.missing()
    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(
        chromium.subprocess, "run", lambda *_, **__: chromium.subprocess.CompletedProcess([], 0, b"")
    )
    assert "中文字体" in chromium.missing()
