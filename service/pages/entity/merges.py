"""Why several names are one thing: the matches that were followed, the least sure first."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from service.pages.entity.blocks import Cell, Desk

_HEADINGS: Final = [("one-name", "text"), ("other-name", "text"), ("reasons", "text"), ("likeness", "number")]


def explain(desk: Desk, node: NamedNode) -> None:
    """The table of matches; none for a thing that is written in one way."""
    facts = desk.facts
    found = sorted(
        facts.pointing("dg:explains", node), key=lambda match: (float(facts.text(match, "dg:confidence")), match.value)
    )

    def row(match: NamedNode) -> list[Cell]:
        names = facts.texts(match, "dg:matchedName")
        reasons = " ; ".join(facts.texts(match, "dg:matchReason"))
        score = facts.text(match, "dg:confidence")
        return [Cell(names[0]), Cell(names[-1]), Cell(reasons), desk.figure("number", score)]

    desk.table("merges", _HEADINGS, found, row, note=desk.say("merges-note"))
