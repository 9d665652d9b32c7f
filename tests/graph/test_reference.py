"""The authorities that the data name, as linked data: codes, and what each lies in; nothing of acts, source told."""

from __future__ import annotations

import pytest
from rdflib import Literal, URIRef

from extract.facts import OrganisationFact
from graph.mapping.reference import LICENCE, SOURCE, map_reference
from graph.resolve import Registry, resolve
from ontology.terms import DCT, DG, RDF, SKOS

BASE = "http://localhost:8000"


@pytest.fixture
def found(make):
    names = (
        "Dijon métropole",
        "commune de Chenôve",
        "Ville de Dijon",
        "CCAS de Chenôve",
        "CESAM",
        "Département de la Côte-d'Or",
    )
    kinds = ("local_authority",) * 3 + ("public_establishment", "association", "local_authority")
    organisations = tuple(OrganisationFact(id=n, name=n, kind=k) for n, k in zip(names, kinds, strict=True))
    return resolve([make.document([make.act(organisations=organisations)])], Registry())


def thing(reference: str) -> URIRef:
    return URIRef(f"{BASE}/id/{reference}")


def key(found, siren: str) -> str:
    return next(k for k, o in found.organisations.items() if o.siren == siren)


def test_each_authority_has_its_codes_and_lies_in_what_holds_it(found):
    graph = map_reference(found, list(found.organisations), BASE)
    metropole, chenove = (thing(f"organisation/{key(found, s)}") for s in ("242100410", "212101661"))
    assert set(graph.objects(chenove, DG.inseeCode)) == {Literal("21166")}
    assert set(graph.objects(metropole, DG.siren)) == {Literal("242100410")}
    assert metropole in set(graph.objects(chenove, DCT.isPartOf))
    (department,) = list(graph.objects(metropole, DCT.isPartOf))
    assert department in set(graph.objects(chenove, DCT.isPartOf))
    assert set(graph.objects(department, DCT.isPartOf)) == {thing("authority/region-27")}
    assert str(graph.value(thing("authority/region-27"), SKOS.prefLabel)) == "Bourgogne-Franche-Comté"
    members = set(graph.subjects(DCT.isPartOf, metropole))
    assert len(members) == 2  # of 23 communes, the two that are named


def test_only_authorities_and_only_what_the_tables_say(found):
    graph = map_reference(found, list(found.organisations), BASE)
    assert not [s for s in graph.subjects() if "ccas" in str(s) or "cesam" in str(s)]
    assert (None, RDF.type, DG.Organisation) not in graph
    about = URIRef(f"{BASE}/graph/reference")
    assert str(graph.value(about, DCT.source)) == SOURCE
    assert graph.value(about, DCT.license) == LICENCE


def test_what_is_not_published_is_not_there(found):
    assert len(map_reference(found, [], BASE)) == 0
    graph = map_reference(found, [key(found, "212101661")], BASE)
    assert thing(f"organisation/{key(found, '242100410')}") not in set(graph.all_nodes())
    assert thing("authority/epci-242100410") in set(graph.all_nodes())
