"""The account of one party, programme or action: sums by year, who stands at the other end, its fundings one by one.

Lines of every status. The engine adds up and cuts; a page over thousands of lines reads those that it shows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final, NamedTuple, TypeVar, overload

from graph.ledger.lines import euros, told
from graph.ledger.selection import ROLES, Role

T = TypeVar("T")
#: What is put aside of each line.
_COLUMNS: Final = "funding, status, year, first, last, funder, programme, beneficiary, amount"


class Party(NamedTuple):
    """Who stands at the other end. ``iri``: None where no act names it; ``amount``: None where none is stated."""

    iri: str | None
    amount: Decimal | None
    fundings: int
    first: int
    last: int


class Listed(NamedTuple):
    """One funding with the IRIs of its parties. ``yearly``: whether its amount counts in more than one year."""

    funding: str
    evidence: str | None
    status: str
    first: int
    last: int
    yearly: bool
    amount: Decimal | None
    funder: str | None
    programme: str | None
    beneficiary: str | None


class Cut(Sequence[T]):
    """Rows in order, read when they are asked for."""

    def __init__(self, count: int, read: Callable[[int, int], list[T]]) -> None:
        """``read`` is given where to begin and how many to read."""
        self._count, self._read = count, read

    def __len__(self) -> int:
        """How many they are."""
        return self._count

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        """One, or a page of them."""
        chosen = range(self._count)[place]
        if isinstance(chosen, int):
            return self._read(chosen, 1)[0]
        found = self._read(min(chosen), max(chosen) - min(chosen) + 1) if chosen else []
        return found[:: chosen.step]


class Account:
    """The lines of one party, programme or action, for as long as the ledger that put them aside is open."""

    def __init__(self, db: sqlite3.Connection, condition: str) -> None:
        """``condition`` tells which of the table ``line``, every year of each funding among them."""
        self._db = db
        db.execute(f"CREATE TEMP TABLE account AS SELECT {_COLUMNS} FROM line WHERE {condition}")

    def holds(self, status: str) -> bool:
        """Whether there is any funding of this status."""
        return self._db.execute("SELECT 1 FROM account WHERE status = ? LIMIT 1", (status,)).fetchone() is not None

    def sums(self, status: str) -> dict[int, Decimal]:
        """Sums of the stated amounts by year."""
        found = self._db.execute(
            "SELECT year, SUM(amount) FROM account WHERE status = ? AND amount IS NOT NULL GROUP BY year", (status,)
        )
        return {year: euros(total) for year, total in found}

    def untold(self, status: str) -> set[int]:
        """The fundings of this status, by id, that state no amount."""
        found = self._db.execute("SELECT funding FROM account WHERE status = ? AND amount IS NULL", (status,))
        return {funding for (funding,) in found}

    def parties(self, role: Role, status: str) -> Cut[Party]:
        """Who stands in ``role``, one that is not named among them: largest sum first."""
        if role not in ROLES:
            raise ValueError(role)
        # a funding has one line in its first year
        grouped = (
            f"SELECT {role} AS party, SUM(amount) AS total, SUM(year = first) AS fundings, MIN(year) AS first,"
            f" MAX(year) AS last FROM account WHERE status = ? GROUP BY {role}"
        )
        ((count,),) = self._db.execute(f"SELECT COUNT(*) FROM ({grouped})", (status,))

        def read(start: int, size: int) -> list[Party]:
            found = self._db.execute(
                f"SELECT thing.iri, total, fundings, first, last FROM ({grouped}"
                " ORDER BY COALESCE(total, 0) DESC, party IS NULL, party LIMIT ? OFFSET ?) AS ranked"
                " LEFT JOIN thing ON thing.id = party ORDER BY COALESCE(total, 0) DESC, party IS NULL, party",
                (status, size, start),
            )
            return [Party(iri, told(total), *rest) for iri, total, *rest in found]

        return Cut(count, read)

    def fundings(self) -> Cut[Listed]:
        """The fundings of every status, one a row: the latest first year first, then the largest amount."""
        order = "first DESC, COALESCE(amount, 0) DESC, account.funding"
        ((count,),) = self._db.execute("SELECT COUNT(*) FROM account WHERE year = first")

        def read(start: int, size: int) -> list[Listed]:
            found = self._db.execute(
                "SELECT its.iri, its.evidence, status, first, last, amount, payer.iri, frame.iri, payee.iri,"
                " EXISTS (SELECT 1 FROM line WHERE line.funding = account.funding AND line.year > line.first)"
                f" FROM (SELECT * FROM account WHERE year = first ORDER BY {order} LIMIT ? OFFSET ?) AS account"
                " JOIN funding AS its ON its.id = account.funding LEFT JOIN thing AS payer ON payer.id = funder"
                " LEFT JOIN thing AS frame ON frame.id = programme LEFT JOIN thing AS payee ON payee.id = beneficiary"
                f" ORDER BY {order}",
                (size, start),
            )
            return [
                Listed(iri, evidence, status, first, last, bool(yearly), told(amount), *parties)
                for iri, evidence, status, first, last, amount, *parties, yearly in found
            ]

        return Cut(count, read)
