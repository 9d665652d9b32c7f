"""The nodes that are remembered, with their links: what each document says of each, and all that is said added up."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

import orjson

from graph.resolve.incremental.codec import Plain, accumulate, add_up, nothing
from graph.resolve.incremental.links import answered_by
from graph.resolve.incremental.packing import dump, packed, unpacked

#: Nodes of a kind of which something is said that is not written yet.
_PENDING: Final = 2_000


class Store:
    """Contributions, nodes and links. What is asked for is read by key; nothing is read whole."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """``connection`` is the registry's, with the remembered resolution attached (see :class:`State`)."""
        self._db = connection
        self._pending: dict[str, dict[str, Plain]] = {}

    def contribute(self, kind: str, digest: str, said: Mapping[str, Plain]) -> None:
        """What a document says of each node, added to what others say."""
        self._db.execute(
            "INSERT INTO contribution (digest, kind, data) VALUES (?, ?, ?)", (digest, kind, packed(dict(said)))
        )
        number = self._number(digest)
        self._db.executemany(
            "INSERT INTO mention (kind, signature, document) VALUES (?, ?, ?)", [(kind, s, number) for s in said]
        )
        self._later(kind, said, 1)

    def said(self, kind: str, digest: str) -> dict[str, Plain]:
        """What a document says of each node of a kind."""
        row = self._db.execute("SELECT data FROM contribution WHERE digest = ? AND kind = ?", (digest, kind)).fetchone()
        return dict(unpacked(row[0])) if row else {}

    def withdraw(self, kind: str, digest: str) -> set[str]:
        """Undo what a document says of the nodes of a kind; returns their signatures."""
        said = self.said(kind, digest)
        self._db.execute("DELETE FROM contribution WHERE digest = ? AND kind = ?", (digest, kind))
        number = self._number(digest)
        self._db.executemany(
            "DELETE FROM mention WHERE kind = ? AND signature = ? AND document = ?", [(kind, s, number) for s in said]
        )
        self._later(kind, said, -1)
        return set(said)

    def said_in(self, kind: str, signatures: Iterable[str]) -> frozenset[str]:
        """The documents that name any of ``signatures``."""
        query = "SELECT digest FROM mention JOIN document ON number = mention.document WHERE kind = ? AND signature = ?"
        return frozenset(row[0] for row in self._each(query, kind, signatures))

    def nodes(self, kind: str, signatures: Iterable[str]) -> dict[str, Plain]:
        """The nodes that there are, by signature."""
        self._add_up(kind)
        return self._stored(kind, signatures)

    def present(self, kind: str, signatures: Iterable[str]) -> frozenset[str]:
        """Those of ``signatures`` that there are."""
        self._add_up(kind)
        found = self._each("SELECT signature FROM node WHERE kind = ? AND signature = ?", kind, signatures)
        return frozenset(signature for (signature,) in found)

    def signatures(self, kind: str) -> Iterator[str]:
        """All that there are."""
        self._add_up(kind)
        for (signature,) in self._db.execute("SELECT signature FROM node WHERE kind = ?", (kind,)):
            yield signature

    def in_block(self, kind: str, keys: Iterable[str]) -> frozenset[str]:
        """The signatures to be found in any of the blocks."""
        return frozenset(
            row[0] for row in self._each("SELECT signature FROM block WHERE kind = ? AND key = ?", kind, keys)
        )

    def links(self, kind: str, signature: str) -> frozenset[str]:
        """The keys of a node."""
        rows = self._db.execute("SELECT key FROM link WHERE kind = ? AND signature = ?", (kind, signature))
        return frozenset(row[0] for row in rows)

    def link(self, kind: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Give nodes keys: (signature, key)."""
        self._db.executemany(
            "INSERT OR IGNORE INTO link (kind, signature, key) VALUES (?, ?, ?)", [(kind, *pair) for pair in pairs]
        )

    def unlink(self, kind: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Take keys from nodes: (signature, key)."""
        self._db.executemany(
            "DELETE FROM link WHERE kind = ? AND signature = ? AND key = ?", [(kind, *pair) for pair in pairs]
        )

    def block(self, kind: str, signature: str, keys: Iterable[str]) -> None:
        """Let a node be found in blocks."""
        self._db.executemany(
            "INSERT OR IGNORE INTO block (kind, key, signature) VALUES (?, ?, ?)", [(kind, k, signature) for k in keys]
        )

    def is_placed(self, kind: str, signature: str) -> bool:
        """Whether a node can be found in a block already."""
        row = self._db.execute("SELECT 1 FROM block WHERE kind = ? AND signature = ? LIMIT 1", (kind, signature))
        return row.fetchone() is not None

    def clear(self, kind: str, signature: str) -> None:
        """Take a node that is no more out of all links and blocks."""
        edges = [key for key in self.links(kind, signature) if key.startswith("edge\t")]
        self._db.executemany("DELETE FROM link WHERE kind = ? AND key = ?", [(kind, key) for key in edges])
        self._db.execute("DELETE FROM link WHERE kind = ? AND signature = ?", (kind, signature))
        self._db.execute("DELETE FROM block WHERE kind = ? AND signature = ?", (kind, signature))

    def neighbours(self, kind: str, keys: Iterable[str]) -> frozenset[str]:
        """The nodes that any of ``keys`` links to."""
        asked = map(answered_by, keys)
        return frozenset(
            row[0] for row in self._each("SELECT signature FROM link WHERE kind = ? AND key = ?", kind, asked)
        )

    def component(self, kind: str, start: Iterable[str], joined: Mapping[str, Collection[str]]) -> frozenset[str]:
        """All nodes that links, or the pairs ``joined``, lead to from ``start``; ``start`` as well."""
        found = set(start)
        seen: set[str] = set()
        edge_of = list(found)
        while edge_of:
            keys = {key for signature in edge_of for key in self.links(kind, signature)} - seen
            seen |= keys
            reached = set(self.neighbours(kind, keys))
            reached |= {other for signature in edge_of for other in joined.get(signature, ())}
            edge_of = sorted(reached - found)
            found.update(edge_of)
        return frozenset(found)

    def add_rosters(self, rosters: Mapping[str, frozenset[str]]) -> None:
        """Keep lists of members, by their digests."""
        rows = [(digest, packed(sorted(members))) for digest, members in rosters.items()]
        self._db.executemany("INSERT OR IGNORE INTO roster (digest, members) VALUES (?, ?)", rows)

    def rosters(self, digests: Iterable[str]) -> dict[str, frozenset[str]]:
        """Lists of members, by their digests."""
        rows = (self._db.execute("SELECT members FROM roster WHERE digest = ?", (d,)).fetchone() for d in digests)
        return {d: frozenset(unpacked(row[0])) for d, row in zip(digests, rows, strict=True)}

    def judged(self) -> frozenset[tuple[str, str, str, str]]:
        """The pairs judged when judgements were last applied: kind, verb, one, other."""
        return frozenset(self._db.execute("SELECT kind, verb, one, other FROM judged"))

    def set_judged(self, pairs: Iterable[tuple[str, str, str, str]]) -> None:
        """Replace the pairs judged."""
        self._db.execute("DELETE FROM judged")
        self._db.executemany("INSERT INTO judged (kind, verb, one, other) VALUES (?, ?, ?, ?)", sorted(pairs))

    def _later(self, kind: str, said: Mapping[str, Plain], times: int) -> None:
        """What is said of a node is written when it is next read, or much waits: for many documents together."""
        pending = self._pending.setdefault(kind, {})
        for signature, plain in said.items():
            accumulate(pending.setdefault(signature, nothing()), plain, times)
        if len(pending) > _PENDING:
            self._add_up(kind)

    def _add_up(self, kind: str) -> None:
        pending = self._pending.pop(kind, {})
        known = self._stored(kind, pending)
        totals = {signature: add_up(known.get(signature), change) for signature, change in pending.items()}
        self._db.executemany(
            "INSERT OR REPLACE INTO node (kind, signature, data) VALUES (?, ?, ?)",
            [(kind, signature, dump(plain)) for signature, plain in totals.items() if plain],
        )
        self._db.executemany(
            "DELETE FROM node WHERE kind = ? AND signature = ?",
            [(kind, signature) for signature, plain in totals.items() if not plain],
        )

    def _stored(self, kind: str, signatures: Iterable[str]) -> dict[str, Plain]:
        rows = self._each("SELECT signature, data FROM node WHERE kind = ? AND signature = ?", kind, signatures)
        return {signature: orjson.loads(data) for signature, data in rows}

    def _number(self, digest: str) -> int:
        self._db.execute("INSERT OR IGNORE INTO document (digest) VALUES (?)", (digest,))
        row = self._db.execute("SELECT number FROM document WHERE digest = ?", (digest,)).fetchone()
        return int(row[0])

    def _each(self, query: str, kind: str, values: Iterable[str]) -> Iterator[tuple[str, ...]]:
        for value in values:
            yield from self._db.execute(query, (kind, value))
