"""Awards read below the threshold: kept for review, and in no flow, sum, network or export."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.facts import Evidence, FundingFact, OrganisationFact, TableFact
from graph.export import FORMATS, export
from graph.flows import flows
from graph.mapping import PUBLISH_THRESHOLD, map_document, map_identities
from graph.mapping.money import to_review
from graph.release import Published, build
from graph.resolve import Registry, resolve
from graph.resolve.judgement import Judgement
from ontology.terms import DG, RDF
from shapes.gate import check

BASE = "http://localhost:8000"
TEXT = "La ville de Brême-sur-Orge verse 500 € au Vélo club, et peut-être 77 € à la Chorale."
PASSAGE = (Evidence(start=0, end=len(TEXT), page=1),)
BODIES = (
    OrganisationFact(id="d", name="Ville de Brême-sur-Orge", kind="local_authority", evidence=PASSAGE),
    OrganisationFact(id="a", name="Vélo club", kind="association", evidence=PASSAGE),
    OrganisationFact(id="c", name="La Chorale", kind="association", evidence=PASSAGE),
)


def funding(ident, amount, confidence=0.9, **fields):
    defaults = {"status": "awarded", "funder": "d", "beneficiary": "a", "evidence": PASSAGE}
    return FundingFact(id=ident, amount=amount, confidence=confidence, **{**defaults, **fields})


def act_of(make, *fundings, **fields):
    return make.document([make.act(organisations=BODIES, fundings=fundings, **fields)], text=TEXT)


def mapped(facts, threshold=PUBLISH_THRESHOLD, judgements=(), registry=None):
    return map_document(facts, resolve([facts], registry or Registry(), judgements), BASE, threshold=threshold)


def amounts(graph, predicate):
    return sorted(float(value) for value in graph.objects(None, predicate))


def test_an_unsure_award_is_proposed_and_funds_nobody(make):
    facts = act_of(
        make,
        funding("sure", 500),
        funding("unsure", 77, 0.31, beneficiary="c", amount_written="77 €", purpose="concert", rule="bare"),
    )
    graph = mapped(facts)
    assert amounts(graph, DG.amount) == [500]
    (reading,) = graph.subjects(RDF.type, DG.FundingToReview)
    assert str(reading).startswith(f"{BASE}/id/reading/")
    told = {str(p).removeprefix(str(DG)): str(o) for p, o in graph.predicate_objects(reading)}
    assert told["proposedAmount"] == "77"
    assert told["proposedFunder"].endswith("/organisation/ville-de-breme-sur-orge")
    assert told["proposedBeneficiary"].endswith("/organisation/la-chorale")
    assert (told["amountAsWritten"], told["purpose"], told["readingRule"], told["confidence"]) == (
        "77 €", "concert", "bare", "0.31",
    )  # fmt: skip
    assert not {"status", "funder", "beneficiary", "amount", "partOf"} & told.keys()
    assert [o for _, o in graph.subject_objects(DG.funds)] == [*graph.objects(None, DG.beneficiary)]
    assert (None, DG.supports, reading) in graph
    assert (reading, DG.decidedBy, None) in graph
    assert check(graph, map_identities(resolve([facts], Registry()), [facts.sha256], BASE)).conforms


@pytest.mark.parametrize("status", ["requested", "budgeted", "rejected"])
def test_what_is_not_awarded_is_published_however_unsure(make, status):
    graph = mapped(act_of(make, funding("f", 500, 0.01, status=status)))
    assert amounts(graph, DG.amount) == [500]
    assert (None, RDF.type, DG.FundingToReview) not in graph


@pytest.mark.parametrize(("threshold", "published"), [(0, 3), (0.5, 2), (0.50001, 1), (0.97, 0), (1, 0)])
def test_the_threshold_itself_is_published_and_the_graph_tells_it(make, threshold, published):
    facts = act_of(make, funding("f", 1, 0.2), funding("g", 2, 0.5), funding("h", 3, 0.96))
    graph = mapped(facts, threshold)
    assert len(amounts(graph, DG.amount)) == published
    assert len(amounts(graph, DG.proposedAmount)) == 3 - published
    assert amounts(graph, DG.publishThreshold) == [threshold]


def test_an_award_without_ends_is_proposed_and_its_act_is_published(make):
    facts = act_of(make, funding("whole", 500), funding("endless", 77, 0.99, funder=None, beneficiary=None))
    graph = mapped(facts)
    assert amounts(graph, DG.amount) == [500]
    assert amounts(graph, DG.proposedAmount) == [77]
    report = check(graph, map_identities(resolve([facts], Registry()), [facts.sha256], BASE))
    assert report.conforms


@pytest.mark.parametrize(
    "ends",
    [{"funder": None}, {"beneficiary": None}, {"funder": None, "beneficiary": None, "private": True}],
)
def test_one_end_is_enough_to_publish_an_award(make, ends):
    assert amounts(mapped(act_of(make, funding("f", 77, **ends))), DG.amount) == [77]


def test_a_part_of_a_total_without_ends_is_proposed(make):
    nobody = {"funder": None, "beneficiary": None}
    facts = act_of(make, funding("whole", 100, **nobody), funding("half", 60, part_of="whole"))
    assert amounts(mapped(facts), DG.proposedAmount) == [60, 100]


@pytest.mark.parametrize("status", ["requested", "budgeted", "rejected"])
def test_what_is_not_awarded_needs_no_end(make, status):
    assert amounts(mapped(act_of(make, funding("f", 5, status=status, funder=None, beneficiary=None))), DG.amount) == [
        5
    ]


def test_a_part_of_an_unsure_total_is_unsure(make):
    facts = act_of(
        make,
        funding("whole", 100, 0.3),
        funding("half", 60, 0.99, part_of="whole"),
        funding("quarter", 20, 0.99, part_of="half"),
        funding("alone", 500),
    )
    graph = mapped(facts)
    assert amounts(graph, DG.amount) == [500]
    assert amounts(graph, DG.proposedAmount) == [20, 60, 100]
    assert len(list(graph.triples((None, DG.proposedPartOf, None)))) == 2
    assert (None, DG.partOf, None) not in graph


def test_an_unsure_part_leaves_its_total_published(make):
    facts = act_of(make, funding("whole", 100), funding("half", 60, 0.3, part_of="whole"))
    graph = mapped(facts)
    assert amounts(graph, DG.amount) == [100]
    ((part, whole),) = graph.subject_objects(DG.proposedPartOf)
    assert (part, RDF.type, DG.FundingToReview) in graph
    assert (whole, RDF.type, DG.Funding) in graph


def test_what_is_asked_for_inside_an_unsure_total_keeps_its_status(make):
    facts = act_of(make, funding("whole", 100, 0.3), funding("asked", 60, status="requested", part_of="whole"))
    graph = mapped(facts)
    (asked,) = graph.subjects(DG.status, DG.Requested)
    assert (asked, DG.proposedPartOf, None) in graph
    assert (asked, DG.partOf, None) not in graph


@given(
    st.lists(
        st.tuples(
            st.floats(0, 1),
            st.sampled_from(["awarded", "requested"]),
            st.integers(-1, 9),
            st.sampled_from(["d", "d", None]),
        ),
        min_size=1,
        max_size=9,
    ),
    st.floats(0, 1),
)
def test_nothing_published_is_unsure_or_inside_what_is(rows, threshold):
    """Whatever the parts, even in a circle: each award is on one side, and no published one has an unsure total."""
    facts = [
        FundingFact(
            id=str(n), status=status, confidence=sure, funder=funder, part_of=str(whole) if whole >= 0 else None
        )
        for n, (sure, status, whole, funder) in enumerate(rows)
    ]
    held = to_review(facts, threshold)
    for fact in facts:
        if fact.status != "awarded":
            assert fact.id not in held
        elif fact.id not in held:
            assert round(fact.confidence, 4) >= threshold
            assert fact.part_of not in held
            assert fact.funder
        else:
            assert round(fact.confidence, 4) < threshold or fact.part_of in held or not fact.funder


def test_rows_to_review_stay_rows_of_their_table(make):
    facts = act_of(
        make,
        funding("f", 500),
        funding("g", 77, 0.3, beneficiary="c"),
        tables=(TableFact(rows=("f", "g"), stated_total=577, evidence=PASSAGE),),
    )
    graph = mapped(facts)
    assert len(list(graph.objects(None, DG.row))) == 2
    report = check(graph, map_identities(resolve([facts], Registry()), [facts.sha256], BASE))
    assert not [result for result in report.results if "table" in result.shape]


def test_a_private_person_of_a_reading_is_not_named(make):
    start = TEXT.index("la Chorale")
    redaction = (Evidence(start=start, end=start + 10),)
    private = {"beneficiary": None, "private": True, "private_name": "la Chorale", "purpose": "aide à la Chorale"}
    deed = make.act(organisations=BODIES[:2], fundings=(funding("f", 77, 0.3, **private),))
    graph = mapped(make.document([deed], text=TEXT, redactions=redaction))
    ((_, person),) = graph.subject_objects(DG.proposedBeneficiary)
    assert set(graph.predicate_objects(person)) == {(RDF.type, DG.PrivatePerson)}
    assert not [o for o in graph.objects() if "Chorale" in str(o)]


@pytest.mark.parametrize("kind", ["reading", "funding"])
def test_a_rejected_reading_is_gone_and_stays_gone_once_it_is_sure(make, kind):
    facts = act_of(make, funding("f", 500), funding("g", 77, 0.3, beneficiary="c"))
    registry = Registry()
    key = resolve([facts], registry)[facts.sha256].acts[0].fundings["g"]
    judgement = Judgement(
        verb="reject", left=f"{BASE}/id/{kind}/{key}", right=None, author="m", date="2026-01-01", reason="lu de travers"
    )
    for threshold in (0.5, 0.1):
        graph = mapped(facts, threshold, [judgement], registry)
        assert amounts(graph, DG.amount) == [500]
        assert (None, DG.proposedAmount, None) not in graph
        assert len(set(graph.objects(None, DG.supports))) == len(BODIES) + 1


RDF_FORMS = ("nquads", "trig", "turtle", "jsonld", "rdfxml")
#: These list every body that an act names, or quote its sentences, whether or not money goes to it.
NAMING_OTHERS = ("ftm", "popolo", "jsonld-framed")


def test_no_flow_and_no_export_for_people_has_a_reading(make, tmp_path):
    facts = act_of(make, funding("f", 500), funding("g", 77777, 0.3, beneficiary="c", amount_written="77 777 €"))
    found = resolve([facts], Registry())
    identities = map_identities(found, [facts.sha256], BASE)
    release = build(tmp_path / "data", [Published(facts, map_document(facts, found, BASE))], identities)
    every = [flow for status in (None, "Awarded") for flow in flows(release.store(), status=status, outside=True)]
    assert {int(flow.amount) for flow in every} == {500}
    for form in sorted(FORMATS):
        export(release, form, target := tmp_path / f"out.{form}")
        content = target.read_bytes()
        rdf = form in RDF_FORMS
        assert (b"proposedAmount" in content) is rdf, form
        if not rdf:
            assert b"reading/" not in content
            assert b"77777" not in content
        if form not in (*RDF_FORMS, *NAMING_OTHERS):
            assert b"Chorale" not in content
    assert b"FundingToReview" in gzip.decompress(release.dump.read_bytes())
    assert release.manifest["counts"]["FundingToReview"] == 1
