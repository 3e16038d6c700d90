import numpy as np

from assistant.understanding.lexical import LexicalSpace, Weights, pinyin

TEXTS = ["注册年限要几年", "注册年限怎么算", "电话是多少", "咨询电话多少", "寄到哪里", "寄到什么地方"]


def space(weights: Weights | None = None) -> LexicalSpace:
    return LexicalSpace.learned(TEXTS, weights or Weights())[0]


def similarity(first: str, second: str) -> float:
    rows = space().rows([first, second]).toarray()
    return float(rows[0] @ rows[1])


def test_characters_are_read_as_syllables_and_the_rest_stays_whole() -> None:
    assert pinyin("标杆deadline3年") == ("biao", "gan", "deadline", "3", "nian")


def test_homophones_are_nearer_than_strangers() -> None:
    assert similarity("注册年线", "注册年限") > similarity("注册年线", "寄到哪里")


def test_punctuation_and_spaces_tell_nothing() -> None:
    assert np.allclose(space().rows(["电话，多少？"]).toarray(), space().rows(["电话 多少"]).toarray())


def test_only_features_of_two_texts_or_more_are_kept() -> None:
    names = space().names
    assert {"c:注册年", "p:zhu ce"} <= set(names)
    assert not {"c:要", "p:yao"} & set(names)


def test_the_rows_learned_from_are_the_rows_read_again() -> None:
    learned, rows = LexicalSpace.learned(TEXTS, Weights())
    assert np.allclose(rows.toarray(), learned.rows(TEXTS).toarray())
    assert rows.shape == (len(TEXTS), len(learned.names))


def test_a_space_is_its_names_and_frequencies() -> None:
    learned = space()
    again = LexicalSpace(learned.names, learned.idf, Weights())
    assert np.allclose(again.rows(TEXTS).toarray(), learned.rows(TEXTS).toarray())


def test_a_text_without_known_features_is_an_empty_row() -> None:
    assert space().rows(["", "qqq"]).nnz == 0


def test_a_row_is_no_longer_than_its_weights_allow() -> None:
    weights = Weights()
    norms = np.linalg.norm(space().rows(TEXTS).toarray(), axis=1) ** 2
    assert norms.max() <= weights.chars + weights.pinyin + 1e-5


def test_each_channel_is_scaled_to_its_weight() -> None:
    learned = space(Weights(chars=0.5, pinyin=0.2))
    sounds = np.array([name.startswith("p:") for name in learned.names])
    (row,) = learned.rows(["注册年限"]).toarray()
    assert np.isclose(row[sounds] @ row[sounds], 0.2)
    assert np.isclose(row[~sounds] @ row[~sounds], 0.5)
