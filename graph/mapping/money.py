"""Money: fundings, tables of grants, and who funds whom (DESIGN §5)."""

from __future__ import annotations

from typing import Final

from rdflib import Graph, Literal, URIRef

from extract.facts import ActFacts, FundingFact
from graph.mapping.context import Mapping, decimal, true, year
from graph.mapping.named import organisation_of
from graph.resolve.resolution import ActKeys
from ontology.terms import DG, RDF

_STATUS = {"awarded": DG.Awarded, "requested": DG.Requested, "budgeted": DG.Budgeted, "rejected": DG.Rejected}
#: The kinds that count in who-funds-whom; the ontology marks the others dg:outsideFlows.
KINDS_IN_FLOWS: Final = (DG.subsidy, DG.contribution)


def map_money(mapping: Mapping, act: URIRef, facts: ActFacts, keys: ActKeys) -> None:
    """The fundings and tables of one act."""
    for fact in facts.fundings:
        _funding(mapping, act, fact, keys)
    for number, table in enumerate(facts.tables, start=1):
        if table.stated_total is None:
            continue
        node = mapping.iris.thing("table", f"{keys.deliberation}-{number}")
        mapping.type(node, DG.GrantTable)
        mapping.add(node, DG.statedTotal, decimal(table.stated_total))
        mapping.add(node, DG.decidedBy, act)
        for local in table.rows:
            mapping.add(node, DG.row, mapping.thing("funding", keys.fundings.get(local)))
        mapping.supported(node, table.evidence)


def entail_funds(graph: Graph) -> None:
    """State dg:funds for each awarded funding of a kind that counts, both ends known; a private end is none."""
    for funding in graph.subjects(DG.status, DG.Awarded):
        if not any((funding, DG.kind, kind) in graph for kind in KINDS_IN_FLOWS):
            continue
        for funder in graph.objects(funding, DG.funder):
            for beneficiary in graph.objects(funding, DG.beneficiary):
                if (beneficiary, RDF.type, DG.PrivatePerson) not in graph:
                    graph.add((funder, DG.funds, beneficiary))


def _funding(mapping: Mapping, act: URIRef, fact: FundingFact, keys: ActKeys) -> None:
    node = mapping.iris.thing("funding", keys.fundings[fact.id])
    mapping.type(node, DG.Funding)
    mapping.add(node, DG.status, _STATUS[fact.status])
    mapping.add(node, DG.kind, DG[fact.kind])
    _ends(mapping, node, fact, keys)
    mapping.add(node, DG.amount, decimal(fact.amount))
    mapping.add(node, DG.amountAsWritten, mapping.text(fact.amount_written))
    mapping.add(node, DG.per, DG.Year if fact.per == "year" else None)
    mapping.add(node, DG.startYear, year(fact.start_year))
    mapping.add(node, DG.endYear, year(fact.end_year))
    mapping.add(node, DG.conditional, true() if fact.conditional else None)
    mapping.add(node, DG.purpose, mapping.text(fact.purpose))
    mapping.add(node, DG.underProgramme, mapping.thing("programme", keys.programmes.get(fact.programme or "")))
    mapping.add(node, DG.supportsAction, mapping.thing("action", keys.actions.get(fact.action or "")))
    mapping.add(node, DG.partOf, mapping.thing("funding", keys.fundings.get(fact.part_of or "")))
    mapping.add(node, DG.decidedBy, act)
    mapping.add(node, DG.confidence, decimal(round(fact.confidence, 4)))
    mapping.add(node, DG.readingRule, Literal(fact.rule) if fact.rule else None)
    mapping.supported(node, fact.evidence)


def _ends(mapping: Mapping, node: URIRef, fact: FundingFact, keys: ActKeys) -> None:
    funder = keys.organisations.get(fact.funder or "")
    beneficiary = keys.organisations.get(fact.beneficiary or "")
    if funder:
        mapping.add(node, DG.funder, organisation_of(mapping, funder))
    if fact.private:
        private = mapping.iris.thing("person", keys.private[fact.id])
        mapping.type(private, DG.PrivatePerson)
        mapping.add(node, DG.beneficiary, private)
    elif beneficiary:
        mapping.add(node, DG.beneficiary, organisation_of(mapping, beneficiary))
