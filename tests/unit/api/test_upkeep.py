from __future__ import annotations

import threading
import time
from datetime import timedelta

from api.upkeep import UpkeepThread
from assistant.records.store import open_records
from knowledge.errors import StorageUnavailable


def test_the_service_prunes_by_itself_and_goes_on_after_a_failure(tmp_path):
    records = open_records(f"sqlite:///{tmp_path}/r.db")
    calls, pruned = [], threading.Event()

    def opened():
        calls.append(1)
        if len(calls) == 1:
            raise StorageUnavailable("away")
        if len(calls) == 2:
            raise RuntimeError
        pruned.set()
        return records

    thread = UpkeepThread(opened, timedelta(milliseconds=20))
    thread.begin()
    thread.begin()
    assert pruned.wait(10)
    thread.close()
    called = len(calls)
    time.sleep(0.1)
    assert len(calls) == called
    records.database.close()


def test_no_time_is_never():
    thread = UpkeepThread(lambda: 1 / 0, timedelta())
    thread.begin()
    thread.close()
