from evals.cases import Ask, Case, half_of, load_cases
from evals.split import CASE_FILES, EVALS, frozen, leaks, record
from knowledge.field_topics import load_field_topics

DAY = "2023-02-10"


def case(question: str) -> Case:
    return Case.model_validate({"id": question, "as_of": DAY, "turns": (Ask(question=question),)})


def of_the_test_half(*stems: str) -> str:
    return next(text for n in range(99) for stem in stems if half_of(text := stem + "呀" * n) == "test")


def test_the_split_is_as_it_was_frozen() -> None:
    """Fails when a case changed without `shenbao eval freeze`, so that nobody moves one unseen."""
    assert record() == frozen()


def test_no_test_case_is_among_the_exemplars(source) -> None:
    exemplars = [q for topic in (*source.pack.topics, *load_field_topics()) for q in topic.questions]
    cases = [case for name in CASE_FILES for case in load_cases(EVALS / name)]
    found = leaks(cases, exemplars)
    assert not found, f"{len(found)} test cases stand among the exemplars: {[leak.case for leak in found]}"


def test_a_copy_and_a_near_copy_are_found() -> None:
    question = of_the_test_half("我们公司想问一下标杆工厂项目的申报材料应该寄到哪个地址去")
    for exemplar in (question, f" {question}？！", question[:-1] + "吧"):
        assert [leak.exemplar for leak in leaks([case(question)], ["别的问题", exemplar])] == [exemplar]


def test_another_question_and_a_case_of_the_other_half_are_not() -> None:
    question = of_the_test_half("我们公司想问一下标杆工厂项目的申报材料应该寄到哪个地址去")
    assert leaks([case(question)], ["标杆工厂项目什么时候截止", "寄到哪"]) == []
    dev = next(text for n in range(99) if half_of(text := f"问题{n}") == "dev")
    assert leaks([case(dev)], [dev]) == []


def test_a_formula_of_small_talk_is_no_leak() -> None:
    word = of_the_test_half("再见", "谢谢", "你好")
    talk = Case.model_validate({"id": "a", "as_of": DAY, "turns": [{"question": word, "route": "smalltalk"}]})
    assert len(word) > 6 or leaks([talk], [word]) == []
    assert leaks([case(word)], [word])


def test_full_width_and_case_make_no_new_question() -> None:
    question = of_the_test_half("ABC平台2023年申报")
    assert leaks([case(question)], [question.replace("ABC", "ａｂｃ").replace("2023", "２０２３")])
