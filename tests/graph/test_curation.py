"""Curation: what a judgement does to the graph, how it is published, and when it comes to nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal, URIRef

from extract.facts import Evidence, FundingFact, OrganisationFact, PersonMentionFact
from graph.curation import append, audit, awards, map_judgements, map_matches, merges_of, sides, signatures
from graph.curation.log import SidesError
from graph.iri import Iris
from graph.mapping import map_document, map_identities
from graph.resolve import Judgement, Registry, read_judgements, resolve
from graph.resolve.judgement import Judgements, not_undone
from graph.triples import TripleGraph
from ontology.terms import DCT, DG, PROV, RDF
from shapes.gate import check
from tests.graph.conftest import members, rosters

BASE = "http://localhost:8000"


def judge(verb, left, right=None, reason="vu", day=1, **more):
    return Judgement(
        verb=verb, left=left, right=right, author="Anne Durand", date=dt.date(2026, 1, day), reason=reason, **more
    )


def unsure_act(make, *, confidence=0.2, beneficiary="a", text="Elle verse 500 € au Vélo club."):
    passage = (Evidence(start=0, end=len(text)),)
    deed = make.act(
        organisations=(
            OrganisationFact(id="a", name="Vélo club", kind="association", evidence=passage),
            OrganisationFact(id="d", name="Dijon métropole", kind="local_authority", evidence=passage),
        ),
        fundings=(
            FundingFact(
                id="f", status="awarded", funder="d", beneficiary=beneficiary, amount=500, amount_written="500 €",
                confidence=confidence, evidence=passage,
            ),
        ),
        evidence={"title": passage},
    )  # fmt: skip
    return make.document([deed], [make.session(evidence={"date": passage})], text=text)


def mapped(facts, judgements, registry):
    found = resolve([facts], registry, judgements)
    return found, map_document(facts, found, BASE)


def reading(facts, registry):
    return resolve([facts], registry)[facts.sha256].acts[0].fundings["f"]


def test_an_accepted_reading_is_published_tells_by_whom_and_passes_the_gate(make):
    facts, registry = unsure_act(make), Registry()
    told = judge("accept", f"{BASE}/id/reading/{reading(facts, registry)}")
    found, graph = mapped(facts, [told], registry)
    (funding,) = graph.subjects(RDF.type, DG.Funding)
    assert (funding, DG.acceptedBy, URIRef(f"{BASE}/id/judgement/{told.id}")) in graph
    assert (None, DG.funds, None) in graph
    assert (None, RDF.type, DG.FundingToReview) not in graph
    assert check(graph, map_identities(found, [facts.sha256], BASE)).conforms
    graph.remove((funding, DG.acceptedBy, None))
    assert not check(graph, map_identities(found, [facts.sha256], BASE)).conforms


def test_accept_then_reject_the_last_word_counts_and_undo_takes_it_back(make):
    facts, registry = unsure_act(make), Registry()
    ref = f"reading/{reading(facts, registry)}"
    accepted, rejected = judge("accept", ref), judge("reject", ref, day=2)
    _, graph = mapped(facts, [accepted, rejected], registry)
    assert (None, DG.decidedBy, None) not in graph
    undone = judge("undo", rejected.id, day=3)
    _, graph = mapped(facts, [accepted, rejected, undone], registry)
    assert (None, RDF.type, DG.Funding) in graph
    _, graph = mapped(facts, [accepted, rejected, undone, judge("undo", undone.id, day=4)], registry)
    assert (None, RDF.type, DG.Funding) not in graph


def test_a_judgement_on_a_fact_means_the_same_on_a_machine_that_knows_nothing(make):
    facts, first = unsure_act(make, confidence=0.9), Registry()
    key = reading(facts, first)
    told = judge("reject", "funding/called-otherwise-there", left_signatures=signatures(first, "funding", key))
    _, graph = mapped(facts, [told], Registry())
    assert (None, DG.decidedBy, None) not in graph
    foreign = judge("reject", f"funding/{key}", left_signatures=("doc:0123456789abcdef#0|something else",))
    _, graph = mapped(facts, [foreign], Registry())
    assert (None, RDF.type, DG.Funding) in graph


def test_a_merge_of_the_page_holds_by_signature_on_another_machine(make):
    documents, registry = rosters(make, "M. Jean DUPONT", "M. Jean DUPOND"), Registry()
    one, other = members(documents, resolve(documents, registry))
    told = judge(
        "merge", f"person/{one}", f"person/{other}",
        left_signatures=signatures(registry, "person", one), right_signatures=signatures(registry, "person", other),
    )  # fmt: skip
    assert len(set(members(documents, resolve(documents, Registry(), [told])))) == 1


def test_every_merge_can_be_taken_apart_again(make):
    """By a person's merge, by a machine's, by naming a spelling; and what cannot is told."""
    documents, registry = rosters(make, "M. Jean DUPONT", "M. Jean DUPOND"), Registry()
    one, other = members(documents, resolve(documents, registry))
    log = [judge("merge", f"person/{one}", f"person/{other}")]
    (kept,) = set(members(documents, resolve(documents, registry, log)))
    stays, goes = sides(registry, log, "person", kept)
    apart = judge("keep-apart", f"person/{kept}", f"person/{kept}", left_signatures=stays, right_signatures=goes, day=2)
    assert members(documents, resolve(documents, registry, [*log, apart])) == [one, other]

    documents, registry = rosters(make, "M. Patrick BAUDEMONT", "M. Patrick BAUDEMMENT"), Registry()
    (kept,) = set(members(documents, resolve(documents, registry)))
    stays, goes = sides(registry, [], "person", kept, ["Patrick Baudemment"])
    assert len(stays) == len(goes) == 1
    assert sides(registry, [], "person", kept, [goes[0]]) == (stays, goes)
    for off in (["Paul DURAND"], [*stays, *goes]):
        with pytest.raises(SidesError, match="Graphies : "):
            sides(registry, [], "person", kept, off)
    apart = judge("keep-apart", f"person/{kept}", f"person/{kept}", left_signatures=stays, right_signatures=goes)
    assert len(set(members(documents, resolve(documents, registry, [apart])))) == 2
    with pytest.raises(SidesError, match="rien à séparer"):
        sides(registry, [], "person", kept)


def test_the_log_is_appended_and_a_broken_last_line_is_told_not_glued(tmp_path):
    log = tmp_path / "curation" / "judgements.jsonl"
    said = [judge("merge", "person/a", "person/b"), judge("undo", "0123456789", reason="à tort")]
    for each in said:
        append(log, each)
    assert read_judgements(log) == tuple(said)
    log.write_bytes(log.read_bytes().rstrip(b"\n"))
    append(log, said[0])
    assert len(read_judgements(log)) == 3


@given(st.lists(st.tuples(st.sampled_from("mu"), st.integers(0, 5)), max_size=12))
def test_undo_of_undo_restores(moves):
    """What stands is what a reader of the log from top to bottom would say."""
    log: list[Judgement] = []
    live: dict[int, bool] = {}
    for number, (kind, target) in enumerate(moves):
        if kind == "m" or target >= len(log):
            log.append(judge("merge", f"person/{number}", "person/x"))
        else:
            log.append(judge("undo", log[target].id, reason=str(number)))

    def stands(index: int) -> bool:
        if index not in live:
            later = [i for i in range(index + 1, len(log)) if log[i].verb == "undo" and log[i].left == log[index].id]
            live[index] = not any(stands(i) for i in later)
        return live[index]

    assert not_undone(log) == [j for i, j in enumerate(log) if j.verb != "undo" and stands(i)]


def test_what_comes_to_nothing_is_told(make):
    documents, registry = rosters(make, "M. Jean DUPONT", "M. Paul DURAND", "Mme Anne MARTIN"), Registry()
    one, two, three = (f"person/{key}" for key in members(documents, resolve(documents, registry)))
    log = [
        judge("keep-apart", one, three),
        judge("merge", one, two),
        judge("merge", two, three),
        judge("merge", "person/nobody", one),
        judge("reject", "funding/nothing"),
        judge("keep-apart", one, two, day=2, reason="annulé"),
        judge("merge", one, two, day=3, reason="finalement"),
    ]
    found = resolve(documents, registry, log)
    told = audit(Judgements(log, registry), found, documents, 0.5)
    assert [finding.judgement for finding in told] == [log[0], log[3], log[4]]
    assert "contredit" in told[0].why
    assert "ne désigne plus rien" in told[1].why
    assert "aucun fait" in told[2].why
    assert all(finding.judgement.id in str(finding) for finding in told)


def test_an_accepted_reading_that_names_nobody_is_told(make):
    facts = unsure_act(make, beneficiary=None)
    registry = Registry()
    bare = facts.model_copy(
        update={"acts": (facts.acts[0].model_copy(
            update={"fundings": (facts.acts[0].fundings[0].model_copy(update={"funder": None}),)}),)}
    )  # fmt: skip
    log = [judge("accept", f"reading/{reading(bare, registry)}")]
    found, graph = mapped(bare, log, registry)
    assert (None, RDF.type, DG.FundingToReview) in graph
    (finding,) = audit(Judgements(log, registry), found, [bare], 0.5)
    assert "ni payeur ni bénéficiaire" in finding.why


def test_judgements_are_published_as_provenance(make):
    documents, registry = rosters(make, "M. Jean DUPONT", "M. Jean DUPOND"), Registry()
    one, other = members(documents, resolve(documents, registry))
    log = [
        judge("merge", f"person/{one}", f"person/{other}", reason="faute de frappe"),
        judge("reject", "reading/nowhere", reason="lu de travers"),
        judge("merge", "person/x", "person/y", reason="retiré"),
    ]
    log.append(judge("undo", log[2].id))
    found = resolve(documents, registry, log)
    graph = map_judgements(Judgements(log, registry), found, BASE)
    assert set(graph.objects(None, DG.verdict)) == {DG.Merged, DG.FactRejected}
    merged = URIRef(f"{BASE}/id/judgement/{log[0].id}")
    assert set(graph.objects(merged, DG.judges)) == {URIRef(f"{BASE}/id/person/{k}") for k in (one, other)}
    assert str(graph.value(merged, DCT.description)) == "faute de frappe"
    assert graph.value(merged, PROV.wasAssociatedWith) == URIRef(f"{BASE}/id/curator/anne-durand")
    gone = set(graph.subjects(PROV.wasInvalidatedBy, URIRef(f"{BASE}/id/judgement/{log[1].id}")))
    assert gone == {URIRef(f"{BASE}/id/{kind}/nowhere") for kind in ("funding", "reading")}


def everything(_kind, _key):
    """All is published."""
    return True


def merges(found):
    graph = TripleGraph()
    for person in found.persons.values():
        graph.found.update(merges_of("person", person, Iris(BASE)))
    return graph


def test_matches_to_review_tell_the_money_the_reasons_and_only_what_is_published(make):
    def deed(name, amount, person=None):
        text = f"{amount} € à {name}, M. Jean DUPONT"
        passage = (Evidence(start=0, end=len(text)),)
        organisations = (
            OrganisationFact(id="a", name=name, kind="association", evidence=passage),
            OrganisationFact(id="d", name="Dijon métropole", kind="local_authority", evidence=passage),
        )
        fundings = (
            FundingFact(id="f", status="awarded", funder="d", beneficiary="a", amount=amount, confidence=0.9,
                        start_year=2023, end_year=2025, per="year", evidence=passage),
            FundingFact(id="p", status="awarded", funder="d", beneficiary="a", amount=1, confidence=0.9,
                        part_of="f", evidence=passage),
            FundingFact(id="g", status="requested", beneficiary="a", amount=999, confidence=0.9, evidence=passage),
        )  # fmt: skip
        persons = (
            PersonMentionFact(name=make.name("M. Jean DUPONT"), role="président", organisation="a", evidence=passage),
        )
        return make.document(
            [make.act(title=name, organisations=organisations, fundings=fundings, persons=persons)],
            text=text,
            file_name=name,
        )

    documents = [deed("Club nautique des Grésilles", 100), deed("Club nautique des Gresille", 10)]
    found = resolve(documents, Registry())
    money = Counter()
    for award in (award for d in documents for award in awards(d, found, 0.5)):
        money.update(dict.fromkeys(award.concerned, award.euros))
    keys = [found[d.sha256].acts[0].organisations["a"] for d in documents]
    if keys[0] != keys[1]:
        assert [money["organisation", key] for key in keys] == [300, 30]
    assert sum(money["organisation", key] for key in set(keys)) == Decimal(330)
    graph = map_matches(found, everything, lambda *thing: money[thing], BASE)
    pairs = {c.kind for c in found.candidates}
    assert len(list(graph.subjects(RDF.type, DG.MatchToReview))) <= len(found.candidates)
    assert bool(len(graph)) == bool(pairs)


def test_a_likeness_that_is_not_enough_is_listed_with_its_reasons(make):
    documents = rosters(make, "M. Jean DUPONT", "M. Jean DUPOND")
    found = resolve(documents, Registry())
    assert found.candidates
    graph = map_matches(found, everything, lambda _, key: Decimal(7 if key == "jean-dupont" else 0), BASE)
    (match,) = graph.subjects(RDF.type, DG.MatchToReview)
    assert set(graph.objects(match, DG.candidate)) == {URIRef(f"{BASE}/id/person/jean-dupon{x}") for x in "td"}
    assert graph.value(match, DG.moneyAtStake) == Literal(Decimal(7))
    assert list(graph.objects(match, DG.matchReason))
    assert not len(map_matches(found, lambda _, key: key == "jean-dupont", lambda *_: Decimal(), BASE))


def test_why_names_are_one_is_told_once_for_each_pair_of_names(make):
    documents = rosters(make, "M. Marien LOVICHICI", "M. Marien LOVICH I", "M. Paul PETIT")
    found = resolve(documents, Registry())
    graph = merges(found)
    (match,) = graph.subjects(RDF.type, DG.Match)
    assert graph.value(match, DG.explains) == URIRef(f"{BASE}/id/person/marien-lovichici")
    assert {str(name) for name in graph.objects(match, DG.matchedName)} == {"Marien LOVICHICI", "Marien LOVICH I"}
    assert Decimal("0.86") <= graph.value(match, DG.confidence).toPython() <= 1
    assert list(graph.objects(match, DG.matchReason))
    assert check(graph).results == ()


def test_a_merge_by_hand_says_so(make):
    documents = rosters(make, "M. Jean DUPONT", "Mme Anne PETIT")
    judgement = Judgement(
        verb="merge",
        left="person/jean-dupont",
        right="person/anne-petit",
        author="m",
        date=dt.date(2024, 1, 1),
        reason="r",
    )
    registry = Registry()
    resolve(documents, registry)
    found = resolve(documents, registry, [judgement])
    graph = merges(found)
    (match,) = graph.subjects(RDF.type, DG.Match)
    assert [str(reason) for reason in graph.objects(match, DG.matchReason)] == ["rapprochés par décision"]
