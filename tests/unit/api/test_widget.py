from __future__ import annotations

import gzip
import re

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.widget import MODULES, Widget, WidgetModulesError, bundle
from assistant.settings import Settings

SCRIPTS = sorted(MODULES.glob("*.js"))
SOURCES = {script.name: script.read_text(encoding="utf-8") for script in SCRIPTS}
STYLES = {style.name: style.read_text(encoding="utf-8") for style in MODULES.glob("*.css")}


@pytest.fixture
def client(scripted):
    return TestClient(create_app(scripted, Settings()))


def write(folder, **modules):
    for name, source in modules.items():
        (folder / f"{name}.js").write_text(source, encoding="utf-8")


def test_the_widget_is_small():
    assert len(gzip.compress(Widget().plain)) < 40_000


def test_every_module_is_in_the_widget_and_none_of_its_joints():
    script = bundle(MODULES)
    for source in SOURCES.values():
        declared = re.search(r"^export (?:async )?(?:function|class|const) (\w+)", source, re.MULTILINE)
        assert not declared or re.search(
            rf"^(?:async )?(?:function|class|const) {declared[1]}\b", script, re.MULTILINE
        )
    assert not re.search(r"^(?:import|export) ", script, re.MULTILINE)


def test_modules_stand_after_those_they_import(tmp_path):
    write(
        tmp_path,
        main='import { b } from "./b.js";\nimport { a } from "./a.js";\nb(a);\n',
        b='import { a } from "./a.js";\nexport const b = (x) => x + a;\n',
        a="export const a = 1;\n",
    )
    assert re.findall(r"^const (\w)|^(b\(a\));$", bundle(tmp_path), re.MULTILINE) == [
        ("a", ""),
        ("b", ""),
        ("", "b(a)"),
    ]


def test_a_style_sheet_is_constructed_with_its_text_intact(tmp_path):
    (tmp_path / "a.css").write_text('q { quotes: "“" "\\201D"; }', encoding="utf-8")
    write(tmp_path, main='import a from "./a.css" with { type: "css" };\nuse(a);\n')
    assert 'a.replaceSync("q { quotes: \\"“\\" \\"\\\\201D\\"; }");' in bundle(tmp_path)


def test_a_name_declared_twice_is_refused(tmp_path):
    write(
        tmp_path,
        main='import { a } from "./a.js";\nconst a2 = a;\nfunction day() {}\n',
        a="const day = 1;\nexport const a = day;\n",
    )
    with pytest.raises(WidgetModulesError, match=r"day is declared in a\.js and in main\.js"):
        bundle(tmp_path)


def test_modules_that_import_each_other_are_refused(tmp_path):
    write(
        tmp_path,
        main='import { a } from "./a.js";\na();\n',
        a='import { m } from "./main.js";\nexport const a = m;\n',
    )
    with pytest.raises(WidgetModulesError, match="import each other"):
        bundle(tmp_path)


@pytest.mark.parametrize("name", SOURCES)
def test_scripts_never_turn_text_into_markup_or_code(name):
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setAttribute\(\"style|DOMParser|createContextualFragment"
    assert not re.search(forbidden, SOURCES[name])


@pytest.mark.parametrize("name", sorted(set(SOURCES) - {"words.js"}))
def test_what_is_read_stands_in_the_table_of_words(name):
    code = re.sub(r"^\s*//.*$|//[^\"'`]*$", "", SOURCES[name], flags=re.MULTILINE)
    # The notation of the service's texts (signs, numbering, punctuation) is no wording.
    assert not re.search(r"[\u4e00-\u9fff]", code.replace("年", "").replace("月", "").replace("日", ""))


def words():
    """The dotted names in the table of words."""
    names, group = set(), ""
    for indent, name in re.findall(r"^( {2,4})(\w+):", SOURCES["words.js"], re.MULTILINE):
        group = name if len(indent) == 2 else group
        names.add(name if len(indent) == 2 else f"{group}.{name}")
    return names


def test_every_word_that_is_said_stands_in_the_table():
    said = {
        name
        for source in SOURCES.values()
        for name in re.findall(r"\bWORDS\.(\w+(?:\.\w+)?)", source.replace(".join", " "))
    }
    assert said - words() == set()


def test_every_word_in_the_table_is_said():
    used = "".join(source for name, source in SOURCES.items() if name != "words.js")
    for name in words():
        assert re.search(rf"\.{name.rpartition('.')[2]}\b|WORDS\.\w+\[", used), name


def test_the_widget_loads_nothing_from_elsewhere():
    for name, source in (SOURCES | STYLES).items():
        addresses = set(re.findall(r"https?://[^\s\"'`)]+", source)) - {
            "http://www.w3.org/2000/svg",
            "https://HOST/widget.js",
        }
        assert not addresses, name
        assert "url(" not in source
        assert "@import" not in source


def test_any_page_may_load_the_widget_and_keep_it(client):
    response = client.get("/widget.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "max-age" in response.headers["cache-control"]
    again = client.get("/widget.js", headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_widget_is_compressed_for_those_who_take_it(client):
    packed = client.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/widget.js", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content  # the client unpacks
