"""What the components hand to each other: typed findings on a spaCy ``Doc`` with their character extent.

:attr:`Reading.text` is the part of one act from its theme to its vote. The ``Doc`` has the same characters with line
breaks as spaces, so that a phrase wrapped over two lines is one phrase to spaCy. All offsets are characters of it;
:class:`ActContext` tells where that text begins in the document.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, TypeVar

from spacy.tokens import Doc

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value and the passage it was read from."""

    start: int
    end: int
    value: T


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in euros. ``unit`` prices and sums with ``tax`` marks are costs of something, not grants."""

    value: Decimal
    written: str
    per_year: bool = False
    unit: bool = False
    ceiling: bool = False
    tax: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """Years, first and last included; ``exact`` is False for a single year that a longer date carries."""

    first: int
    last: int
    in_date: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
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
    """What is known of the act before its text is read. Spans are characters of ``doc.text``."""

    authority: str | None
    body: str | None
    session_date: dt.date | None
    title: tuple[int, int] | None = None
    decisions: tuple[tuple[int, int, int], ...] = ()
    decision_start: int | None = None
    adopted: bool = True
    people: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """All findings on one act, filled by the components in their order."""

    context: ActContext
    text: str
    folded: str
    sentences: list[Sentence] = field(default_factory=list)
    amounts: list[Found[Amount]] = field(default_factory=list)
    periods: list[Found[Period]] = field(default_factory=list)
    extras: dict[str, Any] = field(default_factory=dict)

    def sentence_at(self, position: int) -> int:
        """Index of the sentence that holds a character."""
        starts: list[int] = self.extras.setdefault("starts", [s.start for s in self.sentences])
        return max(0, bisect_right(starts, position) - 1)

    def text_of(self, sentence: Sentence) -> str:
        """The folded text of a sentence."""
        return self.folded[sentence.start : sentence.end]


def within(found: Sequence[Found[T]], start: int, end: int) -> list[Found[T]]:
    """The findings that lie in ``[start, end)``, in order."""
    return [f for f in found if f.start >= start and f.end <= end]


def register_extensions() -> None:
    """Declare the custom attributes of ``Doc`` (idempotent)."""
    if not Doc.has_extension("reading"):
        Doc.set_extension("reading", default=None)
