"""What must never get worse with a model is counted, each kind by itself."""

from assistant.llm.budget import Prices
from assistant.reply import ModelUse
from evals.asking import suite_cases
from evals.model_use import WITH_MODEL, harm, reported
from evals.sampling import sampled
from evals.suites import MAIN, Row, load_suites

ROW = Row(
    suite="answers", target=MAIN, id="q-1", half="dev", cluster="3.4.1", question="四星级要先是三星级吗",
    answer="申报四星级的须已评定为三星级[1]。", given={"verdict": "needs_info"}, clauses=("3.4.1",),
    measures={"right": (1.0, 1.0)}, passed=True, seconds=0.1,
)  # fmt: skip


def found(source, **changes):
    given = ROW.model_copy(update={"target": WITH_MODEL, **changes})
    return harm({"q-1": ROW}, {"q-1": given}, source)


def test_other_words_with_the_same_values_are_no_harm(source):
    assert not found(source, answer="您好，申报四星级必须已评定为三星级[1]。").any


def test_a_value_that_nothing_bears_out_is_wrong(source):
    assert found(source, answer="申报四星级的须投入777万元[1]。").wrong_values == ("q-1",)
    assert found(source, answer="请拨打025-11112222[1]。").wrong_values == ("q-1",)


def test_a_value_that_the_case_forbids_is_wrong_even_where_a_clause_has_it(source):
    forbidding = {"expected": {"not_values": ["五星"]}}
    assert found(source, answer="五星级须四星级。", **forbidding).wrong_values == ("q-1",)


def test_another_verdict_is_wrong_unless_it_is_the_expected_one(source):
    turned = {"given": {"verdict": "eligible"}}
    assert found(source, **turned).wrong_verdicts == ("q-1",)
    assert found(source, **turned, expected={"verdict": "eligible"}).wrong_verdicts == ()
    assert found(
        source, given={"verdict": "ineligible"}, expected={"verdict": "eligible"}
    ).wrong_verdicts == ("q-1",)


def test_a_quote_that_is_not_in_its_clause_is_unreal(source):
    assert found(source, unreal=("3.4.1",)).unreal_citations == ("q-1",)


def test_an_answer_of_several_suites_is_paid_once(source):
    use = ModelUse(use="phrase", outcome="taken", seconds=0.5, tokens_in=100, tokens_out=50)
    given = ROW.model_copy(
        update={"target": WITH_MODEL, "composer": "model", "model_uses": (use,), "seconds": 0.6}
    )
    rows = [ROW, given, given.model_copy(update={"suite": "routing"})]
    report = reported(rows, source, "m", Prices(read=10.0, written=20.0))
    assert (report.phrased, report.expense["phrase"].asked, report.expense["phrase"].outcomes) == (
        1,
        1,
        {"taken": 1},
    )
    assert report.expense["phrase"].cost == 0.002
    assert (report.latency[WITH_MODEL].p50, report.latency[MAIN].p50) == (0.6, 0.1)


def test_a_sample_holds_every_route_and_is_the_same_each_time():
    suites = load_suites(("routing", "answers", "dialogue", "retrieval"))
    first, again = sampled(suites, 60, "all"), sampled(suites, 60, "all")
    assert [suite.name for suite in first] == ["routing", "answers", "dialogue"]
    drawn = {case.id: case for suite in first for case in suite_cases(suite, "all")}
    assert 55 <= len(drawn) <= 75
    assert [suite.drawn for suite in first] == [suite.drawn for suite in again]
    whole = {case.turns[0].route for case in suite_cases(suites[0], "all")}
    assert {case.turns[0].route for case in drawn.values()} >= whole
