import numpy as np

from assistant.understanding.lexical import LexicalSpace, Weights, pinyin
from knowledge.vocabulary import Vocabulary

TEXTS = ["注册年限要几年", "注册年限怎么算", "电话是多少", "咨询电话多少", "寄到哪里", "寄到什么地方"]


def space() -> LexicalSpace:
    return LexicalSpace.learned(TEXTS, [Vocabulary(synonyms={"电话": ("座机", "热线")})], Weights())[0]


def similarity(first: str, second: str) -> float:
    rows = space().rows([first, second]).toarray()
    return float(rows[0] @ rows[1])


def test_characters_are_read_as_syllables_and_the_rest_stays_whole() -> None:
    assert pinyin("标杆deadline3年") == ["biao", "gan", "deadline", "3", "nian"]


def test_homophones_are_nearer_than_strangers() -> None:
    assert similarity("注册年线", "注册年限") > similarity("注册年线", "寄到哪里")


def test_other_words_for_a_concept_are_nearer_than_strangers() -> None:
    assert similarity("座机", "电话") > similarity("座机", "寄到哪里")


def test_a_row_is_no_longer_than_its_weights_allow() -> None:
    weights = Weights()
    norms = np.linalg.norm(space().rows(TEXTS).toarray(), axis=1) ** 2
    assert norms.max() <= weights.chars + weights.pinyin + weights.concepts + 1e-5
