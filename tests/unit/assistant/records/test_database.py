from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import event

from assistant.records.database import open_database
from assistant.records.tables import UsageRow
from knowledge.errors import StateConflict, StorageUnavailable


def used(database, budget="b"):
    with database.read() as session:
        row = session.get(UsageRow, (budget, 0))
    return row.used if row else None


def test_opening_again_keeps_what_is_there(opened):
    opened().audit.record("li", "a", "b")
    assert opened().audit.count() == 1


def test_a_transaction_is_kept_whole_or_not_at_all(records):
    def half_way():
        with records.database.begin() as session:
            session.add(UsageRow(budget="b", began=0, used=1))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_way()
    assert used(records.database) is None


def test_a_transaction_inside_another_shares_its_fate(records):
    def half_way():
        with records.database.begin():
            records.audit.record("li", "a", "b")
            assert records.audit.count() == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_way()
    assert records.audit.count() == 0


def test_a_transaction_belongs_to_its_thread(records):
    seen = []
    with records.database.begin() as session:
        session.add(UsageRow(budget="b", began=0, used=1))
        session.flush()
        thread = threading.Thread(target=lambda: seen.append(used(records.database)))
        thread.start()
        thread.join(10)
    assert seen == [None]
    assert used(records.database) == 1


def test_writers_wait_for_each_other_and_lose_nothing(records):
    def count():
        for _ in range(20):
            with records.database.begin() as session:
                row = session.get(UsageRow, ("b", 0), with_for_update=True)
                row.used += 1

    with records.database.begin() as session:
        session.add(UsageRow(budget="b", began=0, used=0))
    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert used(records.database) == 80


def test_text_that_a_database_would_refuse_is_kept_without_it(records):
    records.audit.record("a\0b", "\ud83d", "c")
    (entry,) = records.audit.list()
    assert entry.actor == "ab"
    assert entry.action == "?"


def test_a_refusal_of_ours_passes_through(records):
    with pytest.raises(StateConflict), records.database.begin():
        raise StateConflict("no")


def test_changes_that_meet_are_all_kept_and_a_failure_undoes_its_own_alone(records):
    database = records.database

    def change(number):
        with database.begin() as session:
            session.add(UsageRow(budget=f"b{number}", began=0, used=number))
            session.flush()
            if number == 3:
                raise StateConflict("3")

    def kept(number):
        try:
            database.keep(partial(change, number))
        except StateConflict as error:
            return str(error)
        return used(database, f"b{number}")  # what was acknowledged is there

    with ThreadPoolExecutor(12) as threads:
        with database.begin() as session:
            session.add(UsageRow(budget="first", began=0, used=1))
            results = [threads.submit(kept, number) for number in range(12)]
            time.sleep(0.3)  # all of them wait for this one, where there is one writer
        assert [one.result(30) for one in results] == [0, 1, 2, "3", *range(4, 12)]
    assert used(database, "first") == 1
    assert used(database, "b3") is None


def test_a_change_inside_a_transaction_shares_its_fate(records):
    def half_way():
        with records.database.begin():
            records.database.keep(lambda: records.audit.record("li", "a", "b"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_way()
    assert records.audit.count() == 0


def test_changes_that_meet_wait_for_the_disk_once(tmp_path):
    database = open_database(f"sqlite:///{tmp_path}/records.db")
    commits = []
    event.listen(database._engine, "commit", commits.append)

    def change(number):
        with database.begin() as session:
            session.add(UsageRow(budget=f"b{number}", began=0, used=number))

    with ThreadPoolExecutor(12) as threads:
        with database.begin():
            results = [threads.submit(database.keep, partial(change, number)) for number in range(12)]
            time.sleep(0.3)
        for one in results:
            one.result(30)
    assert [used(database, f"b{number}") for number in range(12)] == list(range(12))
    assert len(commits) <= 1 + 2 + 12 // 4  # this one, the first who waited, and the others in few
    database.close()


def test_threads_wait_for_the_one_writer_no_longer_than_a_database_is_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.records.database.SQLITE_WAITS_MS", 50)
    database = open_database(f"sqlite:///{tmp_path}/records.db")
    with database.begin(), ThreadPoolExecutor(2) as threads:
        refused = [threads.submit(database.keep, lambda: None) for _ in range(2)]
        for one in refused:
            with pytest.raises(StorageUnavailable):
                one.result(30)
    database.keep(lambda: None)
    database.close()
