from __future__ import annotations

import pytest

from knowledge.errors import PackError
from knowledge.strict_yaml import load_model
from knowledge.vocabulary import Vocabulary

FIELD = Vocabulary(
    words=("贯标",),
    synonyms={
        "联系方式": ("电话", "座机"),
        "截止": ("最晚", "DDL"),
        "最后期限": ("最晚",),
        "证书": ("认证", "贯标认证"),
    },
)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("座机多少", ("联系方式",)),
        ("最晚哪天", ("截止", "最后期限")),
        ("ddl是哪天", ("截止",)),
        ("电话或座机", ("联系方式",)),
        ("截止日最晚哪天", ("最后期限",)),
        ("贯标认证还没下来", ("证书",)),
        ("今天天气", ()),
        ("", ()),
    ],
)
def test_what_people_say_leads_to_the_terms_of_the_notice(text, terms):
    assert FIELD.terms_in(text) == terms


def test_a_vocabulary_without_synonyms_adds_nothing():
    assert Vocabulary().terms_in("座机多少") == ()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("words: [贯标]\nsynonym:\n  电话: [座机]\n", 2),
        ("synonyms:\n  电话: []\n", 1),
        ("words: ['']\n", 1),
        ("synonyms:\n  电话: [电话]\n", 1),
        ("synonyms:\n  电话: [座机]\n  电话: [热线]\n", 3),
    ],
)
def test_a_wrong_vocabulary_is_refused_with_its_line(tmp_path, content, line):
    file = tmp_path / "vocabulary.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_model(file, Vocabulary)
    assert refused.value.line == line


def test_the_packaged_vocabulary_knows_the_field(pack):
    vocabulary = pack.vocabulary
    assert len(vocabulary.synonyms) >= 60
    assert {"两化融合", "贯标", "上云企业", "标杆工厂", "星级上云", "工信厅"} <= set(vocabulary.words)
    assert "联系方式" in vocabulary.terms_in("有座机吗")
    assert "评审" in vocabulary.terms_in("交上去还要过几关")
    assert "申报系统" in vocabulary.terms_in("网址是多少")


def test_most_terms_of_the_packaged_vocabulary_stand_in_its_notice(pack):
    text = "".join(clause.heading + clause.text for clause in pack.tree)
    text = "".join(text.split())
    terms = list(pack.vocabulary.synonyms)
    absent = [term for term in terms if "".join(term.split()) not in text]
    assert len(absent) <= len(terms) * 0.2, absent
