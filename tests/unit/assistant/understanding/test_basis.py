from __future__ import annotations

import pytest

from assistant.understanding.basis import asks_for_the_basis


@pytest.mark.parametrize(
    "plain",
    [
        "依据是第几条",
        "哪条写的不让报",
        "写在哪条的",
        "那条怎么说",
        "把那句话原封不动发来",
        "原文贴一下",
        "你凭什么这么说?",
        "有出处吗",
        "你确定？依据呢",
        "真的吗，哪来的依据",
    ],
)
def test_who_asks_for_nothing_but_the_clause_asks_for_the_basis(plain: str) -> None:
    assert asks_for_the_basis(plain)


@pytest.mark.parametrize(
    "plain",
    [
        "满一年这个条款怎么写的",
        "通知的依据文件有哪些",
        "贯标证书那条原文",
        "能报吗",
        "谢谢",
        "附件2的原文",
        "你确定吗",
    ],
)
def test_a_clause_asked_for_by_its_subject_is_a_question_of_its_own(plain: str) -> None:
    assert not asks_for_the_basis(plain)
