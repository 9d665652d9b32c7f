"""What was read too unsurely to be published, for the pages: told, linked to its sentence, counted nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import Request

from service.pages import ask, links


@dataclass(frozen=True)
class Waiting:
    """Readings of one document that await review: its name, its page, how many."""

    name: str
    href: str
    count: int


@dataclass(frozen=True)
class Review:
    """What awaits review in the live release.

    ``count`` counts a reading that two copies of an act have once. ``threshold`` is the confidence that an award had
    to reach, None where the release does not tell it.
    """

    count: int
    documents: tuple[Waiting, ...]
    threshold: float | None

    @property
    def percent(self) -> str:
        """The threshold as French readers expect it: 0.625 → "62,5 %"."""
        return self.plain_percent.replace(".", ",") + "\u00a0%"

    @property
    def plain_percent(self) -> str:
        """The same with a point and without sign."""
        return f"{100 * (self.threshold or 0):.2f}".rstrip("0").rstrip(".")


def awaiting(request: Request) -> Review:
    """What awaits review, most readings first."""
    rows = ask.page_rows(request, "to-review")
    names: dict[str, str] = {}
    found: dict[str, set[str]] = {}
    for row in rows:
        names.setdefault(row["file_iri"], row["file"])
        found.setdefault(row["file_iri"], set()).add(row["reading_iri"])
    documents = [Waiting(names[iri], links.document(iri), len(readings)) for iri, readings in found.items()]
    documents.sort(key=lambda waiting: (-waiting.count, waiting.name, waiting.href))
    told = ask.page_rows(request, "publish-threshold")
    threshold = float(told[0]["threshold"]) if told else None
    return Review(len({row["reading_iri"] for row in rows}), tuple(documents), threshold)


def telling(rows: Iterable[ask.Record]) -> list[ask.Record]:
    """One row a reading, of its rows by passage: the first passage that has the amount as written, else the first."""
    found: dict[str, ask.Record] = {}
    for row in rows:
        known = found.setdefault(row["reading_iri"], row)
        if _order(row) < _order(known):
            found[row["reading_iri"]] = row
    return list(found.values())


def _order(row: ask.Record) -> tuple[bool, int]:
    return row.get("written", "") not in row.get("quote", ""), int(row.get("quote_start", 0))
