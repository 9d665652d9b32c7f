"""Which facts in the cache were found good: those are read only where something is to be made of them.

::

    cache/checked.sqlite   a row a document: a stamp of the file of its facts and of who read them

Nothing depends on the file: it may be deleted, and facts that it does not speak of are looked over again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from service.ingest.cache import opened

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS checked (sha256 TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;
"""


class Checked:
    """The facts found good. Writers hold the lock of the data directory."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """``db`` has the schema of this module."""
        self._db = db

    def holds(self, sha256: str, stamp: str) -> bool:
        """Whether the facts of a document were found good under this stamp."""
        with suppress(sqlite3.DatabaseError):
            row = self._db.execute("SELECT stamp FROM checked WHERE sha256 = ?", (sha256,)).fetchone()
            return row is not None and row[0] == stamp
        return False

    def note(self, sha256: str, stamp: str) -> None:
        """Remember that they are good."""
        with suppress(sqlite3.DatabaseError):
            self._db.execute("INSERT OR REPLACE INTO checked VALUES (?, ?)", (sha256, stamp))

    def forget(self, sha256: str) -> None:
        """They are to be looked over again."""
        with suppress(sqlite3.DatabaseError):
            self._db.execute("DELETE FROM checked WHERE sha256 = ?", (sha256,))


@contextmanager
def checked(data: Path) -> Iterator[Checked]:
    """The facts found good in a data directory."""
    with closing(opened(data / "cache" / "checked.sqlite", _SCHEMA)) as db:
        yield Checked(db)
