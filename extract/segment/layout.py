"""Where the parts of one act stand in the text: spans only, no values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A passage, in characters of the document's text; ``end`` is excluded."""

    start: int
    end: int


class RosterTable(NamedTuple):
    """A table: its head, its rows, and what each column holds (a name of ``[column]``, None for anything else)."""

    head: Span
    rows: Span
    kinds: tuple[str | None, ...]

    @property
    def by_column(self) -> bool:
        """Whether each column is a list of its own, under its heading."""
        return "name" not in self.kinds and self.kinds.count("list") > 1

    @property
    def complete(self) -> bool:
        """Whether it tells who was there, not of those alone who gave a proxy."""
        return self.by_column or "present" in self.kinds or "status" in self.kinds


class RosterSpan(NamedTuple):
    """One list: its heading, the words of the heading that tell the kind, the list itself, and what interrupts it.

    Where the roster is a table, ``table`` is it, and ``listed`` are its rows.
    """

    heading: Span
    kind: str
    listed: Span
    noise: tuple[Span, ...] = ()
    table: RosterTable | None = None


@dataclass(frozen=True, slots=True)
class DecisionSpan:
    """One decided point, numbered from 1; its bullet is left out, its sub-points are inside."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ActLayout:
    """The parts of one act.

    ``header`` runs to the objet; acts that share one (procès-verbal) have the same header span. ``rosters`` are its
    lists, in the order of the text. ``body`` is the exposé, from the title
    to ``intro``, the formula "Le Conseil, après en avoir délibéré, décide :". ``vote`` covers the scrutin or the
    sentence that tells it; ``tail`` holds signatures and stamps. ``lent`` is the passage that stands for the title
    where none is printed (:mod:`extract.segment.lent`). A part that the act does not have is None; body and tail may
    be empty.
    """

    whole: Span
    header: Span
    rosters: tuple[RosterSpan, ...]
    number: Span | None
    theme: Span | None
    title: Span | None
    body: Span
    intro: Span | None
    decisions: tuple[DecisionSpan, ...]
    vote: Span | None
    tail: Span
    lent: Span | None = None
