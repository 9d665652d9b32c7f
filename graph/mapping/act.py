"""The deliberation: title, subject, citations, vote, points decided, and all that it names."""

from __future__ import annotations

import re

from rdflib import Literal, URIRef

from extract.facts import ActFacts, CitationFact, VoteFacts
from graph.iri import slug
from graph.mapping.context import Mapping, integer
from graph.mapping.mandates import stated_role
from graph.mapping.session import person
from graph.resolve.resolution import ActKeys
from ontology.terms import DCT, DG, ELI, SKOS, XSD

_OUTCOMES = {"adopted": DG.Adopted, "rejected": DG.NotAdopted, "noted": DG.Noted, "postponed": DG.Postponed}
_FIGURES = {
    "votes_for": DG.votesFor,
    "votes_against": DG.votesAgainst,
    "abstentions": DG.abstentions,
    "not_voting": DG.notVoting,
    "proxy_votes": DG.proxyVotes,
}
_VOTERS = {
    "voted_against_by": DG.votedAgainstBy,
    "abstained_by": DG.abstainedBy,
    "not_voting_by": DG.notVotingBy,
}
_MATTER = re.compile(r"(\d)(?:[.\s-]+(\d{1,2}))?(?!\d)")


def map_act(mapping: Mapping, facts: ActFacts, keys: ActKeys) -> URIRef:
    """One deliberation; returns its IRI."""
    act = mapping.iris.thing("deliberation", keys.deliberation)
    session = mapping.keys.sessions[facts.session].session
    mapping.type(act, DG.Deliberation)
    mapping.add(act, ELI.title, mapping.text(facts.title))
    mapping.add(act, ELI.id_local, mapping.text(facts.number))
    mapping.add(act, DG.session, mapping.iris.thing("session", session))
    mapping.add(act, DCT.source, mapping.document)
    mapping.supported(act, (p for passages in facts.evidence.values() for p in passages))
    _subjects(mapping, act, facts)
    _citations(mapping, act, facts, keys)
    _vote(mapping, act, facts.vote, keys)
    _decisions(mapping, act, facts, keys)
    for fact, key in zip(facts.persons, keys.persons, strict=True):
        named = person(mapping, key)
        mapping.add(act, DG.mentions, named)
        if named is not None and key is not None:
            mapping.supported(named, fact.evidence)
            stated_role(mapping, fact, key, keys)
    return act


def _subjects(mapping: Mapping, act: URIRef, facts: ActFacts) -> None:
    """The theme as printed, and the matters of the ACTES nomenclature, which are concepts of the ontology."""
    labels = [facts.theme] if facts.theme else []
    for matter in facts.matters:
        code = _MATTER.match(matter)
        if code:
            mapping.add(act, ELI.is_about, DG["-".join(["matter", *(n for n in code.groups() if n)])])
        else:
            labels.append(matter)
    for label in labels:
        theme = mapping.iris.thing("theme", slug(mapping.privacy.mask(label)))
        mapping.type(theme, SKOS.Concept)
        mapping.add(theme, SKOS.prefLabel, mapping.french(label))
        mapping.add(act, ELI.is_about, theme)


def _citations(mapping: Mapping, act: URIRef, facts: ActFacts, keys: ActKeys) -> None:
    for fact, known in zip(facts.citations, keys.cited, strict=True):
        if known == keys.deliberation:
            continue  # an act that prints its own number does not cite itself
        if known:
            cited = mapping.iris.thing("deliberation", known)
        else:
            cited = mapping.iris.thing("cited", _cited_key(mapping, fact))
            mapping.type(cited, DG.CitedAct, ELI.LegalResource)
            mapping.add(cited, SKOS.prefLabel, mapping.french(fact.label))
            mapping.add(cited, ELI.id_local, mapping.text(fact.number))
            date = Literal(str(fact.date), datatype=XSD.date) if fact.date else None
            mapping.add(cited, ELI.date_document, date)
        mapping.add(act, ELI.cites, cited)
        mapping.supported(cited, fact.evidence)


def _cited_key(mapping: Mapping, fact: CitationFact) -> str:
    """Laws are known by number or date; other acts by number; the rest by their label."""
    kind = {"law": "loi", "decree": "decret", "order": "arrete", "circular": "circulaire"}.get(fact.kind)
    if kind and (fact.number or fact.date):
        return slug(f"{kind} {fact.number or fact.date}")
    if fact.kind == "deliberation" and fact.number:
        return slug(f"deliberation {fact.number}")
    return slug(mapping.privacy.mask(fact.label))


def _vote(mapping: Mapping, act: URIRef, facts: VoteFacts | None, keys: ActKeys) -> None:
    if facts is None:
        return
    vote = mapping.iris.thing("vote", keys.deliberation)
    mapping.type(vote, DG.Vote)
    mapping.add(act, DG.vote, vote)
    for name, predicate in _FIGURES.items():
        mapping.add(vote, predicate, integer(getattr(facts, name)))
    if facts.unanimous is not None:
        mapping.add(vote, DG.unanimous, Literal(str(facts.unanimous).lower(), datatype=XSD.boolean))
    mapping.add(vote, DG.outcome, _OUTCOMES.get(facts.outcome or ""))
    for role, predicate in _VOTERS.items():
        for key in keys.voters.get(role, ()):
            mapping.add(vote, predicate, person(mapping, key))
    mapping.supported(vote, facts.evidence)


def _decisions(mapping: Mapping, act: URIRef, facts: ActFacts, keys: ActKeys) -> None:
    for fact in facts.decisions:
        decision = mapping.iris.thing("decision", f"{keys.deliberation}-{fact.number}")
        mapping.type(decision, DG.Decision)
        mapping.add(decision, ELI.number, Literal(str(fact.number)))
        mapping.add(decision, DG.text, mapping.text(fact.text))
        mapping.add(act, DG.decision, decision)
        mapping.supported(decision, fact.evidence)
