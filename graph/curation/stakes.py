"""How much money hangs on an identity: what orders the review, and counts nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from extract.facts import ActFacts, DocumentFacts, FundingFact
from graph.mapping.money import KINDS_IN_FLOWS, accepted_by, to_review
from graph.resolve.resolution import ActKeys, Resolution
from ontology.terms import DG

#: A yearly amount is counted for so many years at most, as in the flows.
_MOST_YEARS: Final = 15


class Award(NamedTuple):
    """A published award: key of its funding, euros, the (type, key) of what it concerns."""

    funding: str
    euros: Decimal
    concerned: tuple[tuple[str, str], ...]


def awards(document: DocumentFacts, resolution: Resolution, threshold: float) -> Iterator[Award]:
    """The published awards of a document that concern a person, an organisation or a programme.

    An organisation is concerned as funder or beneficiary, a programme as what the award stands under, a person where
    the act names them for the beneficiary.
    """
    for facts, keys in zip(document.acts, resolution[document.sha256].acts, strict=True):
        for fact, euros in _awards(facts, keys, resolution, threshold):
            if concerned := tuple(_concerned(facts, keys, fact)):
                yield Award(keys.fundings[fact.id], euros, concerned)


def _awards(
    facts: ActFacts, keys: ActKeys, resolution: Resolution, threshold: float
) -> Iterator[tuple[FundingFact, Decimal]]:
    """Published awards of the kinds that flow, at top level, with their euros."""
    accepted = {fact.id for fact in facts.fundings if accepted_by(resolution, keys, fact)}
    doubtful = to_review(facts.fundings, threshold, accepted)
    published = {fact.id for fact in facts.fundings if fact.id not in doubtful}
    for fact in facts.fundings:
        if fact.id not in published or fact.status != "awarded" or fact.amount is None:
            continue
        if f"funding/{keys.fundings[fact.id]}" in resolution.rejected:
            continue
        if DG[fact.kind] in KINDS_IN_FLOWS and fact.part_of not in published:
            yield fact, fact.amount * _years(fact)


def _years(fact: FundingFact) -> int:
    if fact.per != "year" or fact.start_year is None or fact.end_year is None:
        return 1
    return max(1, min(_MOST_YEARS, fact.end_year - fact.start_year + 1))


def _concerned(facts: ActFacts, keys: ActKeys, fact: FundingFact) -> Iterator[tuple[str, str]]:
    for local in (fact.funder, fact.beneficiary):
        if key := keys.organisations.get(local or ""):
            yield "organisation", key
    if key := keys.programmes.get(fact.programme or ""):
        yield "programme", key
    for person, named in zip(facts.persons, keys.persons, strict=True):
        if named and fact.beneficiary and person.organisation == fact.beneficiary:
            yield "person", named
