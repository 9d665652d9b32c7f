"""What the documents say of the whole, added up: replaced document by document."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

import orjson

from graph.mapping.mandates import Sitting
from graph.whole.told import Saying, Told, sitting_of_plain

_NAMED: Final = "INSERT INTO named VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1"


class Said:
    """The tables ``said``, ``named``, ``sat`` and ``award``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Inside a transaction."""
        self._db = db

    def update(self, sayings: Iterable[Saying]) -> set[str]:
        """These are the documents from now on; returns the organs (keys) of which something else is said."""
        organs: set[str] = set()
        present: set[str] = set()
        for each in sayings:
            present.add(each.sha256)
            row = self._db.execute("SELECT stamp FROM said WHERE document = ?", (each.sha256,)).fetchone()
            if row is None or each.stamp is None or row[0] != each.stamp:
                organs |= self._withdraw(each.sha256) if row else set()
                organs |= self._say(each)
        known = [document for (document,) in self._db.execute("SELECT document FROM said")]
        for document in known:
            if document not in present:
                organs |= self._withdraw(document)
        self._db.execute("DELETE FROM named WHERE n = 0")
        return organs

    def named(self, kind: str, after: str, last: str | None) -> set[str]:
        """The keys of a type that documents name, above ``after`` and up to ``last``."""
        found = self._db.execute(
            "SELECT key FROM named WHERE kind = ? AND key > ? AND (? IS NULL OR key <= ?)", (kind, after, last, last)
        )
        return {key for (key,) in found}

    def is_named(self, kind: str, key: str) -> bool:
        """Whether a document names a thing."""
        return self._db.execute("SELECT 1 FROM named WHERE kind = ? AND key = ?", (kind, key)).fetchone() is not None

    def sittings(self, organ: str) -> list[Sitting]:
        """What all rosters say of an organ, in the order of the documents."""
        rows = self._db.execute("SELECT plain FROM sat WHERE organ = ? ORDER BY document", (organ,))
        return [each for (plain,) in rows for each in map(sitting_of_plain, orjson.loads(plain))]

    def worth(self, kind: str, key: str) -> Decimal:
        """The euros awarded that concern a thing; an award told by two documents counts once."""
        rows = self._db.execute(
            "SELECT funding, euros FROM award WHERE kind = ? AND key = ? ORDER BY document", (kind, key)
        )
        return sum(map(Decimal, dict(rows.fetchall()).values()), Decimal())

    def _say(self, saying: Saying) -> set[str]:
        told, document = saying.told(), saying.sha256
        plain = orjson.dumps(told.plain())
        self._db.execute("INSERT INTO said VALUES (?, ?, ?)", (document, saying.stamp, plain))
        self._db.executemany(_NAMED, told.named)
        self._db.executemany(
            "INSERT OR REPLACE INTO award VALUES (?, ?, ?, ?, ?)",
            ((*thing, document, a.funding, str(a.euros)) for a in told.awards for thing in a.concerned),
        )
        organs = dict(_by_organ(told.sittings))
        self._db.executemany(
            "INSERT INTO sat VALUES (?, ?, ?)",
            ((organ, document, orjson.dumps(sat)) for organ, sat in organs.items()),
        )
        return set(organs)

    def _withdraw(self, document: str) -> set[str]:
        (plain,) = self._db.execute("SELECT plain FROM said WHERE document = ?", (document,)).fetchone()
        told = Told.of_plain(orjson.loads(plain))
        self._db.executemany("UPDATE named SET n = n - 1 WHERE kind = ? AND key = ?", told.named)
        self._db.executemany(
            "DELETE FROM award WHERE kind = ? AND key = ? AND document = ?",
            {(*thing, document) for award in told.awards for thing in award.concerned},
        )
        organs = {each.body for each in told.sittings}
        self._db.executemany("DELETE FROM sat WHERE organ = ? AND document = ?", ((o, document) for o in organs))
        self._db.execute("DELETE FROM said WHERE document = ?", (document,))
        return organs


def _by_organ(sittings: Iterable[Sitting]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    for organ, sat in groupby(sorted(sittings, key=lambda each: each.body), key=lambda each: each.body):
        yield organ, list(map(tuple, sat))
