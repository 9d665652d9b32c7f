"""What an act names and the graph keeps over all acts: organisations, programmes, agreements, strands, actions."""

from __future__ import annotations

from rdflib import Literal, URIRef

from extract.facts import ActFacts
from graph.mapping.context import ORGANISATION_CLASSES, Mapping, year
from graph.resolve.resolution import ActKeys, ProgrammeEntity
from ontology.terms import DCT, DG, ELI, SKOS


def map_named(mapping: Mapping, act: URIRef, facts: ActFacts, keys: ActKeys) -> None:
    """Everything that ``act`` mentions, but for persons and money. Names are in the graph of identities."""
    for organisation in facts.organisations:
        node = organisation_of(mapping, keys.organisations[organisation.id])
        mapping.add(act, DG.mentions, node)
        mapping.supported(node, organisation.evidence)
    _programmes(mapping, act, facts, keys)
    _agreements(mapping, act, facts, keys)
    _strands(mapping, act, facts, keys)
    _actions(mapping, act, facts, keys)


def organisation_of(mapping: Mapping, key: str) -> URIRef:
    """IRI of an organisation, with its classes."""
    node = mapping.iris.thing("organisation", key)
    mapping.type(node, DG.Organisation)
    specific = ORGANISATION_CLASSES.get(mapping.resolution.organisations[key].kind)
    if specific is not None:
        mapping.type(node, specific)
    return node


def _programmes(mapping: Mapping, act: URIRef, facts: ActFacts, keys: ActKeys) -> None:
    here = set(keys.programmes.values())
    for fact in facts.programmes:
        entity = mapping.resolution.programmes[keys.programmes[fact.id]]
        node = _programme(mapping, entity)
        mapping.add(act, DG.mentions, node)
        mapping.add(node, DG.extendedTo, year(fact.extended_to and entity.extended_to))
        for local in fact.signatories:
            if local in keys.organisations:
                mapping.add(node, DG.signatory, organisation_of(mapping, keys.organisations[local]))
        stated = {keys.programmes[local] for local in fact.replaces if local in keys.programmes}
        for earlier in sorted((stated | (here & set(entity.replaces))) - {entity.key}):
            mapping.add(node, DCT.replaces, mapping.iris.thing("programme", earlier))
        whole = keys.programmes.get(fact.part_of or "")
        if whole and whole != entity.key:
            mapping.add(node, DCT.isPartOf, mapping.iris.thing("programme", whole))
        mapping.supported(node, fact.evidence)


def _programme(mapping: Mapping, entity: ProgrammeEntity) -> URIRef:
    node = mapping.iris.thing("programme", entity.key)
    mapping.type(node, DG.Programme)
    mapping.add(node, DG.family, DG[f"family-{entity.family}"] if entity.family else None)
    mapping.add(node, DG.startYear, year(entity.start))
    mapping.add(node, DG.endYear, year(entity.end))
    if entity.territory:
        mapping.add(node, DG.territory, organisation_of(mapping, entity.territory))
    return node


def _agreements(mapping: Mapping, act: URIRef, facts: ActFacts, keys: ActKeys) -> None:
    for fact in facts.agreements:
        node = mapping.iris.thing("agreement", keys.agreements[fact.id])
        mapping.type(node, DG.Agreement)
        mapping.add(node, DG.agreementType, mapping.text(fact.type))
        mapping.add(node, SKOS.prefLabel, mapping.french(fact.title))
        for local in fact.parties:
            if local in keys.organisations:
                mapping.add(node, DG.party, organisation_of(mapping, keys.organisations[local]))
        mapping.add(node, DG.startYear, year(fact.start_year))
        mapping.add(node, DG.endYear, year(fact.end_year))
        if fact.approved:
            mapping.add(node, DG.approvedBy, act)
        mapping.add(node, DG.underProgramme, mapping.thing("programme", keys.programmes.get(fact.programme or "")))
        mapping.supported(node, fact.evidence)


def _strands(mapping: Mapping, act: URIRef, facts: ActFacts, keys: ActKeys) -> None:
    for fact in facts.strands:
        key = keys.strands[fact.id]
        node = mapping.iris.thing("strand", key)
        mapping.type(node, DG.Strand)
        _labels(mapping, node, f"strand/{key}", fact.label)
        mapping.add(node, DG.strandType, mapping.text(fact.kind))
        mapping.add(node, ELI.number, mapping.text(fact.number))
        mapping.add(node, DCT.isPartOf, mapping.thing("programme", keys.programmes.get(fact.programme or "")))
        mapping.add(act, DG.mentions, node)
        mapping.supported(node, fact.evidence)


def _actions(mapping: Mapping, act: URIRef, facts: ActFacts, keys: ActKeys) -> None:
    for fact in facts.actions:
        key = keys.actions[fact.id]
        node = mapping.iris.thing("action", key)
        mapping.type(node, DG.Action)
        _labels(mapping, node, f"action/{key}", fact.label)
        mapping.add(node, ELI.number, mapping.text(fact.number))
        mapping.add(node, DCT.isPartOf, mapping.thing("programme", keys.programmes.get(fact.programme or "")))
        mapping.add(node, DCT.isPartOf, mapping.thing("strand", keys.strands.get(fact.strand or "")))
        carrier = keys.organisations.get(fact.carried_by or "")
        if carrier:
            mapping.add(node, DG.carriedBy, organisation_of(mapping, carrier))
        mapping.add(act, DG.mentions, node)
        mapping.supported(node, fact.evidence)


def _labels(mapping: Mapping, node: URIRef, reference: str, written: str) -> None:
    """The label that all acts agree on, and the one this act writes where it differs."""
    label = mapping.resolution.labels[reference]
    here = mapping.french(" ".join(written.split()))
    mapping.add(node, SKOS.prefLabel, Literal(label, lang="fr"))
    if here is not None and str(here) != label:
        mapping.add(node, SKOS.altLabel, here)
