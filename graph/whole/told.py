"""What one document says of the whole: whom it names, who sat when, its awards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from extract.facts import DocumentFacts
from graph.curation import Award, awards
from graph.mapping.identities import named_by
from graph.mapping.mandates import Sitting, sittings
from graph.resolve import Resolution


@dataclass(frozen=True)
class Told:
    """What the graphs of the whole take from one document; ``named``: (type, key), in order."""

    awards: tuple[Award, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    named: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, facts: DocumentFacts, resolution: Resolution, threshold: float) -> Told:
        """What it says under a resolution and a threshold of publication."""
        keys = resolution[facts.sha256]
        return cls(
            tuple(awards(facts, resolution, threshold)),
            tuple(sittings(facts, keys)),
            tuple(sorted(named_by(keys))),
        )

    def plain(self) -> list[Any]:
        """As JSON has it."""
        money = [(key, str(euros), things) for key, euros, things in self.awards]
        return [money, list(map(tuple, self.sittings)), self.named]

    @classmethod
    def of_plain(cls, plain: list[Any]) -> Told:
        """What :meth:`plain` made of it."""
        told, sat, named = plain
        return cls(
            tuple(Award(key, Decimal(euros), tuple(map(tuple, things))) for key, euros, things in told),
            tuple(map(sitting_of_plain, sat)),
            tuple(map(tuple, named)),
        )


def sitting_of_plain(plain: list[Any]) -> Sitting:
    """A sitting as JSON has it."""
    body, date, session, members, offices, president = plain
    return Sitting(body, date, session, tuple(members), tuple(map(tuple, offices)), president)


@dataclass(frozen=True, slots=True)
class Saying:
    """A document that is published (its SHA-256), and what it says, read where it is needed.

    ``stamp`` changes whenever that does; None where nothing tells.
    """

    sha256: str
    stamp: bytes | None
    told: Callable[[], Told]
