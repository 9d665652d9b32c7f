"""The stretch of text that belongs to one amount, and the parties found for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.pipes.model import Sentence
from extract.pipes.orgbook import Organisation


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of a sentence that belongs to one amount: from the amount before to the amount after.

    ``consumed`` holds where organisations stand that an earlier amount of the sentence already has.
    """

    sentence: Sentence
    left: int
    start: int
    end: int
    right: int
    consumed: frozenset[int] = frozenset()


@dataclass(slots=True)
class Parties:
    """Who pays, who receives, how the receiver was found, and a private person's name where one receives.

    ``others`` are further beneficiaries of the same amount each ("2 000 € chacune"); ``used`` where the beneficiary
    stands in the text.
    """

    funder: Organisation | None = None
    beneficiary: Organisation | None = None
    how: str = "none"
    private_name: str | None = None
    private_span: tuple[int, int] | None = None
    others: list[Organisation] = field(default_factory=list)
    payers: list[Organisation] = field(default_factory=list)
    used: int | None = None
