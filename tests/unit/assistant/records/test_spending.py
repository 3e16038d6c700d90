from assistant.records.spending import Spending
from assistant.records.store import open_records


def test_what_is_used_adds_up_over_processes_and_begins_anew_each_day_in_beijing(url, clock):
    one, other = (Spending(open_records(url, clock=clock).database, clock) for _ in range(2))
    before = one.add("llm-test", 0)
    assert one.add("llm-test", 70) == before + 70
    assert other.add("llm-test", 50) == before + 120
    assert other.add("llm-test", -100) == before + 20
    clock.pass_(hours=12)  # past midnight in Beijing
    assert one.add("llm-test", 0) == 0


def test_nothing_is_ever_owed(url, clock):
    spending = Spending(open_records(url, clock=clock).database, clock)
    assert spending.add("llm-owed", -5) == 0
    spending.add("llm-owed", 3)
    assert spending.add("llm-owed", -5) == 0
