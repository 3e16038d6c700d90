"""Words that a message looks for in the notice."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.understanding.words_sought import WordsSought, clause_sought, words_sought


@pytest.mark.parametrize(
    ("said", "sought"),
    [
        ("文件里有没有提到区块链", WordsSought("区块链", counted=False)),
        ("通知提到工业软件了吗？", WordsSought("工业软件", counted=False)),
        ("正文是不是出现过“专精特新”这个词", WordsSought("专精特新", counted=False)),
        ("“建设指南”这个词全文出现几次", WordsSought("建设指南", counted=True)),
        ("3月15号在通知里写了几处", WordsSought("3月15日", counted=True)),
        ("“同等条件下”这句话在哪一条", WordsSought("同等条件下", counted=True)),
        ("“一式一份”出自第几条", WordsSought("一式一份", counted=True)),
    ],
)
def test_words_are_looked_for(said: str, sought: WordsSought) -> None:
    assert words_sought(said) == sought


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("1月19日是什么日子", "1月19日"),
        ("那2023年1月19日这个日期是啥", "2023年1月19日"),
        ("3月31号指的是什么", "3月31日"),
        ("通知里写的4月17日是干什么的？", "4月17日"),
        ("2月6日这一天代表什么意思", "2月6日"),
    ],
)
def test_of_a_day_it_is_asked_what_it_is(said: str, day: str) -> None:
    assert words_sought(said) == WordsSought(day, meant=True)


def test_words_are_given_back_as_they_were_written() -> None:
    assert words_sought("有没有提到ai大模型", "有没有提到AI大模型") == WordsSought("AI大模型", counted=False)


@pytest.mark.parametrize(
    "said",
    [
        "有没有提供发票",
        "有没有用云服务",
        "您提到的材料要盖章吗",
        "有没有提交申报书",
        "四星要先是三星吗",
        "3月15日前要交什么",
        "2月28日当天算什么",
        "2月28日之后提交是什么后果",
        "证书3月31日到期是什么情况",
    ],
)
def test_other_questions_look_for_no_words(said: str) -> None:
    assert words_sought(said) is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("哪一条说了要盖章", "盖章"),
        ("盖章的要求写在哪", "盖章"),
        ("公示那句在第几条", "公示"),
        ("公示是在哪一条提的", "公示"),
        ("实际付款金额写在哪一条", "实际付款金额"),
        ("升级申报在哪条规定的", "升级申报"),
        ("一式一份是哪条的", "一式一份"),
        ("优先认定出自哪里", "优先认定"),
        ("案例集在哪条", "案例集"),
        ("专项审计报告第几条写的", "专项审计报告"),
    ],
)
def test_words_of_the_notice_are_asked_for_by_where_they_stand(pack: Any, said: str, words: str) -> None:
    assert clause_sought(said, pack.tree, pack.notice.undated) == WordsSought(words, counted=True)


@pytest.mark.parametrize(
    "said",
    [
        "哪条写的不让报",
        "平台在哪一条",
        "公章盖在哪里",
        "公示在哪里看",
        "申报书在哪里下载",
        "材料寄到哪",
        "哪一条不符合",
        "我们没贯标违反哪条",
        "卡在哪条了",
        "盖章盖在第几页",
    ],
)
def test_other_questions_ask_for_no_place_of_words(pack: Any, said: str) -> None:
    assert clause_sought(said, pack.tree, pack.notice.undated) is None
