from __future__ import annotations

import pytest

from api.channels import host_of, load_channels
from knowledge.errors import PackError, UnknownRecord

FILE = """
channels:
  - id: bureau
    allowed_origins: [https://gxt.example.gov.cn, "http://127.0.0.1:9000"]
    pack: kites
    title: 风筝咨询
    greeting: 您好
    colour: "#a01020"
    daily_limit: 100
    per_visitor_per_minute: 3
    per_address_per_minute: 9
  - id: own
    allowed_origins: [self]
    greeting: 你好
"""


def load(tmp_path, text):
    file = tmp_path / "channels.yaml"
    file.write_text(text, encoding="utf-8")
    return load_channels(file)


def test_a_file_gives_each_channel_its_own(tmp_path):
    bureau = load(tmp_path, FILE).get("bureau")
    assert (bureau.pack, bureau.title, bureau.greeting, bureau.colour) == (
        "kites",
        "风筝咨询",
        "您好",
        "#a01020",
    )
    assert (bureau.daily_limit, bureau.per_visitor_per_minute, bureau.per_address_per_minute) == (100, 3, 9)
    assert bureau.frame_ancestors == "https://gxt.example.gov.cn http://127.0.0.1:9000"


def test_without_a_file_there_is_demo_for_this_host_alone():
    channels = load_channels(None)
    demo = channels.get("demo")
    assert demo.frame_ancestors == "'self'"
    assert demo.allows(None, "host:8000")
    assert demo.allows("http://host:8000", "host:8000")
    assert not demo.allows("http://host:8001", "host:8000")
    assert not demo.allows("null", "host:8000")
    with pytest.raises(UnknownRecord):
        channels.get("bureau")


@pytest.mark.parametrize(
    "origin",
    [
        "http://gxt.example.gov.cn",
        "https://gxt.example.gov.cn:444",
        "https://gxt.example.gov.cn.evil.example",
        "https://evil.example/https://gxt.example.gov.cn",
        "https://x.gxt.example.gov.cn",
        "null",
        "",
        None,
        "https://host",
    ],
)
def test_other_origins_are_not_allowed(tmp_path, origin):
    assert not load(tmp_path, FILE).get("bureau").allows(origin, "host")


def test_an_allowed_origin_may_be_this_very_host(tmp_path):
    assert load(tmp_path, FILE).get("bureau").allows("http://127.0.0.1:9000", "127.0.0.1:9000")


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (FILE.replace("id: own", "id: bureau"), "bureau"),
        (FILE.replace("greeting: 你好", "greeting: 你好\n    colur: red"), "colur"),
        (FILE.replace("[self]", "[]"), "allowed_origins"),
        (FILE.replace("[self]", '["*"]'), "allowed_origins"),
        (FILE.replace("[self]", '["https://a.example/path"]'), "allowed_origins"),
        (FILE.replace("[self]", '["https://a.example\'; script-src *"]'), "allowed_origins"),
        (FILE.replace("#a01020", "red; x: y"), "colour"),
        (FILE.replace("daily_limit: 100", "daily_limit: 0"), "daily_limit"),
        (FILE.replace("id: own", "id: ../own"), "id"),
        ("channels: []", "channels"),
    ],
)
def test_a_wrong_file_is_told_with_its_place(tmp_path, text, cause):
    with pytest.raises(PackError, match=cause) as told:
        load(tmp_path, text)
    assert "channels.yaml" in str(told.value)


def test_a_channel_of_a_pack_that_is_not_served_is_told(tmp_path):
    channels = load(tmp_path, FILE)
    channels.require(["kites"], None)
    with pytest.raises(PackError, match="kites"):
        channels.require(["boats"], None)


def test_what_is_no_origin_names_no_host():
    assert host_of("https://gxt.example.gov.cn:8443") == "gxt.example.gov.cn:8443"
    assert host_of("https://[") == ""
