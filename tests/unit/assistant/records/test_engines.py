from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.records.database import open_database
from knowledge.errors import StorageUnavailable


@pytest.mark.parametrize(
    "url",
    ["nonsense", "mysql://h/x", "sqlite://", "sqlite:////dev/null/x/y.db", "postgresql://127.0.0.1:1/none"],
)
def test_a_database_that_cannot_be_opened_is_told_with_its_setting(url):
    with pytest.raises(StorageUnavailable) as told:
        open_database(url)
    assert "SHENBAO_DATABASE" in str(told.value) or "可写" in str(told.value)


def test_a_file_that_is_no_database_is_a_failure_of_the_storage(tmp_path: Path):
    file = tmp_path / "records.db"
    file.write_bytes(b"this is no database, and long enough to be seen as none" * 100)
    with pytest.raises(StorageUnavailable):
        open_database(f"sqlite:///{file}")


def test_a_server_that_goes_away_while_a_connection_is_made_is_a_failure_of_the_storage(tmp_path: Path):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)

        def hang_up() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    # Closed with what it was sent unread: the peer is told by a reset.
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    connection.close()

        threading.Thread(target=hang_up, daemon=True).start()
        with pytest.raises(StorageUnavailable):
            open_database(f"postgresql://nobody@127.0.0.1:{listener.getsockname()[1]}/nothing")
        listener.shutdown(socket.SHUT_RDWR)


def test_the_password_of_a_database_is_never_told():
    with pytest.raises(StorageUnavailable) as told:
        open_database("postgresql://me:hunter22@127.0.0.1:1/none")
    assert "hunter22" not in str(told.value)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_server_that_restarts_is_found_again(postgresql, opened):
    records = opened()
    records.audit.record("li", "a", "b")
    postgresql.stop()
    assert not records.database.answers()
    with pytest.raises(StorageUnavailable):
        records.audit.record("li", "a", "c")
    postgresql.start()
    assert records.database.answers()
    records.audit.record("li", "a", "d")
    assert records.audit.count() == 2


def test_sqlite_is_opened_for_readers_beside_a_writer(tmp_path):
    database = open_database(f"sqlite:///{tmp_path}/records.db")
    with database.read() as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.scalar(text("PRAGMA synchronous")) == 2
    database.close()
