"""A funding while it is read, before duplicates are merged and parts tied to their total."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from extract.facts import FundingKind, FundingStatus, Rules
from extract.pipes.model import Amount
from extract.pipes.orgbook import Organisation

#: The kinds of money that a grant is.
GRANTS: Final = ("subsidy", "contribution")


@dataclass(slots=True)
class Draft:
    """One telling of one funding.

    ``rule`` names the reading rule that gave the status; ``how`` the way its beneficiary was found ("stated",
    "row", "anaphora", "subject", "none"): both decide the confidence. ``spans`` are the passages it was read from,
    the first holds the amount. ``sure`` is the probability that the models give it, ``rules`` what
    rules say of it. ``exposed`` marks what the exposé alone tells. ``part`` marks instalments and shares;
    ``parent`` is their total.
    """

    status: FundingStatus
    kind: FundingKind
    rule: str
    position: int
    section: str
    amount: Amount | None = None
    funder: Organisation | None = None
    beneficiary: Organisation | None = None
    private_name: str | None = None
    first: int | None = None
    last: int | None = None
    conditional: bool = False
    programme: str | None = None
    action: str | None = None
    part: bool = False
    share: bool = False
    parent: Draft | None = None
    table: int | None = None
    split: bool = False
    passing: bool = False
    how: str = "none"
    sure: float | None = None
    rules: Rules = "silent"
    exposed: bool = False
    purpose: str | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)
    id: str = ""

    @property
    def value(self) -> Decimal | None:
        """The amount in euros."""
        return self.amount.value if self.amount else None

    @property
    def per_year(self) -> bool:
        """Whether the amount is granted every year of the period."""
        return self.amount is not None and self.amount.per_year


@dataclass(frozen=True, slots=True)
class Use:
    """A row that tells what money is for, of nobody: what, its sum, where the sum stands, the extent of the row."""

    purpose: str
    amount: Amount
    position: int
    span: tuple[int, int]


@dataclass(slots=True)
class GrantTable:
    """A table: its rows as drafts and the total it prints; ``uses`` are rows that name nobody."""

    drafts: list[Draft]
    stated_total: Decimal | None
    start: int
    end: int
    uses: list[Use] = field(default_factory=list)
