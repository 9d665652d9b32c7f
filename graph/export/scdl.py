"""A table of the Socle commun des données locales: its columns are data, its empty cells are reported.

UTF-8 without byte order mark, comma, decimal point, ISO dates, CRLF: as the schemas say.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final, TextIO

import pyoxigraph as ox

from graph.export.cells import one_line, safe_cell
from graph.export.failure import ExportError
from graph.export.reading import Agent, acts, agents
from graph.export.remarks import Remarks
from graph.flows import flows
from ontology.identifiers import is_siret

#: How many authorities an error lists.
_LISTED: Final = 20


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``either`` names another that may stand in for it; ``missing`` says why an act leaves it empty."""

    name: str
    required: bool = False
    free: bool = False
    pattern: str | None = None
    longest: int | None = None
    either: str | None = None
    missing: str = ""


@cache
def columns(schema: str) -> tuple[Column, ...]:
    """The columns of "subventions" or "deliberations", in the order of the standard."""
    text = resources.files("graph.export").joinpath("data", f"scdl-{schema}.toml").read_text(encoding="utf-8")
    return tuple(Column(**column) for column in tomllib.loads(text)["column"])


class ScdlTable:
    """Writes the rows of one table and gathers the remarks on them."""

    def __init__(self, stream: TextIO, schema: str) -> None:
        """Writes the header; ``stream`` is open without translation of line ends."""
        self.remarks = Remarks()
        self._columns = columns(schema)
        self._writer = csv.writer(stream, lineterminator="\r\n")
        self._writer.writerow([column.name for column in self._columns])
        self._line = 1

    def row(self, values: Mapping[str, str], about: str, hints: Mapping[str, str], checks: Mapping[str, str]) -> None:
        """Write one row. ``hints`` add to why a column is empty, ``checks`` say what to look at, both by column."""
        self._line += 1
        cells = []
        for column in self._columns:
            cell = self._cell(column, one_line(values.get(column.name, "")), about)
            wanted = column.required or (column.either and not values.get(column.either))
            if not cell and wanted:
                reason = f"{column.missing} {hints.get(column.name, '')}".strip()
                self.remarks.complete(self._line, column.name, reason, about)
            if column.name in checks:
                self.remarks.check(self._line, column.name, checks[column.name], about)
            cells.append(safe_cell(cell) if column.free else cell)
        self._writer.writerow(cells)

    def _cell(self, column: Column, text: str, about: str) -> str:
        if text and column.pattern and not re.fullmatch(column.pattern, text):
            self.remarks.check(self._line, column.name, f"« {text} » n'a pas la forme que le schéma demande.", about)
            return ""
        # One character is kept for the apostrophe that may come before.
        if column.longest and len(text) >= column.longest:
            self.remarks.check(self._line, column.name, f"Coupé à {column.longest} caractères : « {text} »", about)
            return text[: column.longest - 2].rstrip() + "…"
        return text


def authority(store: ox.Store, wanted: str, out: Path) -> str:
    """IRI of the authority that ``wanted`` names by SIREN, name or sigle, among those that pay or deliberate.

    Raises :class:`ExportError` with their list where it names none of them, or several.
    """
    known = agents(store)
    ends = {flow.funder.iri for flow in flows(store, outside=True) if flow.funder}
    candidates = [known[iri] for iri in sorted(ends | {act.authority or "" for act in acts(store)}) if iri in known]
    asked = wanted.strip()
    found = [a for a in candidates if asked.casefold() in {a.label.casefold(), (a.sigle or "").casefold()} - {""}]
    found = [a for a in candidates if asked == a.siren] or found
    if len(found) == 1:
        return found[0].iri
    told = ", ".join(f"{a.label} ({a.siren})" if a.siren else a.label for a in (found or candidates)[:_LISTED])
    reason = "plusieurs collectivités répondent à ce nom" if found else "aucune collectivité ne répond à ce nom"
    raise ExportError(f"{out} : « {asked} » : {reason}. Donner un SIREN ou un nom exact : {told or 'aucun'}.")


def siret(agent: Agent | None) -> tuple[str, str]:
    """The SIRET of an organisation and, where it is not known, what is known of it."""
    if agent is None:
        return "", ""
    if agent.siret and is_siret(agent.siret):
        return agent.siret, ""
    return "", f"Son SIREN est {agent.siren} : y ajouter les cinq chiffres du NIC." if agent.siren else ""
