from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import app as application
from api.app import create_app
from assistant.settings import Settings

STATIC = Path(application.__file__).parent / "static"
PAGE = (STATIC / "demo.html").read_text(encoding="utf-8")
SCRIPT = (STATIC / "demo.js").read_text(encoding="utf-8")


@pytest.fixture
def client(scripted):
    return TestClient(create_app(scripted, Settings()))


def test_the_page_allows_its_own_scripts_only(client):
    response = client.get("/demo")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"


def test_the_page_has_no_script_style_or_handler_of_its_own():
    assert not re.search(r"<script(?![^>]*\ssrc=)", PAGE)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", PAGE)


def test_everything_the_page_loads_is_served_from_here(client):
    loaded = set(re.findall(r'(?:src|<link[^>]* href)="([^"#]+)"', PAGE))
    assert {"/widget.js", "/static/demo.js", "/static/demo.css"} <= loaded
    for path in loaded:
        assert client.get(path).status_code == 200, path


def test_elements_that_the_script_looks_up_are_on_the_page():
    for name in re.findall(r'getElementById\("([\w-]+)"', SCRIPT):
        assert f'id="{name}"' in PAGE


def test_the_page_speaks_chinese_labels_its_field_and_tells_the_first_steps():
    assert '<html lang="zh-CN">' in PAGE
    assert 'for="day"' in PAGE
    assert "shenbao user add" in PAGE
    assert 'href="/console"' in PAGE


def test_nothing_outside_the_static_folder_is_served(client):
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/nothing.js"):
        assert client.get(path).status_code == 404
