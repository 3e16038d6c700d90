import pytest

from assistant.understanding.numbered import LONGEST_PART, MOST_PARTS, numbered_parts, part_asked_again

THREE = ("截止时间", "电话", "网址")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("想问三件事：一是截止时间，二是电话，三是网址", THREE),
        ("一问截止时间二问电话三问网址", THREE),
        ("问：1、截止时间 2、电话 3、网址", THREE),
        ("1.截止时间\n2.电话\n3.网址", THREE),
        ("（1）截止时间；（2）电话；（3）网址。", THREE),
        ("（一）截止时间（二）电话（三）网址", THREE),
        ("①截止时间②电话③网址", THREE),
        ("第一个是截止时间，第二个是电话，第三个是网址", THREE),
        ("第一，截止时间，第二，电话，第三，网址", THREE),
    ],
)
def test_the_questions_of_a_message_are_told_apart_by_their_numbers(
    text: str, parts: tuple[str, ...]
) -> None:
    assert numbered_parts(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "什么时候截止，电话多少",
        "三、（三）1怎么写的",
        "1个问题：截止是哪天",
        "投入2.5亿，3.1亿产值",
        "一是截止时间",
        "2、电话 3、网址",
    ],
)
def test_what_is_not_numbered_from_one_on_has_no_parts(text: str) -> None:
    assert numbered_parts(text) == ()


def test_what_is_kept_of_the_parts_is_bounded() -> None:
    parts = numbered_parts("".join(f"{n % 10}、{'问' * 1000}" for n in range(1, 10)) * 50)
    assert len(parts) <= MOST_PARTS
    assert max(map(len, parts)) <= LONGEST_PART


@pytest.mark.parametrize(
    "said",
    [
        "第三个你没答",
        "第3个再说一遍",
        "第三点呢",
        "第三问呢?",
        "那第3个依据",
        "你第三个问题还没回答",
        "第三条你漏了",
        "第三个没说清楚",
    ],
)
def test_a_number_alone_points_to_a_part(said: str) -> None:
    assert part_asked_again(said, THREE) == "网址"


@pytest.mark.parametrize(
    "said", ["第三条呢", "第三条原文", "第三个方面补上呢", "第三方机构能代办吗", "第四个你没答", "三星呢"]
)
def test_what_points_elsewhere_is_no_part(said: str) -> None:
    assert part_asked_again(said, THREE) is None


def test_without_parts_nothing_is_pointed_to() -> None:
    assert part_asked_again("第三点呢", ()) is None
