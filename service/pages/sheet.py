"""The sheet of facts beside a document: what its template shows."""

from __future__ import annotations

from dataclasses import dataclass, field

#: Which fact a passage leads to when it supports several: money first, then what is decided, then who sat.
TYPES = (
    "funding", "agreement", "decision", "reading", "vote", "action", "strand", "programme", "attendance",
    "session", "deliberation", "organisation", "person", "cited", "table", "theme",
)  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One fact: its anchor, what it says, what goes with it, where its thing lives, its passages in the text.

    ``details`` are as they stand on the page: some mark words that are French. ``doubt`` is the sentence of a reading
    too unsure to be published, empty for a fact.
    """

    anchor: str
    text: str
    href: str | None = None
    details: tuple[str, ...] = ()
    status: str = ""
    confidence: str = ""
    part: bool = False
    doubt: str = ""
    passages: tuple[str, ...] = ()
    thing: str = ""
    """What a report of an error names ("funding/…"), empty where no judgement corrects it."""
    quoted: bool = False
    """Whether its text is the act's own words, hence French."""


@dataclass(frozen=True)
class Group:
    """Facts under one heading; ``folded`` groups are closed at first (rosters, names)."""

    heading: str
    facts: tuple[Fact, ...]
    folded: bool = False


@dataclass(frozen=True)
class Act:
    """One deliberation of the document and its groups of facts."""

    anchor: str
    title: str
    href: str
    number: str
    theme: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Warn:
    """A point to check, in plain French, and the anchor of the fact it is about (None: not on the page)."""

    severity: str
    message: str
    anchor: str | None


@dataclass(frozen=True)
class Sheet:
    """All that the page shows beside the text."""

    acts: tuple[Act, ...]
    groups: tuple[Group, ...]
    warnings: tuple[Warn, ...]
    anchors: frozenset[str] = field(default_factory=frozenset)

    @property
    def unsure(self) -> bool:
        """Whether it shows readings too unsure to be published."""
        return any(fact.doubt for act in self.acts for group in act.groups for fact in group.facts)


def rank(iri: str) -> tuple[int, str]:
    """Sort key of a fact by its type, see ``TYPES``."""
    kind = iri.partition("/id/")[2].partition("/")[0]
    return (TYPES.index(kind) if kind in TYPES else len(TYPES)), iri
