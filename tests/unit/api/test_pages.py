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
SCRIPTS = sorted(STATIC.glob("*.js"))


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


def test_everything_the_page_and_its_scripts_load_is_served_from_here(client):
    texts = [PAGE, *(script.read_text(encoding="utf-8") for script in SCRIPTS)]
    loaded = {m for text in texts for m in re.findall(r'(?:src|href|from)[= ]"([^"#]+)"', text)}
    assert len(loaded) >= 7
    for path in loaded:
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_never_turn_text_into_markup(script):
    source = script.read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", source
    )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_elements_that_scripts_look_up_are_on_the_page(script):
    for name in re.findall(r'(?:byId|neighbour)\("([\w-]+)"', script.read_text(encoding="utf-8")):
        assert f'id="{name}"' in PAGE


def test_the_page_speaks_chinese_and_labels_its_field():
    assert '<html lang="zh-CN">' in PAGE
    assert 'for="message"' in PAGE
    assert 'role="log"' in PAGE


def test_nothing_outside_the_static_folder_is_served(client):
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/nothing.js"):
        assert client.get(path).status_code == 404
