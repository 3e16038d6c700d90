from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from api.events import event, pieces

answer = st.text(
    alphabet=st.sampled_from("风筝须手工。，；\n 0[1]2：") | st.characters(exclude_categories=["Cs"])
)


@given(answer)
def test_the_pieces_are_the_text_again(text):
    assert "".join(pieces(text)) == text


@given(
    st.lists(st.sampled_from(["风筝", "[1]", "[12]", "。", "，手工制作的风筝须为本省居民所做", "\n"])).map(
        "".join
    )
)
def test_a_marker_stays_in_one_piece(text):
    assert re.findall(r"\[\d+\]", text) == [
        m for piece in pieces(text) for m in re.findall(r"\[\d+\]", piece)
    ]


@given(answer)
def test_pieces_are_short(text):
    assert all(len(re.sub(r"\[\d+\]", "", piece)) <= 17 for piece in pieces(text))


def test_a_sentence_ends_with_its_markers():
    assert pieces("须手工[1][2]，线长不限。[3]好") == ["须手工[1][2]，", "线长不限。[3]", "好"]


@given(answer)
def test_an_event_is_one_line_of_data_whatever_the_text(text):
    name, data, *rest = event("delta", {"text": text}).split("\n")
    assert name == "event: delta"
    assert json.loads(data.removeprefix("data: ")) == {"text": text}
    assert rest == ["", ""]
