"""The registry of identities: which key was minted for which mention, and which keys redirect.

Invariants, each tested:

* a signature keeps the first key minted for it, over all runs;
* when one cluster brings together signatures of several keys, the earliest key survives, the others redirect;
* when a cluster is taken apart, the part that holds the founding signature keeps the key;
* a key founded on a signature as an earlier release made it passes to the claim that names that signature as a
  ``former`` one, once;
* within one call, keys depend on the claims and on what was minted before, never on the order of documents:
  callers pass their claims in a canonical order.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_SCHEMA = (_DATA / "registry.sql").read_text(encoding="utf-8")
_SHARING = (_DATA / "sharing.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Claim:
    """A cluster asking for its key: its signatures in canonical order, and the keys it would like, best first.

    ``former`` are the signatures that earlier releases made of the same mentions.
    """

    signatures: tuple[str, ...]
    slugs: tuple[str, ...]
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Minted:
    """A key and its rank: the lower was minted the earlier."""

    key: str
    rank: int


class RegistryError(RuntimeError):
    """The registry file cannot be used; str() names the file and says what to do, in French."""


class Registry:
    """Signatures → keys, in one SQLite file (``:memory:`` for a throw-away one).

    Use :meth:`transaction` around a run: all that it mints is kept, or nothing is.
    """

    def __init__(self, path: Path | str = ":memory:") -> None:
        """Open or create the file at ``path``. Raises :class:`RegistryError` when it is no registry of ours."""
        self.path = str(path)
        try:
            self._db = sqlite3.connect(self.path, isolation_level=None, timeout=30)
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise RegistryError(
                f"{self.path} : registre des identités illisible ({error}). Restaurer une copie du fichier."
            ) from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Registry:
        """Return the registry itself, closed on leaving."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what is minted inside is rolled back when the block raises."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._db.in_transaction:  # SQLite ends it by itself where the disk is full
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def assign(self, kind: str, claims: Sequence[Claim]) -> list[Minted]:
        """The key of each claim, minted where it has none. No signature may be in two claims."""
        known = self._known(kind, (s for claim in claims for s in claim.signatures))
        owners = self._owners(known, claims)
        former = self._known(kind, (s for claim in claims for s in claim.former))
        out: list[Minted] = []
        for index, claim in enumerate(claims):
            owned = sorted(
                {known[s][0] for s in claim.signatures if s in known and owners[known[s][0].key] == index},
                key=lambda minted: minted.rank,
            )
            chosen = owned[0] if owned else self._adopted(kind, claim, former, owners) or self._mint(kind, claim)
            self._redirect(kind, chosen, owned[1:])
            mine = {minted.key for minted in owned} | {chosen.key}
            self._db.executemany(
                "INSERT INTO signature (kind, signature, key) VALUES (?, ?, ?)"
                " ON CONFLICT (kind, signature) DO UPDATE SET key = excluded.key",
                [(kind, s, chosen.key) for s in claim.signatures if s not in known or known[s][0].key not in mine],
            )
            out.append(chosen)
        return out

    def current(self, kind: str, key: str) -> str:
        """The key that ``key`` redirects to, itself when it does not."""
        row = self._db.execute("SELECT target FROM redirect WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        return str(row[0]) if row else key

    def redirects(self) -> dict[tuple[str, str], str]:
        """Every redirect: (kind, old key) → surviving key."""
        rows = self._db.execute("SELECT kind, key, target FROM redirect ORDER BY kind, key")
        return {(kind, key): target for kind, key, target in rows}

    def signatures(self, kind: str, key: str) -> frozenset[str]:
        """The signatures that were minted under ``key`` itself (not under keys that redirect to it)."""
        rows = self._db.execute("SELECT signature FROM signature WHERE kind = ? AND key = ?", (kind, key))
        return frozenset(row[0] for row in rows)

    def keys(self, kind: str, signatures: Iterable[str]) -> frozenset[str]:
        """The keys minted for ``signatures``; unknown ones have none."""
        return frozenset(minted.key for minted, _ in self._known(kind, signatures).values())

    def sharing(self, kind: str, signatures: Iterable[str]) -> frozenset[str]:
        """All signatures that stand for a key of one of ``signatures``, whether it redirects or not; unknown ones too.

        A claim on any of them may decide the key of the others: whoever asks for some keys must ask for all of these.
        """
        rows = self._db.execute(_SHARING, {"kind": kind, "signatures": json.dumps(list(signatures))})
        return frozenset(row[0] for row in rows)

    @property
    def minted(self) -> int:
        """How many keys were ever minted."""
        row = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'entity'").fetchone()
        return int(row[0]) if row else 0

    @property
    def folder(self) -> Path | None:
        """Where the file is, None for a throw-away one."""
        return None if self.path == ":memory:" else Path(self.path).parent

    @property
    def connection(self) -> sqlite3.Connection:
        """The file, for what is kept beside the identities and in their transactions."""
        return self._db

    def assigned(self, kind: str, signatures: Iterable[str]) -> dict[str, str]:
        """Signature → the key that it stands for today; unknown ones are left out."""
        rows = self._db.execute(
            "SELECT s.signature, coalesce(r.target, s.key)"
            " FROM json_each(?) AS asked CROSS JOIN signature s ON s.kind = ? AND s.signature = asked.value"
            " LEFT JOIN redirect r ON r.kind = s.kind AND r.key = s.key",
            (json.dumps(list(signatures)), kind),
        )
        return dict(rows.fetchall())

    def _known(self, kind: str, signatures: Iterable[str]) -> dict[str, tuple[Minted, bool]]:
        """Signature → its key, and whether it is the one the key was founded on."""
        rows = self._db.execute(
            "SELECT s.signature, s.key, e.rank, e.founder FROM signature s JOIN entity e USING (kind, key)"
            " WHERE s.kind = ? AND s.signature IN (SELECT value FROM json_each(?))",
            (kind, json.dumps(list(signatures))),
        )
        return {s: (Minted(key, rank), s == founder) for s, key, rank, founder in rows}

    @staticmethod
    def _owners(known: dict[str, tuple[Minted, bool]], claims: Sequence[Claim]) -> dict[str, int]:
        """Key → index of the claim that keeps it: the one with the founding signature, else the first."""
        owners: dict[str, int] = {}
        founded: set[str] = set()
        for index, claim in enumerate(claims):
            for signature in claim.signatures:
                if signature not in known:
                    continue
                minted, founding = known[signature]
                if founding:
                    owners[minted.key] = index
                    founded.add(minted.key)
                elif minted.key not in founded:
                    owners.setdefault(minted.key, index)
        return owners

    def _adopted(
        self, kind: str, claim: Claim, former: dict[str, tuple[Minted, bool]], owners: dict[str, int]
    ) -> Minted | None:
        """The earliest key founded on a former signature of the claim, which nobody has: it is founded on it now."""
        found = {former[s][0] for s in claim.former if s in former and former[s][1] and former[s][0].key not in owners}
        chosen = min(found, key=lambda minted: minted.rank, default=None)
        if chosen:
            owners[chosen.key] = -1
            self._db.execute(
                "UPDATE entity SET founder = ? WHERE kind = ? AND key = ?", (claim.signatures[0], kind, chosen.key)
            )
        return chosen

    def _mint(self, kind: str, claim: Claim) -> Minted:
        for candidate in self._candidates(claim.slugs):
            cursor = self._db.execute(
                "INSERT INTO entity (kind, key, founder) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (kind, candidate, claim.signatures[0]),
            )
            if cursor.rowcount == 1 and cursor.lastrowid is not None:
                return Minted(candidate, cursor.lastrowid)
        raise AssertionError("the numbered candidates never end")

    @staticmethod
    def _candidates(slugs: Sequence[str]) -> Iterator[str]:
        yield from slugs
        number = 2
        while True:
            yield f"{slugs[0]}-{number}"
            number += 1

    def _redirect(self, kind: str, survivor: Minted, losers: Sequence[Minted]) -> None:
        self._db.execute("DELETE FROM redirect WHERE kind = ? AND key = ?", (kind, survivor.key))
        for loser in losers:
            self._db.execute(
                "UPDATE redirect SET target = ? WHERE kind = ? AND target = ?", (survivor.key, kind, loser.key)
            )
            self._db.execute(
                "INSERT INTO redirect (kind, key, target) VALUES (?, ?, ?)"
                " ON CONFLICT (kind, key) DO UPDATE SET target = excluded.target",
                (kind, loser.key, survivor.key),
            )
