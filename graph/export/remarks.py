"""The companion report of an export: what its reader must complete, check, or know to have been left out."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from graph.export.cells import one_line, safe_cell

Kind = Literal["à compléter", "à vérifier", "laissé de côté"]
COLUMNS: Final = ("fichier", "ligne", "colonne", "quoi", "raison", "sujet")


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark. ``line`` counts from 1, the header included; None for what has no line. ``about`` is an IRI."""

    line: int | None
    column: str
    kind: Kind
    reason: str
    about: str


@dataclass
class Remarks:
    """The remarks on one file, by its lines."""

    found: list[Remark] = field(default_factory=list)

    def complete(self, line: int, column: str, reason: str, about: str) -> None:
        """The standard asks for a cell that no act states."""
        self.found.append(Remark(line, column, "à compléter", reason, about))

    def check(self, line: int, column: str, reason: str, about: str) -> None:
        """A cell that someone who knows the file should look at."""
        self.found.append(Remark(line, column, "à vérifier", reason, about))

    def look_at(self, member: str, reason: str, about: str) -> None:
        """The same in a file without lines, such as JSON: ``about`` tells where."""
        self.found.append(Remark(None, member, "à vérifier", reason, about))

    def leave_out(self, reason: str, about: str) -> None:
        """Something of the release that the file does not hold."""
        self.found.append(Remark(None, "", "laissé de côté", reason, about))

    def write(self, beside: Path) -> None:
        """Write the report next to the file ``beside``, under :func:`report_name`."""
        with beside.with_name(report_name(beside.name)).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\r\n")
            writer.writerow(COLUMNS)
            for remark in self.found:
                line = "" if remark.line is None else str(remark.line)
                cells = (beside.name, line, remark.column, remark.kind, one_line(remark.reason), remark.about)
                writer.writerow([safe_cell(cell) for cell in cells])


def report_name(name: str) -> str:
    """Name of the report on the file ``name``.

    >>> report_name("subventions.csv")
    'subventions.a-completer.csv'
    """
    return f"{Path(name).stem}.a-completer.csv"
