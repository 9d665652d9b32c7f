"""Databases that only save work: made anew where they are damaged, in memory where the disk takes none."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

_PRAGMAS: Final = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"


def opened(path: Path, schema: str) -> sqlite3.Connection:
    """The database at ``path`` with this schema, each statement a transaction. Nothing may depend on what it holds."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _ready(path, schema)
        except sqlite3.DatabaseError:
            for each in path.parent.glob(f"{path.name}*"):
                each.unlink()
            return _ready(path, schema)
    except (OSError, sqlite3.DatabaseError):
        return _ready(":memory:", schema)


def _ready(path: Path | str, schema: str) -> sqlite3.Connection:
    """The file, opened; raises sqlite3.DatabaseError where it is damaged."""
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.executescript(_PRAGMAS + schema)
        _look_over(db)
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def _look_over(db: sqlite3.Connection) -> None:
    (told,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if told != "ok":
        raise sqlite3.DatabaseError(told)
