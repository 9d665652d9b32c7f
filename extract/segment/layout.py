"""Where the parts of one act stand in the text: spans only, no values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A passage, in characters of the document's text; ``end`` is excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DecisionSpan:
    """One decided point, numbered from 1; its bullet is left out, its sub-points are inside."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ActLayout:
    """The parts of one act.

    ``header`` runs to the objet; acts that share one (procès-verbal) have the same header span.
    ``roster_present`` begins after its heading; ``roster_absent`` begins *with* its heading, which says how the
    absent are listed, and holds any further headings (excusés, pouvoirs). ``body`` is the exposé, from the title
    to ``intro``, the formula "Le Conseil, après en avoir délibéré, décide :". ``vote`` covers the scrutin or the
    sentence that tells it; ``tail`` holds signatures and stamps. A part that the act does not have is None; body
    and tail may be empty.
    """

    whole: Span
    header: Span
    roster_present: Span | None
    roster_absent: Span | None
    number: Span | None
    theme: Span | None
    title: Span | None
    body: Span
    intro: Span | None
    decisions: tuple[DecisionSpan, ...]
    vote: Span | None
    tail: Span
