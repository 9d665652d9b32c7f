"""360Giving: grants of organisations to organisations (360Giving Data Standard 1.x, JSON).

The standard asks for an amount, a date and both ends of each grant; what lacks one is left out, and reported.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from graph.export.cells import one_line
from graph.export.reading import Agent, agents
from graph.export.remarks import Remarks
from graph.flows import Flow, Party, flows
from graph.iri import reference
from graph.release.layout import Release

#: A title "should be under 140 characters" (the standard).
_LONGEST: Final = 139


def write_giving(release: Release, out: Path) -> None:
    """Write the grants, and beside them the report of those left out or to be checked."""
    store = release.store()
    known = agents(store)
    remarks = Remarks()
    grants = [_grant(flow, known, remarks) for flow in _complete(flows(store), remarks)]
    out.write_text(json.dumps({"grants": grants}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    remarks.write(out)


def _complete(found: list[Flow], remarks: Remarks) -> Iterator[Flow]:
    for flow in found:
        lacks = [
            name
            for name, value in (
                ("le montant", flow.amount),
                ("la date de la séance", flow.date),
                ("qui attribue", flow.funder),
                ("qui reçoit", flow.beneficiary),
            )
            if value is None
        ]
        if lacks:
            remarks.leave_out(f"La norme demande ce que l'acte ne dit pas : {', '.join(lacks)}.", flow.funding)
        elif flow.beneficiary and flow.beneficiary.kind == "PrivatePerson":
            remarks.leave_out("Le bénéficiaire est une personne physique, que rien ici ne nomme.", flow.funding)
        else:
            yield flow


def _grant(flow: Flow, known: Mapping[str, Agent], remarks: Remarks) -> dict[str, Any]:
    title = one_line(flow.purpose or flow.title)
    grant: dict[str, Any] = {
        "id": f"delibgraph-{reference(flow.funding).replace('/', '-')}",
        "title": title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + "…",
        "description": one_line(flow.title) or title,
        "currency": "EUR",
        "amountAwarded": _number(flow.amount or Decimal(0)),
        "awardDate": flow.date,
        "url": flow.funding,
        "fundingOrganization": [_organisation(flow.funder, known)],
        "recipientOrganization": [_organisation(flow.beneficiary, known)],
        "dataSource": flow.deliberation,
    }
    if flow.per_year:
        # No line: the file is no table; the IRI tells which grant.
        remarks.look_at("amountAwarded", "Le montant est celui d'une année ; la norme veut le total.", flow.funding)
        grant["description"] += " (montant dû chaque année)"
    if flow.start:
        grant["plannedDates"] = [{"startDate": str(flow.start), "endDate": str(flow.end or flow.start)}]
    if flow.programme:
        code = reference(flow.programme[0]).rsplit("/", 1)[-1]
        grant["grantProgramme"] = [{"code": code, "title": flow.programme[1], "url": flow.programme[0]}]
    return grant


def _organisation(party: Party | None, known: Mapping[str, Agent]) -> dict[str, str]:
    """An end of a grant. Its id is its IRI: the prefix of a register is for the publisher to choose (org-id.guide)."""
    if party is None:
        raise ValueError("a grant has both ends")
    told = {"id": party.iri, "name": party.label, "url": party.iri}
    agent = known.get(party.iri)
    if agent is not None:
        numbers = {"SIREN": agent.siren, "SIRET": agent.siret, "RNA": agent.rna}
        text = ", ".join(f"{name} {number}" for name, number in numbers.items() if number)
        told |= {"description": text} if text else {}
        told |= {"alternateName": agent.sigle} if agent.sigle else {}
    return told


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)
