"""What a document came to on its way to publication: in short, and its pieces, read where they are needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.release import Prepared
from graph.whole import Told
from shapes.gate import Report


@dataclass(frozen=True)
class Whole:
    """All that is published of a document: its pieces of the release, and what the graphs of the whole take from it."""

    prepared: Prepared
    told: Told


@dataclass(frozen=True, slots=True)
class Made:
    """What a document came to: ``readings`` are the IRIs of those that await review, ``verdict`` a key of the gate's.

    ``whole`` reads what is published of it, which would fill memory with thousands; None where it did not pass.
    ``key``: a hash of all that it was made from, where that is kept; ``told`` reads what it says of the whole.
    """

    report: Report
    readings: tuple[str, ...]
    verdict: bytes
    whole: Callable[[], Whole] | None
    key: bytes | None = None
    told: Callable[[], Told] | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """What a document is made from, beside who is who: its SHA-256, a stamp of its facts, its names."""

    sha256: str
    stamp: str
    names: tuple[str, ...]
