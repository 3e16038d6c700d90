from __future__ import annotations

import structlog

from api.logs import configure_logs


def test_no_log_entry_shows_personal_data(capsys):
    before = structlog.get_config()
    try:
        configure_logs("info")
        log = structlog.get_logger("x")
        log.debug("silent")
        log.info("told 13800138000", who="a@b.com", deep={"id": ["11010519491231002X"]})
        try:
            raise ValueError("from 139-0013-9000")
        except ValueError:
            log.exception("broken", phone="025-69652717", amount="20000000元")
    finally:
        structlog.configure(**before)
    told = capsys.readouterr().out
    assert "silent" not in told
    for number in ("13800138000", "a@b.com", "11010519491231002X", "139-0013-9000"):
        assert number not in told
    assert "ValueError" in told
    assert "025-69652717" in told
    assert "20000000元" in told
