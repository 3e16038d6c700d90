"""The browser of these tests: Debian's Chromium, and a font in which Chinese is not drawn as boxes."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REMEDY = "；`make system` 会安装（Debian：apt-get install chromium fonts-wqy-microhei）"


def chromium() -> str | None:
    """Where Chromium is."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def missing() -> str:
    """What these tests lack here, in one sentence; empty when nothing."""
    if chromium() is None:
        return "浏览器测试需要 Chromium" + REMEDY
    if shutil.which("fc-list") is None:
        return "浏览器测试要用 fc-list 核对中文字体（Debian：fontconfig）" + REMEDY
    fonts = subprocess.run(
        ["fc-list", ":lang=zh-cn", "family"], capture_output=True, check=False, timeout=30
    ).stdout
    return "" if fonts.strip() else "浏览器测试需要中文字体，否则汉字都显示为方框" + REMEDY


def verdict(lacks: str, environment: Mapping[str, str] = os.environ) -> str:
    """What to do about it: `run`, `skip`, or `fail` where the tests are required."""
    if not lacks:
        return "run"
    return "fail" if environment.get("CI") == "true" else "skip"


WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
"""A script that notes what a page's content security policy forbids."""
