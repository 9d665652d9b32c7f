"""The table of fundings as CSV (UTF-8, comma, decimal point, ISO dates)."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

from graph.export.cells import safe_cell
from graph.flows import UNKNOWN_LABEL, Flow, Party, read_flows
from graph.release.layout import Release
from graph.resolve.parts import amount_text

COLUMNS: Final = (
    "date_seance",
    "acte",
    "objet",
    "financeur",
    "beneficiaire",
    "montant",
    "par_an",
    "annee_debut",
    "annee_fin",
    "statut",
    "nature",
    "dispositif",
    "action",
    "partie_de",
    "confiance",
    "financement_iri",
    "financeur_iri",
    "beneficiaire_iri",
    "deliberation_iri",
)
_STATUS: Final = {
    "Awarded": "attribué",
    "Requested": "sollicité",
    "Budgeted": "budgété",
    "Rejected": "refusé",
}


def write_csv(release: Release, out: Path) -> None:
    """One line a funding, of every status and kind; the parts of a total name it in ``partie_de``."""
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for flow in read_flows(release.store()):
            writer.writerow([safe_cell(cell) for cell in row(flow)])


def row(flow: Flow) -> list[str]:
    """The cells of one funding, in the order of :data:`COLUMNS`."""
    return [
        flow.date or "",
        flow.number or "",
        flow.title,
        _label(flow.funder),
        _label(flow.beneficiary),
        amount_text(flow.amount),
        "oui" if flow.per_year else "",
        str(flow.start or ""),
        str(flow.end or ""),
        _STATUS.get(flow.status, flow.status),
        flow.kind,
        flow.programme[1] if flow.programme else "",
        flow.action[1] if flow.action else "",
        flow.part_of or "",
        "" if flow.confidence is None else str(flow.confidence),
        flow.funding,
        flow.funder.iri if flow.funder else "",
        flow.beneficiary.iri if flow.beneficiary else "",
        flow.deliberation,
    ]


def _label(party: Party | None) -> str:
    return party.label if party else UNKNOWN_LABEL
