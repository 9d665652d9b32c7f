"""The documents that are remembered: the stamp of their facts, their authorities and the keys of all they name."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator

import orjson

from graph.resolve.incremental.identities import Reading
from graph.resolve.incremental.packing import dump, packed_keys, unpacked_keys
from graph.resolve.resolution import DocumentKeys


class Documents:
    """The table of documents."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """``connection`` is the registry's, with the remembered resolution attached."""
        self._db = connection

    def stamps(self) -> dict[str, str]:
        """Digest → stamp of the facts that were taken in."""
        return dict(self._db.execute("SELECT digest, stamp FROM known"))

    def digests(self) -> Iterator[str]:
        """All digests, in order."""
        for (digest,) in self._db.execute("SELECT digest FROM known ORDER BY digest"):
            yield digest

    def count(self) -> int:
        """How many there are."""
        return int(self._db.execute("SELECT count(*) FROM known").fetchone()[0])

    def keys(self, digest: str) -> DocumentKeys | None:
        """The keys of a document, None for one that is not taken in."""
        row = self._db.execute("SELECT keys FROM named WHERE digest = ?", (digest,)).fetchone()
        return unpacked_keys(row[0]) if row else None

    def stamp(self, digest: str) -> bytes:
        """The keys of a document as they are kept: other bytes for other keys. Raises KeyError."""
        row = self._db.execute("SELECT keys FROM named WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            raise KeyError(digest)
        return bytes(row[0])

    def authorities(self, digest: str) -> frozenset[str]:
        """Signatures of the authorities of a document; none for one that is not taken in."""
        row = self._db.execute("SELECT authorities FROM known WHERE digest = ?", (digest,)).fetchone()
        return frozenset(orjson.loads(row[0])) if row else frozenset()

    def keep(self, reading: Reading, stamp: str, keys: DocumentKeys) -> None:
        """Take a document in, or anew."""
        self._db.execute(
            "INSERT OR REPLACE INTO known (digest, stamp, authorities) VALUES (?, ?, ?)",
            (reading.facts.sha256, stamp, dump(sorted(reading.authorities))),
        )
        self._db.execute(
            "INSERT OR REPLACE INTO named (digest, keys) VALUES (?, ?)", (reading.facts.sha256, packed_keys(keys))
        )

    def forget(self, digests: Collection[str]) -> None:
        """These documents are no longer taken in."""
        for table in ("known", "named"):
            self._db.executemany(f"DELETE FROM {table} WHERE digest = ?", [(digest,) for digest in digests])  # noqa: S608
