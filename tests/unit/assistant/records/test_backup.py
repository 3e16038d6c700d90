from __future__ import annotations

import gzip
import itertools
import json
import threading

import pytest
from sqlalchemy import func, inspect, select, text

from assistant.records.backup import back_up, restore
from assistant.records.store import open_records
from assistant.records.structure import changing_structure, migrate, revision_of
from assistant.records.tables import MessageClauseRow, MessageRow, SessionRow, Table
from assistant.session_store import RequestKey
from knowledge.errors import RecordRefused, StateConflict, StorageUnavailable

PASSING = {"admissions", "leases", "sign_ins", "usage"}


@pytest.fixture
def filled(records, say):
    say("一 “‘，\n\u2028😀", route="unresolved", request=RequestKey("s", "k", "d"))
    say("二", clauses=("1", "2"), category="platform")
    records.feedback.rate("m1", "down", "不对", visitor="v1")
    records.tickets.claim(1, "li")
    records.tickets.answer(1, "li", ["1.1", "2"], "见条款")
    made = records.exemplars.propose(pack="p", question="问", clauses=["1"], topic=None, note="", by="li")
    records.exemplars.approve(made.id, "wang")
    records.accounts.add("王芳", "admin", "a long password", actor="shell")
    records.switch.turn_off("wang", "因")
    return records


def content(records):
    with records.database.read() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
            for table in Table.metadata.sorted_tables
            if table.name not in PASSING
        }


@pytest.fixture
def empty(tmp_path, clock, hasher):
    """Opens an empty SQLite database after something was restored into it."""
    url = f"sqlite:///{tmp_path}/restored.db"
    opened = []

    def again():
        opened.append(open_records(url, clock, hasher))
        return opened[-1]

    again.url = url
    yield again
    for records in opened:
        records.database.close()


def test_what_was_backed_up_is_all_there_and_goes_on(filled, empty, tmp_path, clock):
    counts = back_up(filled.database, tmp_path / "b.gz", clock())
    assert counts["messages"] == 2
    assert restore(empty.url, tmp_path / "b.gz") == counts
    restored = empty()
    assert content(restored) == content(filled)
    assert restored.accounts.check_password("王芳", "a long password")
    assert [p.question for p in restored.exemplars.taught("p")] == ["问"]
    assert restored.exemplars.versions() == {"p": 1}
    assert restored.tickets.open("m2", "handed_over").id == 2
    assert (tmp_path / "b.gz").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_a_backup_of_sqlite_is_restored_into_postgresql_and_back(
    filled, empty_url, empty, tmp_path, clock, hasher
):
    back_up(filled.database, tmp_path / "b.gz", clock())
    restore(empty_url, tmp_path / "b.gz")
    restored = open_records(empty_url, clock, hasher)
    assert content(restored) == content(filled)
    assert restored.tickets.open("m2", "handed_over").id == 2
    assert restored.audit.list()[0].before is None
    back_up(restored.database, tmp_path / "c.gz", clock())
    before = content(restored)
    restored.database.close()
    restore(empty.url, tmp_path / "c.gz")
    assert content(empty()) == before


def test_a_backup_is_of_one_moment_however_much_is_written_meanwhile(records, say, empty, tmp_path, clock):
    going = threading.Event()
    numbers = itertools.count(1)

    def write():
        while not going.is_set():
            say(f"问{next(numbers)}", session=f"s{next(numbers) % 3}", clauses=("1", "2"))

    say("先", session="s0", clauses=("1", "2"))
    writing = threading.Thread(target=write)
    writing.start()
    try:
        for _ in range(5):
            back_up(records.database, tmp_path / "b.gz", clock())
    finally:
        going.set()
        writing.join(30)
    restore(empty.url, tmp_path / "b.gz")
    with empty().database.read() as session:
        turns = dict(
            session.execute(select(MessageRow.session_id, func.count()).group_by(MessageRow.session_id)).all()
        )
        versions = dict(session.execute(select(SessionRow.id, SessionRow.version)).all())
        clauses = session.scalar(select(func.count()).select_from(MessageClauseRow))
    assert turns == versions
    assert clauses == 2 * sum(turns.values())
    assert sum(turns.values()) <= len(records.conversations.list(limit=10_000))


def test_a_backup_goes_into_an_empty_database_only(filled, tmp_path, clock, url):
    back_up(filled.database, tmp_path / "b.gz", clock())
    before = content(filled)
    with pytest.raises(StateConflict, match="已有记录"):
        restore(url, tmp_path / "b.gz")
    assert content(filled) == before


@pytest.mark.parametrize(
    "fault", ["cut", "no gzip", "no backup", "row lost", "later", "later release", "empty"]
)
def test_a_file_that_is_no_whole_backup_restores_nothing(filled, empty, tmp_path, clock, fault):
    file = tmp_path / "b.gz"
    back_up(filled.database, file, clock())
    lines = gzip.decompress(file.read_bytes()).decode().splitlines(keepends=True)
    head = json.loads(lines[0])
    changed = {
        "cut": lines[:-3],
        "no backup": ['{"a": 1}\n'],
        "row lost": [
            line for n, line in enumerate(lines) if n != next(i for i, x in enumerate(lines) if '"row"' in x)
        ],
        "later": [json.dumps(head | {"shenbao_records": 2}), "\n", *lines[1:]],
        "later release": [json.dumps(head | {"revision": "9999"}), "\n", *lines[1:]],
        "empty": [],
    }
    file.write_bytes(b"none" if fault == "no gzip" else gzip.compress("".join(changed[fault]).encode()))
    with pytest.raises(RecordRefused):
        restore(empty.url, file)
    assert content(empty())["messages"] == []


def test_a_half_written_file_restores_nothing(filled, empty, tmp_path, clock):
    file = tmp_path / "b.gz"
    back_up(filled.database, file, clock())
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(RecordRefused):
        restore(empty.url, file)


def test_a_place_that_cannot_be_written_keeps_the_backup_before(filled, tmp_path, clock):
    with pytest.raises(StorageUnavailable, match="备份"):
        back_up(filled.database, tmp_path / "none" / "b.gz", clock())
    (tmp_path / ".b.gz.part").write_text("left by a crash")
    back_up(filled.database, tmp_path / "b.gz", clock())
    assert [file.name for file in tmp_path.glob("*b.gz*")] == ["b.gz"]


FIRST = {
    "sessions": ["('s1', 'v1', 1, :at, :state)"],
    "messages": [
        "('m1', 's1', 1, :at, '2023-02-20', 'demo', 'v1', 'p', 'd', '问', '答', '{}', 'unresolved', NULL, NULL, 3, 'down', '不对', :at)"
    ],
    "message_clauses": ["('m1', 'p', '1.1')"],
    "tickets": [
        "(7, :at, 'unresolved', '问', 'm1', 's1', 'demo', 'p', NULL, 'A1', '', 'claimed', 'li', :at, '[\"1.1\"]', '', NULL)"
    ],
    "proposals": ["(3, 'p', '问', '[\"1.1\"]', NULL, '', 'li', :at, 7, 'approved', 'wang', :at, '')"],
    "taught_versions": ["('p', 2)"],
    "accounts": ["(1, 'li', 'li', 'admin', 'x', :at, false, 0, NULL)"],
    "audit": ["(1, :at, 'shell', 'account.add', 'account li', NULL, '{\"role\": \"admin\"}')"],
    "usage": ["('b', 0, 1)"],
}
STATE = '{"id":"s1","pack":"p","turn":1,"facts":{},"supposed":{},"category":null,"asked":[],"last_topic":null,"last_route":"unresolved","owner":"v1","version":0}'


def test_an_installation_of_the_first_release_is_brought_up_and_back_with_all_it_holds(
    empty_url, clock, hasher
):
    with changing_structure(empty_url) as connection:
        migrate(connection, "0001")
        for table, rows in FIRST.items():
            for row in rows:
                connection.execute(
                    text(f"INSERT INTO {table} VALUES {row}"),
                    {
                        n: v
                        for n, v in {"at": "2023-02-20 04:00:00.000000+00:00", "state": STATE}.items()
                        if f":{n}" in row
                    },
                )
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT setval('audit_id_seq', 1)"))
    records = open_records(empty_url, clock, hasher)
    assert records.sessions.get("s1").turn == 1
    assert records.conversations.message("m1").rating == "down"
    ticket = records.tickets.get(7)
    assert (ticket.contact, ticket.clauses, ticket.forgotten_at) == ("A1", ("1.1",), None)
    assert records.exemplars.taught("p")[0].id == 3
    records.requests.once(RequestKey("s", "k", "d"), lambda: 7)
    records.conversations.delete("s1", "li")
    records.database.close()
    with changing_structure(empty_url) as connection:
        migrate(connection, "0001")
        assert revision_of(connection) == "0001"
        present = set(inspect(connection).get_table_names()) - {"alembic_version"}
        assert present == set(FIRST) | {"sign_ins"}
        assert connection.scalar(text("SELECT state FROM tickets WHERE id = 7")) == "claimed"
        assert connection.scalar(text("SELECT count(*) FROM audit")) == 2
    again = open_records(empty_url, clock, hasher)
    assert again.tickets.get(7).question == ""
    assert again.accounts.find("li").role == "admin"
    again.database.close()


def test_a_release_that_is_too_old_for_its_database_says_the_way_back(empty_url):
    open_records(empty_url).database.close()
    with changing_structure(empty_url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageUnavailable, match="shenbao records schema --to"):
        open_records(empty_url)


def test_a_structure_that_never_was_is_refused(empty_url):
    with pytest.raises(RecordRefused), changing_structure(empty_url) as connection:
        migrate(connection, "none")
