"""SCDL subventions: one line a beneficiary of an awarded, top-level subsidy.

What an act leaves unsaid stays empty and is reported, never invented. Natural persons are left out, for the schema
wants their name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Final

from graph.export.reading import Agent, acts, agents
from graph.export.remarks import Remarks
from graph.export.scdl import ScdlTable, authority, siret
from graph.flows import Flow, read_flows
from graph.release.layout import Release
from graph.resolve.parts import amount_text

#: Kinds of funding that may be a subsidy (loi n° 2000-321, art. 9-1) → SCDL "nature".
NATURES: Final = {"subsidy": "aide en numéraire", "contribution": "aide en numéraire", "inKind": "aide en nature"}
_OPTIONAL: Final = "Contribution : elle n'est une subvention que si elle est facultative (loi n° 2000-321, art. 9-1)."
_LEAST: Final = Decimal("0.01")
#: A grant and one who receives of it: (the flow that names the receiver, the total, the share of it).
Line = tuple[Flow, Flow, Decimal | None]


def write_grants(release: Release, out: Path, of: str | None = None) -> None:
    """Write the table, and beside it the report of what is to be completed.

    ``of`` names one authority (SIREN, name, sigle): only what it grants. Raises :class:`ExportError` for another.
    """
    store = release.store()
    funder = authority(store, of, out) if of else None
    known = agents(store)
    deciders = {act.iri: act.authority for act in acts(store)}
    with out.open("w", encoding="utf-8", newline="") as stream:
        table = ScdlTable(stream, "subventions")
        for line in _lines(list(read_flows(store)), table.remarks, funder):
            _row(table, line, known, deciders)
    table.remarks.write(out)


def _lines(every: list[Flow], remarks: Remarks, funder: str | None) -> Iterator[Line]:
    awarded = [flow for flow in every if flow.status == "Awarded" and flow.kind in NATURES]
    parts: dict[str, list[Flow]] = defaultdict(list)
    for flow in awarded:
        if flow.part_of:
            parts[flow.part_of].append(flow)
    for flow in awarded:
        if flow.part_of or (funder and (flow.funder is None or flow.funder.iri != funder)):
            continue
        shares = _shares(flow, parts[flow.funding])
        for receiver, share in shares or [(flow, Decimal(1) if flow.beneficiary else None)]:
            if receiver.beneficiary and receiver.beneficiary.kind == "PrivatePerson":
                remarks.leave_out("Le bénéficiaire est une personne physique, que rien ici ne nomme.", receiver.funding)
            else:
                yield receiver, flow, share


def _shares(total: Flow, parts: list[Flow]) -> list[tuple[Flow, Decimal | None]]:
    """The parts of a total that names no receiver, where they name each one and add up to it; else none."""
    if total.beneficiary or not total.amount or total.per_year:
        return []
    if any(part.beneficiary is None or not part.amount or part.per_year for part in parts):
        return []
    if sum((part.amount or Decimal(0) for part in parts), Decimal(0)) != total.amount:
        return []
    return [(part, (part.amount or Decimal(0)) / total.amount) for part in parts]


def _row(table: ScdlTable, line: Line, known: Mapping[str, Agent], deciders: Mapping[str, str | None]) -> None:
    receiver, total, share = line
    funder = known.get(total.funder.iri) if total.funder else None
    beneficiary = known.get(receiver.beneficiary.iri) if receiver.beneficiary else None
    funder_siret, funder_hint = siret(funder)
    siret_of_beneficiary, beneficiary_hint = siret(beneficiary)
    rna = (beneficiary and beneficiary.rna) or ""
    values = {
        "nomAttribuant": total.funder.label if total.funder else "",
        "idAttribuant": funder_siret,
        "referenceDecision": total.number or "",
        "nomBeneficiaire": receiver.beneficiary.label if receiver.beneficiary else "",
        "idBeneficiaire": siret_of_beneficiary,
        "rnaBeneficiaire": rna if rna[1:].isdigit() else "",  # the schema's pattern knows no W2A or W2B
        "objet": receiver.purpose or total.purpose or total.title,
        "montant": amount_text(total.amount),
        "nature": NATURES[total.kind],
        "pourcentageSubvention": _percentage(share),
        "dispositifAide": total.programme[1] if total.programme else "",
    }
    hints = {
        "idAttribuant": funder_hint,
        "idBeneficiaire": beneficiary_hint,
        "dateConvention": f"La séance est du {total.date}." if total.date else "",
        "datesPeriodeVersement": _period(total),
    }
    table.row(values, receiver.funding, hints, _checks(total, deciders))


def _checks(total: Flow, deciders: Mapping[str, str | None]) -> dict[str, str]:
    checks = {}
    decider = deciders.get(total.deliberation)
    if decider and total.funder and decider != total.funder.iri:
        checks["nomAttribuant"] = "L'attribuant n'est pas la collectivité qui délibère : c'est à lui de publier."
    if total.kind == "contribution":
        checks["nature"] = _OPTIONAL
    if total.per_year:
        checks["montant"] = f"Le montant est celui d'une année ; le schéma veut le total. {_period(total)}".strip()
    return checks


def _period(flow: Flow) -> str:
    if flow.start is None:
        return ""
    years = f"{flow.start}" if flow.end in (None, flow.start) else f"{flow.start} à {flow.end}"
    return f"Il dit seulement : {years}."


def _percentage(share: Decimal | None) -> str:
    """A share as the schema has it, from 0.01 to 1; empty for none, and for one below what it can say."""
    if share is None or share < _LEAST:
        return ""
    return amount_text(share.quantize(Decimal("0.000001"), rounding=ROUND_DOWN))
