"""Natural persons who receive money are published without a name, anywhere."""

from __future__ import annotations

import gzip

from extract.facts import (
    DecisionFact,
    Evidence,
    FundingFact,
    OrganisationFact,
    PersonMentionFact,
)
from graph.export import FORMATS, export
from graph.mapping import map_document, map_identities
from graph.privacy import Privacy
from graph.release import Published, build
from graph.resolve import Registry, resolve
from graph.search import search
from ontology.terms import DG, RDF

TEXT = "Une aide de 300 € est versée à Mme Zoé KERVADEC, 12 rue des Lilas.\nZoé  Kervadec remercie le conseil."
NAME = "Zoé KERVADEC"


def _facts(make):
    start = TEXT.index(NAME)
    funding = FundingFact(
        id="f",
        confidence=0.9,
        status="awarded",
        funder="d",
        private=True,
        private_name=NAME,
        amount=300,
        purpose="aide à Zoé KERVADEC",
        evidence=(Evidence(start=0, end=66, page=1),),
    )
    deed = make.act(
        title="Aide à Madame Zoé KERVADEC",
        organisations=(OrganisationFact(id="d", name="Dijon métropole"),),
        persons=(PersonMentionFact(name=make.name("Mme Zoé KERVADEC")),),
        decisions=(DecisionFact(number=1, text="d'aider Zoé KERVADEC (12 rue des Lilas)"),),
        fundings=(funding,),
    )
    marked = (Evidence(start=start, end=start + len(NAME)), Evidence(start=TEXT.index("12"), end=65))
    return make.document([deed], text=TEXT, file_name="aide-zoe-kervadec.txt", redactions=marked)


def test_the_name_is_nowhere_in_a_release(make, tmp_path):
    facts = _facts(make)
    found = resolve([facts], Registry())
    graph = map_document(facts, found)
    identities = map_identities(found, [facts.sha256], "http://localhost:8000")
    release = build(tmp_path, [Published(facts, graph)], identities)
    for name in FORMATS:
        export(release, name, tmp_path / name)
    written = [p for p in [*tmp_path.iterdir(), *release.path.rglob("*")] if p.is_file()]
    for path in written:
        content = path.read_bytes()
        content = gzip.decompress(content) if path.suffix == ".gz" else content
        assert b"kervadec" not in content.lower(), path
        assert b"rue des lilas" not in content.lower(), path
    assert search(release.search_index, "kervadec").hits == ()
    assert len(release.text(facts.sha256)["text"]) == len(TEXT)


def test_the_beneficiary_is_a_private_person_without_properties(make):
    facts = _facts(make)
    graph = map_document(facts, resolve([facts], Registry()))
    (person,) = graph.subjects(RDF.type, DG.PrivatePerson)
    assert "/id/person/private-" in person
    assert list(graph.predicate_objects(person)) == [(RDF.type, DG.PrivatePerson)]
    assert (None, DG.beneficiary, person) in graph
    assert (None, DG.funds, None) not in graph
    assert not set(graph.subjects(RDF.type, DG.Person))


def test_the_key_does_not_come_from_the_name(make):
    facts = _facts(make)
    text = facts.model_dump_json().replace("KERVADEC", "LEGOFFIC")
    other = type(facts).model_validate_json(text.replace(facts.sha256, facts.sha256[::-1]))
    keys = [resolve([f], Registry())[f.sha256].acts[0].private["f"].removeprefix("private-") for f in (facts, other)]
    assert keys[0] == keys[1]


def test_a_text_without_private_passages_is_left_alone(make):
    facts = make.document([make.act()], text=TEXT)
    assert Privacy(facts).mask_document(TEXT) is TEXT


def test_a_short_marked_passage_is_masked_at_its_place_only(make):
    facts = make.document([make.act()], text="12 élus, au 12 rue", redactions=(Evidence(start=12, end=14),))
    assert Privacy(facts).mask_document(facts.text) == "12 élus, au ██ rue"
