from __future__ import annotations

from assistant.facts.learned.grams import grams


def test_a_lack_denied_has_a_sign_of_its_own() -> None:
    signs = [
        {gram for gram in grams(text) if gram.startswith("<")} for text in ("没有污点", "有污点", "天气")
    ]
    assert signs[0] != signs[1]
    assert all(signs[:2])
    assert signs[2] == set()
