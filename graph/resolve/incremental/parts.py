"""Agreements, strands, actions and fundings: what the documents say of them, and their keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from graph.resolve.incremental.identities import batched
from graph.resolve.incremental.rows import Rows
from graph.resolve.parts import KINDS, Occurrence, Part, PartKeys, Parts, assign_parts
from graph.resolve.registry import Registry
from graph.resolve.spelling import SpellingCounter

#: Parts that are keyed together, with those that share a key with one of them.
_TOGETHER = 2_000
_COLUMNS = "kind, natural, signature, digest, act, local_id, slug, label"


class KeptParts:
    """The parts of all acts. What is settled together are the occurrences of one part."""

    def __init__(self, registry: Registry) -> None:
        """The rows are remembered beside the registry."""
        self._registry = registry
        self._db = registry.connection
        self._rows = Rows(registry.connection, "part", _COLUMNS)
        # A first ingest touches all parts there are: they are not held in memory.
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS touched (kind, natural, PRIMARY KEY (kind, natural))")

    def withdraw(self, digest: str) -> None:
        """Take out what a document says; the parts are touched."""
        self._touch(self._rows.take(digest, "kind, natural"))

    def say(self, parts: Parts) -> None:
        """Take in the parts of a document; they are touched."""
        self._rows.add(
            (f.kind, f.natural, f.signature, scope.digest, scope.index, f.local_id, f.slug, f.label)
            for _, scope, f in parts.occurrences
        )
        self._touch((found.kind, found.natural) for _, _, found in parts.occurrences)

    def _touch(self, parts: Iterable[Part]) -> None:
        self._db.executemany("INSERT OR IGNORE INTO touched VALUES (?, ?)", parts)

    def settle(self) -> set[str]:
        """Key the parts touched anew; returns the documents that one of their keys is new to."""
        found: set[str] = set()
        for kind in KINDS:
            further: set[str] = set()
            # In the order in which they are minted: what comes later shares no key with what came before.
            asked = self._db.execute("SELECT natural FROM touched WHERE kind = ? ORDER BY natural", (kind,))
            for some in batched((natural for (natural,) in asked), _TOGETHER):
                found |= self._settle(kind, set(some) - further, further)
        self._db.execute("DELETE FROM touched")
        return found

    def _settle(self, kind: str, naturals: Collection[str], further: set[str]) -> set[str]:
        """The same of some parts of a kind; adds to ``further`` those that were keyed with them."""
        rows = self._reached(kind, naturals)
        keys = assign_parts((Occurrence(k, natural, "", s, slug) for k, natural, s, slug, _, _ in rows), self._registry)
        changed = [row for row in rows if keys[row[0], row[1]] != row[5]]
        self._rows.update("key", "kind, signature", ((keys[k, natural], k, s) for k, natural, s, *_ in changed))
        further.update({row[1] for row in rows}.difference(naturals))
        return {row[4] for row in changed}

    def fill(self, digest: str, acts: Sequence[PartKeys]) -> None:
        """Hand out the keys of a document's parts, by act."""
        for kind, act, local_id, key in self._rows.where("digest", [digest], "kind, act, local_id, key"):
            acts[act].of(kind)[local_id] = key

    def labelled(self) -> Iterator[str]:
        """All strands and actions, as "type/key"."""
        rows = self._db.execute("SELECT DISTINCT kind || '/' || key FROM part WHERE label IS NOT NULL ORDER BY 1")
        for (reference,) in rows:
            yield reference

    def label(self, kind: str, key: str) -> str | None:
        """What most acts call a strand or an action, None for a key that no act names."""
        rows = self._db.execute(
            "SELECT label, digest FROM part WHERE kind = ? AND key = ? AND label IS NOT NULL", (kind, key)
        )
        names = SpellingCounter()
        for label, digest in rows:
            names.add(label, digest)
        found = names.spellings()
        return found[0].text if found else None

    def _reached(self, kind: str, touched: Collection[str]) -> list[tuple[str, str, str, str, str, str | None]]:
        """The rows of the parts, and of those that share a key with one of them."""
        columns = "kind, natural, signature, slug, digest, key"
        naturals, asked = set(touched), set(touched)
        rows: list[tuple[str, str, str, str, str, str | None]] = []
        while asked:
            found = self._rows.where("natural", asked, columns, kind)
            rows += found
            signatures = {row[2] for row in found} | asked
            shared = self._registry.sharing(kind, signatures) - signatures
            asked = {natural for (natural,) in self._rows.where("signature", shared, "natural", kind)}
            asked |= {natural for (natural,) in self._rows.where("natural", shared, "natural", kind)}
            asked -= naturals
            naturals |= asked
        return rows
