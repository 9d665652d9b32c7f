"""Offices and roles as acts print them → memberships, with the first and the last séance seen."""

from __future__ import annotations

import datetime as dt

from rdflib import URIRef

from extract.facts import AttendanceFact, Evidence, OrganisationFact, PersonMentionFact
from graph.mapping import map_document, map_identities
from graph.mapping.mandates import map_mandates, role_of, sittings
from graph.resolve import Registry, resolve
from ontology.terms import DG, ORG, RDF
from shapes.gate import check

BASE = "http://localhost:8000"


def sat(make, date, *members):
    entries = tuple(AttendanceFact(member=make.name(n), status="present", office=office) for n, office in members)
    seance = make.session(entries, date=dt.date.fromisoformat(date))
    return make.document([make.act(title=date)], [seance], file_name=date)


def told(documents, found):
    return [sitting for d in documents for sitting in sittings(d, found[d.sha256])]


def memberships(graph):
    return {str(node).rsplit("/", 1)[-1]: node for node in graph.subjects(RDF.type, ORG.Membership)}


def test_a_mandate_tells_its_offices_and_first_and_last_session(make):
    documents = [
        sat(make, "2023-05-01", ("Mme Anne DURAND", "councillor"), ("M. Luc PETIT", None)),
        sat(make, "2021-02-03", ("Mme Anne DURAND", None)),
        sat(make, "2024-06-07", ("Mme Anne DURAND", "vice-president")),
    ]
    found = resolve(documents, Registry())
    graph = map_identities(found, [d.sha256 for d in documents], BASE)
    map_mandates(told(documents, found), graph, BASE)
    (anne,) = [node for key, node in memberships(graph).items() if key.startswith("anne")]
    (luc,) = [node for key, node in memberships(graph).items() if key.startswith("luc")]
    assert set(graph.objects(anne, ORG.role)) == {DG["role-councillor"], DG["role-vice-president"]}
    assert str(graph.value(anne, DG.firstSession)).endswith("2021-02-03")
    assert str(graph.value(anne, DG.lastSession)).endswith("2024-06-07")
    assert set(graph.objects(luc, ORG.role)) == {DG["role-member"]}
    assert graph.value(luc, DG.firstSession) == graph.value(luc, DG.lastSession)


def test_a_document_that_is_not_published_adds_nothing(make):
    documents = [sat(make, "2023-05-01", ("Mme Anne DURAND", None)), sat(make, "2021-02-03", ("M. Luc PETIT", "mayor"))]
    found = resolve(documents, Registry())
    graph = map_identities(found, [documents[0].sha256], BASE)
    map_mandates(told(documents, found), graph, BASE)
    assert [key.split("-")[0] for key in memberships(graph)] == ["anne"]


def test_a_role_that_the_text_states_is_a_membership_with_its_passage_and_passes_the_gate(make):
    text = "Mme Anne DURAND, présidente du Vélo club, se retire ; elle est du pays."
    passage = (Evidence(start=0, end=len(text)),)
    persons = (
        PersonMentionFact(name=make.name("Mme Anne DURAND"), role="présidente", organisation="v", evidence=passage),
        PersonMentionFact(name=make.name("M. Luc PETIT"), role="directeur", organisation=None, evidence=passage),
    )
    deed = make.act(
        organisations=(OrganisationFact(id="v", name="Vélo club", kind="association", evidence=passage),),
        persons=persons,
        evidence={"title": passage},
    )
    roster = (AttendanceFact(member=make.name("Mme Anne DURAND"), status="present", office="mayor", evidence=passage),)
    facts = make.document([deed], [make.session(roster, evidence={"date": passage})], text=text)
    found = resolve([facts], Registry())
    graph = map_document(facts, found, BASE)
    (node,) = graph.subjects(RDF.type, ORG.Membership)
    assert node == URIRef(f"{BASE}/id/membership/anne-durand-velo-club")
    assert graph.value(node, ORG.role) == DG["role-president"]
    assert str(graph.value(node, DG.roleAsWritten)) == "présidente"
    assert list(graph.subjects(DG.supports, node))
    assert set(graph.objects(None, DG.office)) == {DG["role-mayor"]}
    assert check(graph, map_identities(found, [facts.sha256], BASE)).conforms


def test_roles_as_written():
    assert role_of("Co-présidente") == DG["role-president"]
    assert role_of("vice-président") == DG["role-vice-president"]
    assert role_of("administratrice") == DG["role-member"]
    assert role_of("trésorier") == DG["role-representative"]
