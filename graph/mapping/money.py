"""Money: fundings, tables of grants, and who funds whom (DESIGN §5).

An award read with less confidence than the threshold, or with neither end, is no funding: it is kept as a
dg:FundingToReview, under an IRI of its own (``/id/reading/…``), for the same award may be read surely in another copy
of the act. What a flow is made of (status, funder, beneficiary, amount, part of) has other names there, so that no
query on fundings, even one that forgets the class, counts what is only a proposal.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as Map
from typing import Final

from rdflib import Literal, URIRef
from rdflib.term import Node

from extract.facts import ActFacts, FundingFact
from graph.mapping.context import Mapping, decimal, stated, true, year
from graph.mapping.named import organisation_of
from graph.resolve.resolution import ActKeys, Resolution
from graph.triples import Triple
from ontology.terms import DG

_STATUS = {"awarded": DG.Awarded, "requested": DG.Requested, "budgeted": DG.Budgeted, "rejected": DG.Rejected}
#: The kinds that count in who-funds-whom; the ontology marks the others dg:outsideFlows.
KINDS_IN_FLOWS: Final = (DG.subsidy, DG.contribution)
_PRIVATE: Final = frozenset({DG.PrivatePerson})


def map_money(mapping: Mapping, act: URIRef, facts: ActFacts, keys: ActKeys) -> None:
    """The fundings, the readings to review and the tables of one act."""
    accepted = {fact.id: by for fact in facts.fundings if (by := accepted_by(mapping.resolution, keys, fact))}
    doubtful = to_review(facts.fundings, mapping.threshold, accepted)
    nodes = {
        fact.id: mapping.iris.thing("reading" if fact.id in doubtful else "funding", keys.fundings[fact.id])
        for fact in facts.fundings
    }
    for fact in facts.fundings:
        node, whole = nodes[fact.id], nodes.get(fact.part_of or "")
        if fact.id in doubtful:
            _reading(mapping, node, fact, keys)
        else:
            _funding(mapping, node, fact, keys)
            mapping.add(node, DG.acceptedBy, mapping.thing("judgement", accepted.get(fact.id)))
        both_published = doubtful.isdisjoint((fact.id, fact.part_of or ""))
        mapping.add(node, DG.partOf if both_published else DG.proposedPartOf, whole)
        _description(mapping, node, fact, keys)
        mapping.add(node, DG.decidedBy, act)
        mapping.supported(node, fact.evidence)
    _tables(mapping, act, facts, keys, nodes)


def to_review(fundings: Collection[FundingFact], threshold: float, accepted: Collection[str] = ()) -> frozenset[str]:
    """Ids of the awards that are no publishable statement: too unsure, without ends, or part of such a total.

    A person's judgement (``accepted``: ids) stands for the confidence, and for nothing else. An award that names
    neither who pays nor who receives tells nothing; one such misreading must not set the whole act aside.
    """
    awarded = [fact for fact in fundings if fact.status == "awarded"]
    unsure = {fact.id for fact in awarded if stated(fact.confidence) < threshold} - set(accepted)
    found = unsure | {fact.id for fact in awarded if not _has_end(fact)}
    while more := {fact.id for fact in awarded if fact.part_of in found} - found:
        found |= more
    return frozenset(found)


def accepted_by(resolution: Resolution, keys: ActKeys, fact: FundingFact) -> str | None:
    """Id of the judgement by which a person accepted this reading, None where nobody did."""
    return resolution.accepted.get(f"funding/{keys.fundings[fact.id]}")


def _has_end(fact: FundingFact) -> bool:
    return bool(fact.funder or fact.beneficiary or fact.private)


def entail_funds(triples: set[Triple]) -> None:
    """State dg:funds for each awarded funding of a kind that counts, both ends known; a private end is none."""
    found: dict[Node, dict[Node, set[Node]]] = {DG.status: {}, DG.kind: {}, DG.funder: {}, DG.beneficiary: {}}
    private: set[Node] = set()
    for subject, predicate, value in triples:
        if predicate in found:
            found[predicate].setdefault(subject, set()).add(value)
        elif type(value) is URIRef and value in _PRIVATE:
            private.add(subject)
    awarded = (node for node, statuses in found[DG.status].items() if DG.Awarded in statuses)
    for funding in [node for node in awarded if not found[DG.kind].get(node, set()).isdisjoint(KINDS_IN_FLOWS)]:
        for beneficiary in found[DG.beneficiary].get(funding, set()) - private:
            triples.update((funder, DG.funds, beneficiary) for funder in found[DG.funder].get(funding, ()))


def _funding(mapping: Mapping, node: URIRef, fact: FundingFact, keys: ActKeys) -> None:
    funder, beneficiary = _ends(mapping, fact, keys)
    mapping.type(node, DG.Funding)
    mapping.add(node, DG.status, _STATUS[fact.status])
    mapping.add(node, DG.funder, funder)
    mapping.add(node, DG.beneficiary, beneficiary)
    mapping.add(node, DG.amount, decimal(fact.amount))


def _reading(mapping: Mapping, node: URIRef, fact: FundingFact, keys: ActKeys) -> None:
    """An award to review: it has no status, for nothing tells yet that the act decides it."""
    funder, beneficiary = _ends(mapping, fact, keys)
    mapping.type(node, DG.FundingToReview)
    mapping.add(node, DG.proposedFunder, funder)
    mapping.add(node, DG.proposedBeneficiary, beneficiary)
    mapping.add(node, DG.proposedAmount, decimal(fact.amount))


def _description(mapping: Mapping, node: URIRef, fact: FundingFact, keys: ActKeys) -> None:
    """What describes a funding and a reading alike, and counts nothing."""
    mapping.add(node, DG.kind, DG[fact.kind])
    mapping.add(node, DG.amountAsWritten, mapping.text(fact.amount_written))
    mapping.add(node, DG.per, DG.Year if fact.per == "year" else None)
    mapping.add(node, DG.startYear, year(fact.start_year))
    mapping.add(node, DG.endYear, year(fact.end_year))
    mapping.add(node, DG.conditional, true() if fact.conditional else None)
    mapping.add(node, DG.purpose, mapping.text(fact.purpose))
    mapping.add(node, DG.underProgramme, mapping.thing("programme", keys.programmes.get(fact.programme or "")))
    mapping.add(node, DG.supportsAction, mapping.thing("action", keys.actions.get(fact.action or "")))
    mapping.add(node, DG.confidence, decimal(stated(fact.confidence)))
    mapping.add(node, DG.readingRule, Literal(fact.rule) if fact.rule else None)


def _ends(mapping: Mapping, fact: FundingFact, keys: ActKeys) -> tuple[URIRef | None, URIRef | None]:
    """Who pays and who receives; a natural person who receives is a node without a name."""
    funder = keys.organisations.get(fact.funder or "")
    beneficiary = keys.organisations.get(fact.beneficiary or "")
    payer = organisation_of(mapping, funder) if funder else None
    if fact.private:
        private = mapping.iris.thing("person", keys.private[fact.id])
        mapping.type(private, DG.PrivatePerson)
        return payer, private
    return payer, organisation_of(mapping, beneficiary) if beneficiary else None


def _tables(mapping: Mapping, act: URIRef, facts: ActFacts, keys: ActKeys, nodes: Map[str, URIRef]) -> None:
    for number, table in enumerate(facts.tables, start=1):
        if table.stated_total is None:
            continue
        node = mapping.iris.thing("table", f"{keys.deliberation}-{number}")
        mapping.type(node, DG.GrantTable)
        mapping.add(node, DG.statedTotal, decimal(table.stated_total))
        mapping.add(node, DG.decidedBy, act)
        for local in table.rows:
            mapping.add(node, DG.row, nodes.get(local))
        mapping.supported(node, table.evidence)
