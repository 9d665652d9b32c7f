"""Unsure matches of identities, laid out for a person (side by side) or a program."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from graph.export.cells import safe_cell
from service.cli.console import counted, out, tell, write_json
from service.curation import Doubt, Side, doubts
from service.store import ReleaseReader

Format = Literal["table", "csv", "tsv", "json"]


def show_doubts(folder: Path, name: str, form: Format) -> None:
    """Write the matches that await review in the live release. Raises NoReleaseError."""
    found = doubts(ReleaseReader(folder).live().store, name)
    if form == "json":
        write_json([_record(doubt) for doubt in found])
    elif form == "table":
        _table(found)
    else:
        _rows(found, "\t" if form == "tsv" else ",")


def _record(doubt: Doubt) -> dict[str, object]:
    return {
        "kind": doubt.kind,
        "money_at_stake": str(doubt.worth),
        "score": str(doubt.score),
        "why": doubt.why,
        "reasons": list(doubt.reasons),
        **{side_name: _side(side) for side_name, side in zip(("left", "right"), doubt.sides, strict=True)},
        "review_iri": doubt.iri,
    }


def _side(side: Side) -> dict[str, object]:
    acts = [
        {"date": act.date, "title": act.title, "iri": act.iri, "quote": act.quote, "quote_iri": act.evidence}
        for act in side.acts
    ]
    return {"ref": side.ref, "names": list(side.names), "authorities": list(side.authorities), "acts": acts}


def _rows(found: Sequence[Doubt], delimiter: str) -> None:
    table = csv.writer(sys.stdout, delimiter=delimiter, lineterminator="\r\n" if delimiter == "," else "\n")
    ends = ("ref", "names", "authorities", "date", "act", "quote")
    columns = [f"{end}_{column}" for end in ("left", "right") for column in ends]
    table.writerow(["kind", "money_at_stake", "score", "why", "reasons", *columns, "review_iri"])
    for doubt in found:
        cells = [cell for side in doubt.sides for cell in _cells(side)]
        told = (doubt.why, " ; ".join(doubt.reasons), *cells, doubt.iri)
        table.writerow([doubt.kind, doubt.worth, doubt.score, *map(safe_cell, told)])


def _cells(side: Side) -> Iterator[str]:
    yield side.ref
    yield " ; ".join(side.names)
    yield " ; ".join(side.authorities)
    act = side.acts[0] if side.acts else None
    yield from (act.date, act.title, _line(act.quote)) if act else ("", "", "")


def _table(found: Sequence[Doubt]) -> None:
    """For the eye: the two things side by side, what speaks for the match, the money."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from service.pages.french import euros, number

    table = Table(box=box.SIMPLE_HEAD, show_lines=True)
    table.add_column("En jeu", justify="right", no_wrap=True)
    for title in ("Ressemblance", "Une entité ?", "La même ?"):
        table.add_column(title, overflow="fold")
    for doubt in found:
        alike = "\n".join((f"{number(doubt.score)} : {doubt.why}", *doubt.reasons))
        table.add_row(*map(Text, (euros(str(doubt.worth)), alike, *(_told(side) for side in doubt.sides))))
    out().print(table if found else "Aucun rapprochement incertain à revoir.")
    if found:
        tell(f"{counted(len(found), 'rapprochement')} à revoir ; delibgraph merge A B, ou keep-apart A B.")


def _told(side: Side) -> str:
    from service.pages.french import date_fr

    lines = [side.ref, " ; ".join(side.names), ", ".join(side.authorities)]
    for act in side.acts[:2]:
        lines.append(" ".join(part for part in (date_fr(act.date), act.title) if part))
        lines.append(f"« {_line(act.quote)} »" if act.quote else "")
    return "\n".join(line for line in lines if line)


def _line(quote: str) -> str:
    return " ".join(quote.split())
