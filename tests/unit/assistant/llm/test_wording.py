import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.wording import Wording


def test_no_word_stands_in_two_lists(wording: Wording) -> None:
    words = [*wording.whole, *wording.empty, *(word for group in wording.equal for word in group)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("composed", "phrased"),
    [
        ("申报四星级的须已评定为三星级。", "您好，申报四星级必须已评定为三星级！"),
        ("如有疑问，请致电025-69652717。", "若有疑问请拨打025-69652717。"),
        ("近3年投入不少于2000万元；须提供发票。", "近3年投入至少2000万元，需要提供发票。"),
    ],
)
def test_other_dress_says_the_same(wording, composed, phrased):
    assert wording.bare(composed) == wording.bare(phrased)


@pytest.mark.parametrize(
    ("composed", "phrased"),
    [
        ("不得申报。", "不须申报。"),
        ("不得申报。", "可以申报。"),
        ("须提供发票。", "不须提供发票。"),
        ("不须重复申报。", "不应重复申报。"),
        ("不须重复申报。", "不必须重复申报。"),
        ("须已评定为三星级。", "须未评定为三星级。"),
        ("须提供审计报告、发票。", "须提供发票。"),
        ("须提供审计报告、发票。", "须提供审计报告或发票。"),
        ("须提供发票。", "须提供发票？"),
        ("可能不符合。", "可以能不符合。"),
        ("须提供发票。", "一般须提供发票。"),
        ("平台1年，工厂3年。", "平台3年，工厂1年。"),
        ("电话025-69652717。", "电话025-69652603。"),
        ("投入2000万元。", "投入２０００万元。"),
        ("投入2000万元。", "投入二千万元。"),
        ("须提供发票。", "⟪必须⟫提供发票。"),
        ("须提供发票。", "须提供发\u200b票。"),
        ("2月28日前。", "2月28日后。"),
        ("2023年2月28日。", "2022年2月28日。"),
    ],
)
def test_what_says_something_else_is_not_the_same(wording, composed, phrased):
    assert wording.bare(composed) != wording.bare(phrased)


_PIECES = (
    "不",
    "须",
    "必须",
    "得",
    "可",
    "以",
    "可以",
    "能",
    "应",
    "无",
    "未",
    "均",
    "都",
    "申报",
    "如",
    "果",
    "，",
    "的",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=6), st.lists(st.sampled_from(_PIECES), max_size=6))
def test_texts_of_one_bare_form_deny_equally_often(wording, first, second):
    one, other = "".join(first), "".join(second)
    if wording.bare(one) == wording.bare(other):
        denials = [sum(text.count(word) for word in "不无未") for text in (one, other)]
        assert denials[0] == denials[1]
