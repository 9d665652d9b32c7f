"""Asking the tables of what documents say, by lists of values."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from graph.resolve.incremental.packing import dump

_LIST = "(SELECT value FROM json_each(?))"


class Rows:
    """The rows of one table that documents fill, each for its own."""

    def __init__(self, connection: sqlite3.Connection, table: str, columns: str) -> None:
        """``columns`` in the order in which rows are added, commas between."""
        self._db = connection
        self._table = table
        self._columns = columns
        self._places = ", ".join("?" * len(columns.split(",")))

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Rows that a document fills."""
        self._db.executemany(f"INSERT INTO {self._table} ({self._columns}) VALUES ({self._places})", rows)  # noqa: S608

    def take(self, digest: str, columns: str) -> list[tuple[Any, ...]]:
        """Take out the rows of a document; returns their ``columns``."""
        return self._db.execute(
            f"DELETE FROM {self._table} WHERE digest = ? RETURNING {columns}",  # noqa: S608
            (digest,),
        ).fetchall()

    def where(self, column: str, values: Iterable[str], columns: str, kind: str | None = None) -> list[tuple[Any, ...]]:
        """The ``columns`` of the rows that have one of ``values`` in ``column``, and ``kind`` where one is given."""
        query = f"SELECT {columns} FROM {self._table} WHERE {column} IN {_LIST}"  # noqa: S608
        listed = dump(sorted(values))
        if kind is None:
            return self._db.execute(query, (listed,)).fetchall()
        return self._db.execute(f"{query} AND kind = ?", (listed, kind)).fetchall()

    def update(self, columns: str, key: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Set ``columns`` where ``key`` has the last values of each row."""
        told = ", ".join(f"{name.strip()} = ?" for name in columns.split(","))
        which = " AND ".join(f"{name.strip()} = ?" for name in key.split(","))
        self._db.executemany(f"UPDATE {self._table} SET {told} WHERE {which}", rows)  # noqa: S608
