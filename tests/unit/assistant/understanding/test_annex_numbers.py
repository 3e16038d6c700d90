"""Annexes named by their numbers."""

from __future__ import annotations

import pytest

from assistant.understanding.annex_numbers import named_annexes


@pytest.mark.parametrize(
    ("plain", "numbers"),
    [
        ("附件1是什么", {1}),
        ("附件4 5 6 各是啥", {4, 5, 6}),
        ("附件一、二", {1, 2}),
        ("附件1和附件2分别给谁用", {1, 2}),
        ("附件1到3是什么", {1, 2, 3}),
        ("附件1至附件7", {1, 2, 3, 4, 5, 6, 7}),
        ("附件4-6叫什么", {4, 5, 6}),
        ("附件4/5/6", {4, 5, 6}),
        ("附件1~3，附件6", {1, 2, 3, 6}),
    ],
)
def test_lists_and_ranges_of_annexes_are_read(plain: str, numbers: set[int]) -> None:
    assert named_annexes(plain) == numbers


@pytest.mark.parametrize(
    ("plain", "numbers"),
    [
        ("附件3 2月28日前交吗", {3}),
        ("附件2 3年够吗", {2}),
        ("附件5 2000万元", {5}),
        ("附件一共几个", set()),
        ("附件1到1000", {1}),
    ],
)
def test_other_numbers_beside_an_annex_are_none(plain: str, numbers: set[int]) -> None:
    assert named_annexes(plain) == numbers
