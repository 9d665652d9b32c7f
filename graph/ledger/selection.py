"""What is selected in a ledger, as SQL: the one place that says which lines count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from graph.ledger.layout import AMOUNT_UNITS, CONFIDENCE_UNITS

Role: TypeAlias = Literal["funder", "programme", "beneficiary"]
#: Columns of a line that a party stands in.
ROLES: Final[tuple[Role, ...]] = ("funder", "programme", "beneficiary")
#: Columns that lines are sorted by.
SORTS: Final = ("year", "funder", "programme", "beneficiary", "amount", "confidence")


@dataclass(frozen=True)
class Criteria:
    """A selection. None or empty: all. Parties and themes are ids of the ledger; an empty set of them selects nothing.

    ``least`` and ``most`` are whole euros, both included; ``confidence`` is in hundredths, at least so much.
    """

    status: str = "Awarded"
    years: frozenset[int] = frozenset()
    first: int | None = None
    last: int | None = None
    funder: frozenset[int] | None = None
    programme: frozenset[int] | None = None
    beneficiary: frozenset[int] | None = None
    theme: frozenset[int] | None = None
    least: int | None = None
    most: int | None = None
    confidence: int | None = None

    @classmethod
    def of(cls, role: Role, ids: frozenset[int]) -> Criteria:
        """All that has one of these in a role, whatever its status."""
        chosen: dict[Role, frozenset[int]] = {role: ids}
        return cls(
            "", funder=chosen.get("funder"), programme=chosen.get("programme"), beneficiary=chosen.get("beneficiary")
        )

    def where(self) -> str:
        """The condition on ``line``, without parameters: all values are numbers, but the status, which is checked."""
        if self.status and not self.status.isalpha():
            raise ValueError(self.status)
        terms = [f"status = '{self.status}'"] if self.status else []
        terms.append(self._parts())
        if self.years:
            terms.append(f"year IN ({_ids(self.years)})")
        bounds = (
            ("year >=", self.first, 1),
            ("year <=", self.last, 1),
            ("amount >=", self.least, AMOUNT_UNITS),
            ("amount <=", self.most, AMOUNT_UNITS),
            ("confidence >=", self.confidence, CONFIDENCE_UNITS // 100),
        )
        terms += [f"{column} {value * units}" for column, value, units in bounds if value is not None]
        terms += [f"line.{role} IN ({_ids(ids)})" for role, ids in self._parties()]
        if self.theme is not None:
            terms.append(f"act IN (SELECT act FROM subject WHERE thing IN ({_ids(self.theme)}))")
        return " AND ".join(terms)

    def _parts(self) -> str:
        """A part counts only where the selection is of parties, and no total that it is in answers to them."""
        asked = self._parties()
        if not asked:
            return "part = 0"
        same = " AND ".join(f"whole.{role} IN ({_ids(ids)})" for role, ids in asked)
        return f"(part = 0 OR NOT EXISTS (SELECT 1 FROM whole WHERE whole.part = line.funding AND {same}))"

    def _parties(self) -> list[tuple[Role, frozenset[int]]]:
        return [(role, ids) for role in ROLES if (ids := getattr(self, role)) is not None]


@dataclass(frozen=True)
class Order:
    """How lines are sorted: a column of SORTS, downwards or upwards. What is not told comes last.

    Latest year first, ``place`` (ledger.sql) tells where a line stands; it parts those that are equal otherwise.
    """

    column: str = "year"
    down: bool = True

    def sql(self) -> str:
        """The ORDER BY, total: the same lines always come in the same order."""
        way = "DESC" if self.down else "ASC"
        if self.column in ROLES:
            first = f"{self.column} IS NULL, (SELECT rank FROM thing WHERE thing.id = {self.column}) {way}"
        elif self.column in SORTS:
            first = f"{self.column} IS NULL, {self.column} {way}"
        else:
            raise ValueError(self.column)
        return "place" if self == Order() else f"{first}, place"


def _ids(ids: Iterable[int]) -> str:
    return ", ".join(str(int(one)) for one in sorted(ids))
