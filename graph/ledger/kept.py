"""What the graphs say of fundings, kept beside the releases, so that the next ledger asks only of what changed.

::

    cache/told.sqlite   the rows that the ledger of the live release was made from, and the digest of that release

Nothing depends on the file: where it is gone, damaged or of another release all is asked anew.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from graph.delta import Delta
from graph.version import graph_version


@dataclass(frozen=True)
class Kept:
    """The file at ``path`` is to hold what the release of the digest ``release`` says.

    ``last``: the digest of the one it was made from; ``delta``: what differs. Both None: all is asked.
    """

    path: Path
    release: str
    last: str | None = None
    delta: Delta | None = None

    def known(self) -> Delta | None:
        """What differs from what the file holds; None, and the file is gone, where it is not what it should be."""
        try:
            if self.delta is not None and self.path.is_file() and self._holds():
                return self.delta
        except sqlite3.DatabaseError:
            pass
        self.drop()
        return None

    def drop(self) -> None:
        """Remove the file."""
        for path in (self.path, self.path.with_name(f"{self.path.name}-journal")):
            path.unlink(missing_ok=True)

    def settle(self, db: sqlite3.Connection) -> None:
        """The database attached as ``kept`` now holds what the release says."""
        db.execute("DELETE FROM kept.state")
        db.execute("INSERT INTO kept.state VALUES (?, ?)", (graph_version(), self.release))

    def _holds(self) -> bool:
        with closing(sqlite3.connect(self.path)) as db:
            whole = db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            return whole and db.execute("SELECT version, release FROM state").fetchall() == [
                (graph_version(), self.last)
            ]
