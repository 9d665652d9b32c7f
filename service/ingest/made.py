"""What a document came to on its way to publication: in short, and its pieces, read where they are needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from extract.facts import DocumentFacts
from graph.curation import Award, awards
from graph.mapping.mandates import Sitting, sittings
from graph.release import Prepared
from graph.resolve import Resolution
from shapes.gate import Report


@dataclass(frozen=True)
class Told:
    """What the graphs of the whole take from the facts of one document: its awards, and who sat when."""

    awards: tuple[Award, ...] = ()
    sittings: tuple[Sitting, ...] = ()

    @classmethod
    def of(cls, facts: DocumentFacts, resolution: Resolution, threshold: float) -> Told:
        """What they say under a resolution and a threshold of publication."""
        return cls(tuple(awards(facts, resolution, threshold)), tuple(sittings(facts, resolution[facts.sha256])))

    def plain(self) -> list[Any]:
        """As JSON has it."""
        return [[(key, str(euros), things) for key, euros, things in self.awards], list(map(tuple, self.sittings))]

    @classmethod
    def of_plain(cls, plain: list[Any]) -> Told:
        """What :meth:`plain` made of it."""
        told, sat = plain
        return cls(
            tuple(Award(key, Decimal(euros), tuple(map(tuple, things))) for key, euros, things in told),
            tuple(
                Sitting(body, date, session, tuple(members), tuple(map(tuple, offices)))
                for body, date, session, members, offices in sat
            ),
        )


@dataclass(frozen=True)
class Whole:
    """All that is published of a document: its pieces of the release, and what the graphs of the whole take from it."""

    prepared: Prepared
    told: Told


@dataclass(frozen=True, slots=True)
class Made:
    """What a document came to: ``readings`` are the IRIs of those that await review, ``verdict`` a key of the gate's.

    ``whole`` reads what is published of it, which would fill memory with thousands; None where it did not pass.
    """

    report: Report
    readings: tuple[str, ...]
    verdict: bytes
    whole: Callable[[], Whole] | None


@dataclass(frozen=True, slots=True)
class Origin:
    """What a document is made from, beside who is who: its SHA-256, a stamp of its facts, its names."""

    sha256: str
    stamp: str
    names: tuple[str, ...]
