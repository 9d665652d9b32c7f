"""What the components hand to each other: typed findings on a spaCy ``Doc`` with their character extent.

:attr:`Reading.text` is the part of one act from its theme to its vote. The ``Doc`` has the same characters with line
breaks as spaces, so that a phrase wrapped over two lines is one phrase to spaCy. All offsets are characters of it;
:class:`ActContext` tells where that text begins in the document.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from extract.facts import PersonName

T = TypeVar("T")
_START = attrgetter("start")


class Found(NamedTuple, Generic[T]):
    """A value and the passage it was read from."""

    start: int
    end: int
    value: T


class Amount(NamedTuple):
    """A sum in euros. ``unit`` prices and sums with ``tax`` marks are costs of something, not grants."""

    value: Decimal
    written: str
    per_year: bool = False
    unit: bool = False
    ceiling: bool = False
    tax: bool = False


class Period(NamedTuple):
    """Years, first and last included; ``exact`` is False for a single year that a longer date carries."""

    first: int
    last: int
    in_date: bool = False


class Sentence(NamedTuple):
    """One sentence, list item or table line.

    ``section`` is "title", "body" or "decision"; ``decision`` the number of the decided point, else 0.
    ``lead`` is the index of the sentence that introduces the list this one is an item of.
    """

    start: int
    end: int
    section: str
    decision: int = 0
    bullet: bool = False
    paragraph: int = 0
    lead: int | None = None


@dataclass(frozen=True, slots=True)
class ActContext:
    """What is known of the act before its text is read. Spans are characters of ``doc.text``.

    ``adopted`` unless the act says otherwise; ``voted`` where it says that it was adopted.
    """

    authority: str | None
    body: str | None
    session_date: dt.date | None
    title: tuple[int, int] | None = None
    decisions: tuple[tuple[int, int, int], ...] = ()
    decision_start: int | None = None
    adopted: bool = True
    put_off: bool = False
    voted: bool = False
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """A long form (its extent) and the sigle the text ties to it (and where the sigle stands)."""

    start: int
    end: int
    sigle: str
    sigle_start: int


@dataclass(slots=True)
class Programme:
    """An instance: what all its mentions say together. ``mentions`` are character extents."""

    id: str
    name: str
    family: str | None
    sigle: str | None = None
    first: int | None = None
    last: int | None = None
    until: int | None = None
    mentions: list[tuple[int, int]] = field(default_factory=list)
    signatories: list[str] = field(default_factory=list)
    replaces: list[str] = field(default_factory=list)

    def valid_in(self, year: int) -> bool:
        """Whether a year lies in the period, its extension included."""
        end = self.until or self.last
        return (self.first is None or self.first <= year) and (end is None or year <= end)


@dataclass(slots=True)
class Strand:
    """An axe, pilier or volet; ``sentence`` is the index of its heading."""

    id: str
    kind: str
    label: str
    number: str | None
    sentence: int
    start: int
    end: int


@dataclass(slots=True)
class Action:
    """An action; ``strand`` the id of the strand under which it is listed."""

    id: str
    label: str
    number: str | None
    strand: str | None
    sentence: int
    start: int
    end: int
    carried_by: str | None = None


@dataclass(slots=True)
class Agreement:
    """A convention of the act; ``parties`` are organisation ids in the order of the text."""

    id: str
    type: str
    parties: list[str]
    first: int | None = None
    last: int | None = None
    programme: str | None = None
    approved: bool = False
    mentions: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Person:
    """A person, the role in the text's words and the id of the organisation."""

    name: PersonName
    role: str
    organisation: str | None
    start: int
    end: int


def within(found: Sequence[Found[T]], start: int, end: int) -> list[Found[T]]:
    """Of findings in the order of the text, those that lie in ``[start, end)``."""
    first = bisect_left(found, start, key=_START)
    return [f for f in found[first : bisect_left(found, end, lo=first, key=_START)] if f.end <= end]
