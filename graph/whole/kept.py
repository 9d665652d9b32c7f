"""The file in which the whole is kept.

::

    cache/whole.sqlite   see whole.sql
    cache/whole.json     its SHA-256, and the version of the code and the address base that it is true for

Nothing depends on them: where one is gone, damaged, of other code or of an ingest that was killed, all is made anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from graph.release import sums
from graph.version import graph_version

_SCHEMA: Final = (Path(__file__).parent / "whole.sql").read_text(encoding="utf-8")
#: The file is only true once it is whole, so that nothing of it has to be safe before; removed text must not stay.
_PRAGMAS: Final = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON;"
_FILE: Final = "whole.sqlite"
_STATE: Final = "whole.json"


@contextmanager
def kept(folder: Path, base: str, *, fresh: bool = False) -> Iterator[sqlite3.Connection]:
    """The database, under way: kept in ``folder`` once the block has ended well. In memory where the disk takes none.

    ``base``: that of the IRIs; ``fresh``: nothing is taken over.
    """
    path, state = folder / _FILE, folder / _STATE
    version = f"{graph_version()} {base}"
    with suppress(OSError):
        if fresh or not _is_true(path, state, version):
            path.unlink(missing_ok=True)
        state.unlink(missing_ok=True)
    is_whole = False
    with closing(_opened(path)) as db:
        db.execute("BEGIN")
        yield db
        with suppress(sqlite3.DatabaseError):  # a full disk, or given up (:meth:`graph.whole.Whole.update`)
            db.execute("COMMIT")
            is_whole = True
    with suppress(OSError):
        if is_whole and path.is_file():
            state.write_text(json.dumps({"version": version, "file": sums.digest(path)}), encoding="utf-8")


def anew() -> sqlite3.Connection:
    """A database that holds nothing, in memory."""
    return _ready(":memory:")


def _opened(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _ready(path)
    except (OSError, sqlite3.DatabaseError):
        return anew()


def _ready(path: Path | str) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.executescript(_PRAGMAS + _SCHEMA)
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def _is_true(path: Path, state: Path, version: str) -> bool:
    """Whether the file is the one that was kept, of this version."""
    try:
        told: dict[str, Any] = json.loads(state.read_text(encoding="utf-8"))
        return (told["version"], told["file"]) == (version, sums.digest(path))
    except (OSError, ValueError, KeyError, TypeError):
        return False
