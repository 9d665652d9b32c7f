"""Human judgements win over features and constraints, and survive re-ingestion."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from rdflib import URIRef

from extract.facts import Evidence, FundingFact, OrganisationFact
from graph.curation import map_judgements
from graph.curation.log import append
from graph.mapping import map_document
from graph.resolve import Judgement, JudgementError, Registry, read_judgements, resolve
from graph.resolve.judgement import Judgements
from ontology.terms import DG, PROV, RDF
from tests.graph.conftest import members, rosters

BASE = "http://localhost:8000"


def _judge(verb, left, right=None):
    return Judgement(verb=verb, left=left, right=right, author="m", date=dt.date(2024, 1, 1), reason="vu")


def test_merge_keep_apart_and_the_last_word(make):
    registry = Registry()
    documents = rosters(make, "M. Jean DUPONT", "M. Jean DUPOND")
    one, other = members(documents, resolve(documents, registry))
    merged = [_judge("merge", f"{BASE}/id/person/{one}", f"person/{other}")]
    found = resolve(documents, registry, merged)
    (kept,) = set(members(documents, found))
    assert found.redirects == {("person", ({one, other} - {kept}).pop()): kept}
    assert found.candidates == ()
    again = resolve(documents, registry, [*merged, _judge("keep-apart", f"person/{one}", f"person/{other}")])
    assert members(documents, again) == [one, other]
    assert again.redirects == {}


def test_keep_apart_by_signature_on_a_registry_that_knows_nothing(make):
    documents = rosters(make, "M. Patrick BAUDEMONT", "M. Patrick BAUDEMMENT")
    found = resolve(documents, Registry())
    (person,) = found.persons.values()
    one, other = person.signatures
    apart = Judgement(
        verb="keep-apart",
        left="person/patrick-baudemont",
        right="person/patrick-baudemont",
        left_signatures=(one,),
        right_signatures=(other,),
        author="m",
        date=dt.date(2024, 1, 1),
        reason="père et fils",
    )
    assert len(set(members(documents, resolve(documents, Registry(), [apart])))) == 2


def test_a_human_may_merge_two_entries_of_one_roster(make):
    facts = make.document([make.act()], [make.session(make.roster(["M. Jean MARTIN", "M. Jean MARTINS"]))])
    registry = Registry()
    one, other = resolve([facts], registry)[facts.sha256].sessions[0].members
    found = resolve([facts], registry, [_judge("merge", f"person/{one}", f"person/{other}")])
    assert len(set(found[facts.sha256].sessions[0].members)) == 1


def test_a_rejected_funding_is_not_published_nor_its_flow_nor_its_evidence(make):
    deed = make.act(
        organisations=(
            OrganisationFact(id="a", name="Vélo club"),
            OrganisationFact(id="d", name="Dijon métropole"),
        ),
        fundings=(
            FundingFact(
                id="f",
                confidence=0.9,
                status="awarded",
                funder="d",
                beneficiary="a",
                amount=500,
                evidence=(Evidence(start=0, end=5),),
            ),
        ),
    )
    facts = make.document([deed])
    registry = Registry()
    found = resolve([facts], registry)
    key = found[facts.sha256].acts[0].fundings["f"]
    assert (None, DG.funds, None) in map_document(facts, found)
    found = resolve([facts], registry, [_judge("reject", f"{BASE}/id/funding/{key}")])
    graph = map_document(facts, found)
    funding = URIRef(f"{BASE}/id/funding/{key}")
    assert not list(graph.triples((funding, None, None))) + list(graph.triples((None, None, funding)))
    assert (None, DG.funds, None) not in graph
    assert (None, DG.supports, None) not in graph


def test_the_log_is_read_in_order_and_its_faults_are_named(tmp_path):
    log = tmp_path / "judgements.jsonl"
    assert read_judgements(log) == ()
    line = {"verb": "merge", "left": "person/a", "right": "person/b"}
    line |= {"author": "m", "date": "2024-01-01", "reason": "r"}
    log.write_text(json.dumps(line) + "\n\n" + json.dumps({**line, "verb": "reject", "right": None}) + "\n")
    assert [j.verb for j in read_judgements(log)] == ["merge", "reject"]
    log.write_text(json.dumps(line) + "\n" + json.dumps({**line, "right": None}) + "\n")
    with pytest.raises(JudgementError, match=r"judgements.jsonl:2.*deux entités"):
        read_judgements(log)
    log.write_text("{oops\n")
    with pytest.raises(JudgementError, match=r"judgements.jsonl:1"):
        read_judgements(log)


def test_a_judgement_that_a_later_one_overrides_is_told_and_published_as_such(make):
    registry = Registry()
    documents = rosters(make, "M. Jean DUPONT", "M. Jean DUPOND")
    one, other = members(documents, resolve(documents, registry))
    log = [
        _judge("merge", f"person/{one}", f"person/{other}"),
        _judge("keep-apart", f"person/{one}", f"person/{other}"),
    ]
    log += [_judge("accept", "reading/r"), _judge("reject", "funding/r")]
    found = resolve(documents, registry, log)
    judgements = Judgements(log, registry)
    assert [(s.judgement, later) for s, later in judgements.overridden()] == [(log[0], log[1]), (log[2], log[3])]
    assert [s.judgement for s in judgements.standing()] == [log[1], log[3]]
    graph = map_judgements(judgements, found, BASE)
    node = [URIRef(f"{BASE}/id/judgement/{each.id}") for each in log]
    assert set(graph.subject_objects(DG.overriddenBy)) == {(node[0], node[1]), (node[2], node[3])}
    assert set(graph.subjects(RDF.type, DG.Judgement)) == set(node)
    assert node[0] not in set(graph.objects(None, PROV.wasInfluencedBy))


def test_the_same_words_said_again_override_nothing(make):
    registry = Registry()
    documents = rosters(make, "M. Jean DUPONT", "M. Jean DUPOND")
    one, other = members(documents, resolve(documents, registry))
    merge = _judge("merge", f"person/{one}", f"person/{other}")
    assert Judgements([merge, merge], registry).overridden() == []


def test_a_reason_may_hold_any_sign_and_a_broken_line_is_told_by_its_number(tmp_path):
    log = tmp_path / "judgements.jsonl"
    reason = "deux lignes\u2028collées\x85depuis un courriel"
    said = Judgement(verb="reject", left="funding/x", author="a", date=dt.date(2026, 11, 28), reason=reason)
    append(log, said)
    append(log, said)
    assert [judgement.reason for judgement in read_judgements(log)] == [reason, reason]
    log.write_bytes(log.read_bytes() + b'{"verb": "\xff"}\n')
    with pytest.raises(JudgementError, match=r"judgements.jsonl:3 : décision illisible"):
        read_judgements(log)
