"""Files that were read before and have not changed since: their content is known without reading them again.

::

    cache/seen.sqlite   a row a file: path, device, inode, size, times of content and of inode, hash, when it was read

A file is taken for unchanged where all of these are the same, the time of the inode too, which no program sets at will,
and where that time lay two seconds before the reading, so that a change right after it shows. In any doubt the content
decides. Nothing depends on the file: it may be deleted.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final

from service.ingest.cache import opened

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS seen (path TEXT PRIMARY KEY, device INTEGER, inode INTEGER, size INTEGER, mtime INTEGER,
  ctime INTEGER, sha256 TEXT NOT NULL, read INTEGER NOT NULL) WITHOUT ROWID;
"""
#: Nanoseconds: coarser than the clock of any file system worth the name.
_SETTLED: Final = 2_000_000_000


@dataclass(frozen=True)
class Stamp:
    """What the system says of a file. Times in nanoseconds."""

    device: int
    inode: int
    size: int
    mtime: int
    ctime: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """The stamp of a file's status."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


class Seen:
    """The files read before. Writers hold the lock of the data directory."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """``db`` has the schema of this module."""
        self._db = db

    def content(self, path: str, stamp: Stamp) -> str | None:
        """The SHA-256 of a file that has not changed since it was read, None for any other."""
        with suppress(sqlite3.DatabaseError):
            row = self._db.execute(
                "SELECT device, inode, size, mtime, ctime, sha256, read FROM seen WHERE path = ?", (path,)
            ).fetchone()
            if row is not None and row[:5] == astuple(stamp) and stamp.ctime < row[6] - _SETTLED:
                return str(row[5])
        return None

    def note(self, path: str, stamp: Stamp, sha256: str) -> None:
        """Remember what a file holds, read now."""
        with suppress(sqlite3.DatabaseError, OverflowError):
            self._db.execute(
                "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (path, *astuple(stamp), sha256, time.time_ns()),
            )


@contextmanager
def seen(data: Path) -> Iterator[Seen]:
    """The files read before for a data directory."""
    with closing(opened(data / "cache" / "seen.sqlite", _SCHEMA)) as db:
        yield Seen(db)
