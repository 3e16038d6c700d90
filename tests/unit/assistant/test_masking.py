from __future__ import annotations

import random
import re
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.masking import is_bank_card, is_credit_code, is_identity_card, load_masks, mask
from knowledge.listed_folders import read_catalogue
from knowledge.pack import PACKS_ROOT, load_pack

WIDE = str.maketrans("0123456789X-@.", "０１２３４５６７８９Ｘ－＠．")
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Numbers that are printed as examples by the standards and by banks; none is a person's.
CARDS = ["11010519491231002X", "440524188001010014", "320102199003070003"]
CODES = ["91350100M000100Y43", "9132000070404786XB"]


def check_figure(first: str, fits) -> str:
    return next(first + c for c in "0123456789X" if fits(first + c))


digits = st.text("0123456789", min_size=1)
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
identity_cards = st.builds(
    lambda area, born, last: check_figure(f"{area}{born:%Y%m%d}{last:03}", is_identity_card),
    st.integers(110000, 659999),
    st.dates(date(1930, 1, 1), date(2020, 12, 31)),
    st.integers(0, 999),
)
credit_codes = st.builds(
    lambda kind, area, body: next(
        f"{kind}{area}{body}{c}" for c in LETTERS if is_credit_code(f"{kind}{area}{body}{c}")
    ),
    st.sampled_from(["91", "92", "93", "12", "51", "N1", "A1", "Y1"]),
    st.integers(110000, 659999),
    st.text(LETTERS, min_size=9, max_size=9),
)
bank_cards = (
    st.from_regex(r"(?:62|4|5)[0-9]{14,16}", fullmatch=True)
    .map(lambda first: next(first + c for c in "0123456789" if is_bank_card(first + c)))
    .filter(lambda number: 16 <= len(number) <= 19)
)
emails = st.from_regex(r"[a-z][a-z0-9._]{0,10}[a-z0-9]@[a-z0-9]{1,8}\.(?:com|gov\.cn)", fullmatch=True)
around = st.sampled_from(["", "我的号码是", "，", "（", "）请回电", "。\n", " "])
gaps = st.sampled_from(["", " ", "-", "　", "－", " - ", "\u200b"])


def grouped(number: str, sizes: tuple[int, ...], gap: str) -> str:
    cut, pieces = 0, []
    for size in sizes:
        pieces.append(number[cut : cut + size])
        cut += size
    return gap.join([*pieces, number[cut:]] if cut < len(number) else pieces)


def bare(text: str) -> str:
    return re.sub(
        "[^0-9A-Z@.]",
        "",
        text.translate(str.maketrans("０１２３４５６７８９Ｘ＠．", "0123456789X@.")).upper(),
    )


def masked(kind: str, number: str, before: str, after: str) -> None:
    told = mask(before + number + after)
    assert told == before + getattr(load_masks(), kind) + after
    assert mask(told) == told


@given(
    mobiles, st.sampled_from([(3, 4), (3, 3), (7,), (11,), (1,) * 11]), gaps, around, around, st.booleans()
)
def test_a_mobile_number_is_masked_however_it_is_written(number, sizes, gap, before, after, wide):
    written = grouped(number, sizes, gap)
    masked("mobile", written.translate(WIDE) if wide else written, before, after)


@given(mobiles, st.sampled_from(["+86", "86", "+86 ", "0086-", "＋８６ "]))
def test_the_country_before_a_mobile_number_is_masked_with_it(number, country):
    masked("mobile", country + number, "电话", "。")


@given(
    identity_cards,
    st.sampled_from([(6, 8), (6, 4, 4), (18,), (4, 4, 4, 4)]),
    gaps,
    around,
    around,
    st.booleans(),
)
def test_an_identity_card_is_masked(number, sizes, gap, before, after, wide):
    written = grouped(number, sizes, gap)
    masked("identity_card", written.translate(WIDE) if wide else written.lower(), before, after)


@given(credit_codes, st.sampled_from([(2, 6), (18,), (4, 4, 4, 4)]), gaps, around, around)
def test_a_credit_code_is_masked(code, sizes, gap, before, after):
    told = mask(before + grouped(code, sizes, gap) + after)
    assert bare(code) not in bare(told)
    # A code without letters may be an identity card too, or hold a bank card.
    assert told.startswith(before + "〈")


@given(bank_cards, st.sampled_from([(4, 4, 4, 4), (6,), (19,)]), gaps, around, around)
def test_a_bank_card_is_masked(number, sizes, gap, before, after):
    told = mask(before + grouped(number, sizes, gap) + after)
    assert bare(number) not in bare(told)
    assert told.startswith(before + "〈")


@given(emails, around.filter(lambda words: words != ""), st.booleans())
def test_an_address_is_masked(address, words, wide):
    masked("email", address.translate(WIDE) if wide else address, words, "，")


@given(st.text(alphabet="0123456789Xx-－ 　１３８５元万年月日、。手机aA@.+", max_size=60))
def test_what_was_masked_stays_as_it_is(text):
    told = mask(text)
    assert mask(told) == told


@given(st.text(max_size=200))
def test_any_text_is_taken(text):
    assert isinstance(mask(text), str)


def flip(number: str, place: int) -> str:
    return number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]


@given(identity_cards, st.integers(14, 16))
def test_a_wrong_check_figure_makes_no_identity_card(number, place):
    assert is_identity_card(number)
    assert not is_identity_card(flip(number, place))


@pytest.mark.parametrize("number", CARDS[:2])
def test_the_standards_own_identity_cards_are_known(number):
    assert is_identity_card(number)


def test_the_standards_own_credit_code_is_known():
    assert is_credit_code(CODES[0])
    assert not is_credit_code(CODES[0][:-1] + "4")


@given(
    st.integers(1, 10**12),
    st.sampled_from(["元", "万元", " 万元", "亿元", "元以上"]),
    st.sampled_from(["投入", "近三年投入", "", "销售收入 "]),
)
def test_an_amount_is_never_masked(amount, unit, before):
    assert mask(f"{before}{amount}{unit}") == f"{before}{amount}{unit}"


@given(
    st.lists(st.dates(date(1949, 1, 1), date(2100, 12, 31)), min_size=1, max_size=4),
    st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y年%m月%d日", "%Y %m %d"]),
    st.sampled_from(["、", "至", "，", " 至 "]),
)
def test_days_are_never_masked(days, form, between):
    text = between.join(day.strftime(form) for day in days)
    assert mask(text) == text


@given(
    st.from_regex(r"0[1-9][0-9]{1,2}[-－ ]?[2-8][0-9]{6,7}", fullmatch=True),
    st.from_regex(r"0[1-9][0-9]{1,2}-[2-8][0-9]{6,7}", fullmatch=True),
)
def test_land_lines_are_never_masked(one, other):
    text = f"咨询{one}、{other}；{one} {other}"
    assert mask(text) == text


@given(st.integers(1990, 2099), st.integers(1, 9999))
def test_document_numbers_are_never_masked(year, number):
    text = f"苏工信融合〔{year}〕{number}号，工信部信软〔{year}〕{number}号，GB/T {number}-{year}"
    assert mask(text) == text


def test_a_notice_says_the_same_afterwards():
    for listed in read_catalogue(PACKS_ROOT).values():
        pack = load_pack(listed.folder, listed.name)
        text = (pack.folder / pack.notice.text_file).read_text(encoding="utf-8")
        assert mask(text) == text
        for topic in pack.topics:
            for words in (*topic.questions, *(answer.text for answer in topic.answers)):
                assert mask(words) == words
        for clause in pack.tree:
            assert mask(clause.text) == clause.text
        for contact in pack.notice.contacts:
            assert mask(f"{contact.label}：{contact.phone}") == f"{contact.label}：{contact.phone}"


@pytest.mark.parametrize(
    "text",
    [
        "1500 2000 300",
        "投入1500、2000、3000万元",
        "2021 2022 2023 2024",
        "2023-02-06 2023-02-28",
        "系统 jssys.caiiclovd.com",
        "3.3.1 和 4.1.1",
        "20000000元",
        "13800138000元",
        "12345678901234567890",
    ],
)
def test_what_only_looks_like_it_stays(text):
    assert mask(text) == text


def test_what_a_notice_prints_stays():
    text = "可致电１３８ 0013 8000 或 13900139000，邮箱 gxt@example.gov.cn"
    told = mask(text, printed=["138-0013-8000", "GXT@example.gov.cn"])
    assert told == "可致电１３８ 0013 8000 或 〈手机号〉，邮箱 gxt@example.gov.cn"


def test_several_beside_each_other_are_all_masked():
    card = CARDS[0]
    assert (
        mask(f"13800138000 {card}/13900139000,{CODES[0]}")
        == "〈手机号〉 〈身份证号〉/〈手机号〉,〈统一社会信用代码〉"
    )


@pytest.mark.parametrize("hostile", ["1 ", "1-", "a.", "a@", "1", "9 1", "86 ", "622202 ", "a@a."])
def test_no_text_takes_long(hostile):
    text = hostile * (8_000 // len(hostile))
    began = time.thread_time()
    mask(text)
    assert time.thread_time() - began < 1


def test_masking_costs_little():
    words = random.Random(1).choices("申报企业省内注册不少于年万元0123456789，。", k=400)
    began = time.thread_time()
    for _ in range(100):
        mask("".join(words))
    assert (time.thread_time() - began) / 100 < 0.01
