from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.retrieval.tokens import Tokenizer
from knowledge.vocabulary import Vocabulary

FIELD = Vocabulary(words=("两化融合", "上云企业"), synonyms={"联系方式": ("座机",)})
TOKENIZER = Tokenizer(FIELD)


def test_traditional_full_width_and_capital_forms_become_one():
    assert TOKENIZER.normalise("標桿工廠　ＤＤＬ：２０２３") == "标杆工厂 ddl:2023"


def test_han_text_gives_bigrams_and_the_fields_long_words():
    assert TOKENIZER.tokens("两化融合") == ["两化", "化融", "融合", "两化融合"]
    assert "两化融合" not in Tokenizer(Vocabulary()).tokens("两化融合贯标")


def test_letters_and_digits_stay_whole_and_marks_part_the_runs():
    assert TOKENIZER.tokens("MES系统，2000万") == ["mes", "系统", "2000", "万"]


def test_a_question_gets_the_words_of_its_synonyms_apart_from_its_own():
    asked, implied = TOKENIZER.question_tokens("座机联系谁")
    assert asked == ["座机", "机联", "联系", "系谁"]
    assert implied == ["系方", "方式", "联系方式"]


def test_the_digest_changes_with_the_vocabulary():
    same = Vocabulary(words=FIELD.words, synonyms=FIELD.synonyms)
    assert Tokenizer(same).digest == TOKENIZER.digest
    assert Tokenizer(Vocabulary(words=("贯标",))).digest != TOKENIZER.digest


@given(st.text())
def test_any_text_gives_tokens_that_are_normal_already(text):
    for token in TOKENIZER.tokens(text):
        assert token
        assert not token.isspace()
        assert token == token.lower()


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E)))
def test_full_width_letters_count_as_half_width_ones(text):
    wide = "".join(chr(ord(character) + 0xFEE0) for character in text)
    assert TOKENIZER.tokens(wide) == TOKENIZER.tokens(text)
