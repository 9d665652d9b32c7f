"""Reading a ledger: a selection is put aside once, then ranked, added up and listed."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path

from graph.ledger import totals
from graph.ledger.account import Account
from graph.ledger.layout import VERSION
from graph.ledger.lines import Line, Thing, euros, line, told
from graph.ledger.selection import Criteria, Order, Role
from graph.ledger.totals import Sums, Totals

#: Acts whose dates are looked up one by one.
_MANY = 1_000


class Ledger:
    """The ledger of one release. Every reading opens the file anew, so that threads share nothing."""

    def __init__(self, path: Path) -> None:
        """``path`` is a file that :func:`graph.ledger.write` made, and that never changes."""
        self._path = path

    @contextmanager
    def choose(self, criteria: Criteria, *, once: bool = False) -> Iterator[Chosen]:
        """The lines of a selection, to be asked about; put aside first, unless one thing is asked ``once``."""
        with self._open() as db:
            db.execute("PRAGMA temp_store = MEMORY")
            # what the condition is made of is checked or a number: Criteria.where
            kind = "VIEW" if once else "TABLE"
            db.execute(f"CREATE TEMP {kind} chosen AS SELECT * FROM line WHERE {criteria.where()}")
            yield Chosen(db)

    def totals(self, criteria: Criteria) -> Totals:
        """What the lines of a selection add up to; of all lines of a status, as kept when the release was made."""
        if criteria == Criteria(criteria.status):
            with self._open() as db:
                if (known := totals.kept(db, criteria.status)) is not None:
                    return known
        with self.choose(criteria) as chosen:
            return totals.of(chosen)

    @contextmanager
    def account(self, role: Role, iri: str) -> Iterator[Account]:
        """What has a party or programme, by its IRI, in a role; nothing where the ledger does not know it."""
        with self._open() as db:
            yield Account(db, Criteria.of(role, _known(db, iri)).where())

    @contextmanager
    def account_of(self, fundings: Collection[str]) -> Iterator[Account]:
        """What these fundings, by their IRIs, come to, parts of a total or not."""
        with self._open() as db:
            db.execute("CREATE TEMP TABLE wanted (iri TEXT PRIMARY KEY)")
            db.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((iri,) for iri in fundings))
            yield Account(db, "funding IN (SELECT id FROM funding JOIN wanted USING (iri))")

    @property
    def current(self) -> bool:
        """Whether this version of the software wrote it: another one may have put other things in it."""
        with self._open() as db:
            ((version,),) = db.execute("PRAGMA user_version")
            return bool(version == VERSION)

    def dates(self, acts: Collection[str]) -> dict[str, str]:
        """The date (ISO) of the séance of each of these acts, by IRI; an act without one is absent."""
        with self._open() as db:
            if len(acts) > _MANY:  # all of them are read faster than these are looked up
                every = dict(db.execute("SELECT iri, date FROM act"))
                return {iri: every[iri] for iri in acts if iri in every}
            db.execute("PRAGMA temp_store = MEMORY")
            db.execute("CREATE TEMP TABLE wanted (iri TEXT PRIMARY KEY)")
            db.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((iri,) for iri in acts))
            return dict(db.execute("SELECT iri, date FROM wanted JOIN act USING (iri)"))

    def latest(self, most: int) -> list[str]:
        """The latest acts that have a date, by IRI: latest first, then by their IRIs backwards."""
        with self._open() as db:
            return [iri for (iri,) in db.execute("SELECT iri FROM act ORDER BY date DESC, iri DESC LIMIT ?", (most,))]

    def cofunders(self, funder: str) -> list[tuple[str, int]]:
        """Who else pays, by the same acts, to those that a party is to pay: (IRI, fundings), most fundings first.

        Whatever the status but what is refused: who is asked to pay is told beside who does.
        """
        with self._open() as db:
            found = [
                db.execute(
                    "SELECT thing.iri, COUNT(DISTINCT other.funding) AS fundings"
                    " FROM (SELECT DISTINCT act, beneficiary FROM line WHERE funder = ?1 AND status = 'Awarded') AS own"
                    " JOIN line AS other USING (act, beneficiary) JOIN thing ON thing.id = other.funder"
                    " WHERE other.funder <> ?1 AND other.status <> 'Rejected'"
                    " GROUP BY other.funder ORDER BY fundings DESC, other.funder",
                    (known,),
                )
                for known in _known(db, funder)
            ]
            return [row for rows in found for row in rows]

    def figures(self) -> dict[str, int]:
        """What the release holds: acts, sessions, bodies, organisations, persons, first and last year."""
        with self._open() as db:
            return dict(db.execute("SELECT name, value FROM figure"))

    def things(self) -> dict[int, Thing]:
        """Everything that pays, receives, frames or is the subject of an act, by id."""
        with self._open() as db:
            return {row[0]: Thing(*row) for row in db.execute("SELECT id, iri, label, kind FROM thing ORDER BY rank")}

    def named(self, text: str) -> frozenset[int]:
        """The things that have a name which holds ``text``, already folded by :func:`queries.fold`."""
        with self._open() as db:
            found = db.execute("SELECT DISTINCT thing FROM spelling WHERE instr(folded, ?)", (text,))
            return frozenset(thing for (thing,) in found)

    def themes(self) -> list[int]:
        """Ids of what acts are about, the most frequent first."""
        with self._open() as db:
            found = db.execute("SELECT thing FROM subject GROUP BY thing ORDER BY COUNT(*) DESC, thing")
            return [row[0] for row in found]

    def statuses(self) -> list[str]:
        """Every status that a line has."""
        with self._open() as db:
            return [status for (status,) in db.execute("SELECT DISTINCT status FROM line ORDER BY status")]

    def years(self, status: str) -> list[int]:
        """Years that have a line of this status, latest first."""
        with self._open() as db:
            found = db.execute("SELECT DISTINCT year FROM line WHERE status = ? ORDER BY year DESC", (status,))
            return [row[0] for row in found]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            yield db


class Chosen:
    """The lines of a selection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """``db`` holds them in the table ``chosen``."""
        self._db = db

    def sums(self) -> Sums:
        """All of them together."""
        ((amount, lines, known),) = self._db.execute("SELECT SUM(amount), COUNT(*), COUNT(amount) FROM chosen")
        return Sums(told(amount), lines, lines - known)

    def by_year(self) -> dict[int, Sums]:
        """Sums by year, first year first."""
        found = self._db.execute(
            "SELECT year, SUM(amount), COUNT(*), COUNT(amount) FROM chosen GROUP BY year ORDER BY year"
        )
        return {year: Sums(told(amount), lines, lines - known) for year, amount, lines, known in found}

    def ranked(self, role: Role) -> list[tuple[int | None, Decimal]]:
        """Sums by party of a role (None: not named), largest first; parties without any amount left out."""
        found = self._db.execute(
            f"SELECT {role}, SUM(amount) AS total FROM chosen WHERE amount > 0 GROUP BY {role} ORDER BY total DESC, {role}"  # noqa: E501
        )
        return [(party, euros(total)) for party, total in found]

    def flows(
        self, roles: tuple[Role, ...], kept: Mapping[Role, Collection[int | None]]
    ) -> dict[tuple[int | None, ...], Decimal]:
        """Sums by parties of several roles; those not in ``kept`` are gathered under the id 0."""
        columns = ", ".join(f"{_gathered(role, kept[role])} AS {role}_" for role in roles)
        names = ", ".join(f"{role}_" for role in roles)
        found = self._db.execute(
            f"SELECT {columns}, SUM(amount) FROM chosen WHERE amount > 0 GROUP BY {names} ORDER BY SUM(amount) DESC, {names}"  # noqa: E501
        )
        return {tuple(row[:-1]): euros(row[-1]) for row in found}

    def pairs(self) -> dict[tuple[int | None, int | None], Decimal]:
        """Sums by funder and beneficiary."""
        found = self._db.execute(
            "SELECT funder, beneficiary, SUM(amount) FROM chosen WHERE amount > 0 GROUP BY funder, beneficiary"
            " ORDER BY funder, beneficiary"
        )
        return {(funder, beneficiary): euros(total) for funder, beneficiary, total in found}

    def largest(self, most: int) -> tuple[list[tuple[int, Decimal, Decimal]], int]:
        """The ``most`` bodies by what they pay to and get from bodies with a name, and how many there are in all.

        Each is (id, paid, received), the largest first.
        """
        found = list(
            self._db.execute(
                "WITH pair AS (SELECT funder, beneficiary, SUM(amount) AS total FROM chosen"
                " WHERE amount > 0 AND funder IS NOT NULL AND beneficiary IS NOT NULL GROUP BY funder, beneficiary),"
                " own AS (SELECT funder AS body, total AS paid, 0 AS received FROM pair"
                " UNION ALL SELECT beneficiary, 0, total FROM pair)"
                " SELECT body, SUM(paid), SUM(received), COUNT(*) OVER () FROM own GROUP BY body"
                " ORDER BY SUM(paid) + SUM(received) DESC, body LIMIT ?",
                (most,),
            )
        )
        return [(body, euros(paid), euros(received)) for body, paid, received, _ in found], found[0][-1] if found else 0

    def among(self, bodies: Collection[int]) -> dict[tuple[int, int], Decimal]:
        """Sums by funder and beneficiary, both among ``bodies``."""
        ids = ", ".join(str(int(body)) for body in sorted(bodies))
        found = self._db.execute(
            "SELECT funder, beneficiary, SUM(amount) FROM chosen WHERE amount > 0"
            f" AND funder IN ({ids}) AND beneficiary IN ({ids}) GROUP BY funder, beneficiary"
        )
        return {(funder, beneficiary): euros(total) for funder, beneficiary, total in found}

    def unnamed(self) -> Decimal:
        """The sum of what has a payer or a receiver that no act names."""
        ((total,),) = self._db.execute(
            "SELECT SUM(amount) FROM chosen WHERE amount > 0 AND (funder IS NULL OR beneficiary IS NULL)"
        )
        return euros(total or 0)

    def returns(self) -> list[tuple[int, int, Decimal, Decimal]]:
        """Money that goes both ways: (one, other, what one pays, what it gets back), largest first."""
        found = self._db.execute(
            "WITH pair AS (SELECT funder, beneficiary, SUM(amount) AS total FROM chosen"
            " WHERE amount > 0 AND funder <> beneficiary GROUP BY funder, beneficiary)"
            " SELECT there.funder, there.beneficiary, there.total, back.total FROM pair AS there JOIN pair AS back"
            " ON back.funder = there.beneficiary AND back.beneficiary = there.funder"
            " WHERE there.total > back.total OR (there.total = back.total AND there.funder < there.beneficiary)"
            " ORDER BY there.total + back.total DESC, there.funder, there.beneficiary"
        )
        return [(one, other, euros(paid), euros(got)) for one, other, paid, got in found]

    def by_party_and_year(self, role: Role) -> dict[int | None, dict[int, Decimal]]:
        """Sums by party of a role, then by year."""
        found: dict[int | None, dict[int, Decimal]] = {}
        for party, year, total in self._db.execute(
            f"SELECT {role}, year, SUM(amount) FROM chosen WHERE amount > 0 GROUP BY {role}, year"
        ):
            found.setdefault(party, {})[year] = euros(total)
        return found

    def lines(self, order: Order, start: int = 0, size: int = -1) -> list[Line]:
        """The lines from ``start``, ``size`` of them (all where negative)."""
        found = self._db.execute(
            "SELECT funding.iri, status, kind, year, first, last, funder, programme, beneficiary, amount, confidence,"
            " act.iri, act.title, act.date, funding.evidence"
            f" FROM (SELECT * FROM chosen ORDER BY {order.sql()} LIMIT ? OFFSET ?) AS line"
            " JOIN funding ON funding.id = line.funding JOIN act ON act.id = line.act"
            f" ORDER BY {order.sql()}",
            (size, start),
        )
        return [line(row) for row in found]


def _known(db: sqlite3.Connection, iri: str) -> frozenset[int]:
    """The id of a thing; none where the ledger does not know it."""
    return frozenset(one for (one,) in db.execute("SELECT id FROM thing WHERE iri = ?", (iri,)))


def _gathered(role: Role, kept: Collection[int | None]) -> str:
    ids = ", ".join(str(int(one)) for one in sorted(one for one in kept if one is not None))
    unnamed = f"WHEN {role} IS NULL THEN NULL " if None in kept else ""
    return f"CASE {unnamed}WHEN {role} IN ({ids}) THEN {role} ELSE 0 END"
