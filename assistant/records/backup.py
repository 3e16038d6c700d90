"""All records in one file, written while others are served, and read into an empty database of either kind.

The file is gzip over lines of JSON: a head, then for each table its columns and its rows, then how many rows there
were. What only matters for the moment is left out: limits used up, leases, who is signed in.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Date, DateTime, MetaData, func, inspect, null, select, text
from sqlalchemy import Table as SqlTable

from assistant.records.database import Database
from assistant.records.structure import changing_structure, migrate, revision_of
from assistant.records.tables import Table
from knowledge.durable import flush
from knowledge.errors import RecordRefused, StateConflict, StorageUnavailable

FORMAT = 1
_PASSING = {"admissions", "leases", "sign_ins", "usage"}
_BATCH = 500


def back_up(database: Database, file: Path, now: datetime) -> Mapping[str, int]:
    """Write the records as they are at one moment into `file`, which only its owner may read; table → rows.

    An older file is replaced once the new one is whole. Raises StorageUnavailable.
    """
    part = file.with_name(f".{file.name}.part")
    counts: dict[str, int] = {}
    try:
        with _writing(part) as lines, database.snapshot() as connection:
            head = {"shenbao_records": FORMAT, "revision": revision_of(connection), "at": now.isoformat()}
            _write(lines, head)
            for table in Table.metadata.sorted_tables:
                if table.name not in _PASSING:
                    counts[table.name] = _write_table(lines, connection, table)
            _write(lines, {"end": counts})
        part.replace(file)
        flush(file.parent)
    except OSError as error:
        raise StorageUnavailable(
            f"备份 {file} 无法写入（{error.strerror or error}），请换一个位置"
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return counts


def restore(url: str, file: Path) -> Mapping[str, int]:
    """Read a backup into the empty database at `url` and bring it up to date; table → rows.

    All of it is there afterwards, or nothing. Raises RecordRefused for a file that is no whole backup or of a
    later release, StateConflict where the database holds records, StorageUnavailable.
    """
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines, changing_structure(url) as connection:
            return _restore(connection, map(json.loads, lines))
    except (gzip.BadGzipFile, EOFError, zlib.error, ValueError, KeyError, StopIteration) as error:
        raise RecordRefused(f"{file} 不是完整的备份，没有恢复任何内容") from error
    except OSError as error:
        raise StorageUnavailable(f"备份 {file} 无法读取（{error.strerror or error}）") from error


def _restore(connection: Connection, entries: Iterator[dict[str, Any]]) -> Mapping[str, int]:
    head = next(entries)
    if head["shenbao_records"] != FORMAT:
        raise RecordRefused("备份来自更新的版本，请用那个版本恢复")
    _require_empty(connection)
    migrate(connection, "base")
    # Into the tables of its own time, which then grow as those of any installation do.
    migrate(connection, head["revision"])
    there = MetaData()
    there.reflect(connection)
    counts: dict[str, int] = {}
    while "table" in (entry := next(entries)):
        counts[entry["table"]] = _read_table(connection, there.tables[entry["table"]], entry, entries)
    if entry["end"] != counts:
        raise ValueError
    migrate(connection)
    _number_on(connection)
    return counts


def _write_table(lines: IO[str], connection: Connection, table: SqlTable) -> int:
    columns = [column.name for column in table.columns]
    _write(lines, {"table": table.name, "columns": columns})
    count = 0
    found = connection.execution_options(yield_per=_BATCH).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    for row in found:
        _write(lines, {"row": [_plain(value) for value in row]})
        count += 1
    _write(lines, {"rows": count})
    return count


def _read_table(
    connection: Connection, table: SqlTable, head: Mapping[str, Any], entries: Iterator[dict[str, Any]]
) -> int:
    readers = [(name, _reader(table.columns[name].type)) for name in head["columns"]]
    batch: list[dict[str, Any]] = []
    count = 0
    for entry in entries:
        if "row" in entry:
            batch.append(
                {name: read(value) for (name, read), value in zip(readers, entry["row"], strict=True)}
            )
            count += 1
        if batch and (len(batch) == _BATCH or "row" not in entry):
            _insert(connection, table, batch)
            batch = []
        if "row" not in entry:
            if entry["rows"] != count:
                raise ValueError
            return count
    raise EOFError


def _insert(connection: Connection, table: SqlTable, batch: list[dict[str, Any]]) -> None:
    # A row at a time would name other columns where one is null: SQL's null is said for each of them.
    connection.execute(
        table.insert().values([{n: null() if v is None else v for n, v in row.items()} for row in batch])
    )


def _reader(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, DateTime):
        return lambda value: None if value is None else datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return lambda value: None if value is None else date.fromisoformat(value)
    return lambda value: value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _require_empty(connection: Connection) -> None:
    present = set(inspect(connection).get_table_names())
    for table in Table.metadata.sorted_tables:
        if table.name in present and connection.scalar(select(func.count()).select_from(text(table.name))):
            raise StateConflict("目标数据库里已有记录，备份只能恢复到空的数据库")


def _number_on(connection: Connection) -> None:
    """Let the next number of each kind follow the last one; SQLite sees to that by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in Table.metadata.sorted_tables:
        key = list(table.primary_key.columns)
        if len(key) == 1 and key[0].name == "id" and key[0].autoincrement is not False:
            sequence = connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": table.name}
            )
            last = connection.scalar(select(func.max(key[0])))
            if sequence and last:
                connection.execute(text("SELECT setval(:name, :last)"), {"name": sequence, "last": last})


@contextmanager
def _writing(file: Path) -> Iterator[IO[str]]:
    """A new file for its owner alone, flushed to the disk at the end."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as raw:
        with gzip.open(raw, "wt", encoding="utf-8", compresslevel=6) as lines:
            yield lines
        raw.flush()
        os.fsync(raw.fileno())


def _write(lines: IO[str], entry: Mapping[str, Any]) -> None:
    lines.write(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n")
