"""Facts → RDF as the contract's example shows it."""

from __future__ import annotations

import datetime as dt

from rdflib import BNode, Literal, URIRef

from extract.facts import (
    ActionFact,
    AgreementFact,
    CitationFact,
    DecisionFact,
    Evidence,
    FundingFact,
    OrganisationFact,
    StrandFact,
    TableFact,
    VoteFacts,
)
from graph.mapping import map_document, map_identities
from graph.resolve import Registry, resolve
from ontology.terms import DCT, DG, ELI, FOAF, ORG, PROV, RDF, SKOS

BASE = "http://localhost:8000"
_XSD = "http://www.w3.org/2001/XMLSchema#"
XSD_DECIMAL, XSD_DATETIME, XSD_GYEAR = (URIRef(_XSD + n) for n in ("decimal", "dateTime", "gYear"))
BODIES = (
    OrganisationFact(id="d", name="Dijon métropole", kind="local_authority"),
    OrganisationFact(id="a", name="Vélo club", kind="association"),
)


def _graph(*documents, judgements=()):
    found = resolve(documents, Registry(), judgements)
    graphs = [map_document(d, found, BASE) for d in documents]
    return graphs[0] if len(graphs) == 1 else graphs


def _iri(path):
    return URIRef(f"{BASE}/id/{path}")


def _one(graph, predicate, subject=None):
    (value,) = {o for _, _, o in graph.triples((subject, predicate, None))}
    return value


def _funding(**fields):
    return FundingFact(
        **{
            "id": "f",
            "status": "awarded",
            "funder": "d",
            "beneficiary": "a",
            "amount": 500,
            "confidence": 0.9,
            **fields,
        }
    )


def test_source_and_provenance(make):
    facts = make.document([make.act()], text="abc")
    graph = map_document(facts, resolve([facts], Registry()), BASE, ["copie.txt"])
    key = facts.sha256[:16]
    document = _iri(f"document/{key}")
    assert [str(o) for o in graph.objects(document, DG.fileName)] == ["acte.txt"]
    assert [str(o) for o in graph.objects(document, DCT.alternative)] == ["copie.txt"]
    assert _one(graph, PROV.wasDerivedFrom, URIRef(f"{BASE}/graph/{key}")) == _iri(f"document/{key}")
    assert str(_one(graph, DG.softwareVersion)) == "0.1.0+test"
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)
    assert not any(getattr(o, "datatype", None) == XSD_DATETIME for o in graph.objects())


def test_the_act_with_its_vote_decisions_and_citations(make):
    deed = make.act(
        title="Concilier l'Économique et le Social (CESAM) – Convention",
        number="DM1",
        theme="HABITAT",
        matters=("7.5 Subventions",),
        vote=VoteFacts(votes_for=38, votes_against=0, unanimous=True, outcome="adopted"),
        decisions=(DecisionFact(number=1, text="d'approuver la convention."),),
        citations=(
            CitationFact(label="loi du 21 février 2014", kind="law", date=dt.date(2014, 2, 21)),
            CitationFact(label="délibération DM1", kind="deliberation", number="DM1"),
        ),
    )
    graph = _graph(make.document([deed]))
    act = _iri("deliberation/dijon-metropole-bureau-metropolitain-2023-01-25-concilier-l-economique")
    assert str(_one(graph, ELI.id_local, act)) == "DM1"
    assert set(graph.objects(act, ELI.is_about)) == {_iri("theme/habitat"), DG["matter-7-5"]}
    assert set(graph.objects(act, ELI.cites)) == {_iri("cited/loi-2014-02-21")}
    vote = _one(graph, DG.vote, act)
    assert _one(graph, DG.votesFor, vote) == Literal(38)
    assert _one(graph, DG.votesAgainst, vote) == Literal(0)
    assert (vote, DG.abstentions, None) not in graph
    assert _one(graph, DG.unanimous, vote) == Literal(True)
    assert _one(graph, DG.outcome, vote) == DG.Adopted
    assert str(_one(graph, DG.text)) == "d'approuver la convention."


def test_a_cited_number_that_is_known_is_that_deliberation(make):
    cited = make.document([make.act(number="DM1", title="Contrat")], file_name="a.txt")
    citing = make.act(title="Autre", citations=(CitationFact(label="x", kind="deliberation", number="DM 1"),))
    first, second = _graph(cited, make.document([citing], file_name="b.txt"))
    (act,) = first.subjects(RDF.type, DG.Deliberation)
    assert act in set(second.objects(None, ELI.cites))


def test_money_with_its_parts_years_and_flow(make):
    deed = make.act(
        organisations=BODIES,
        actions=(ActionFact(id="x", label="Plate-forme VIA", carried_by="a"),),
        fundings=(
            _funding(
                amount="22000.50",
                per="year",
                start_year=2024,
                end_year=2026,
                conditional=True,
                action="x",
                purpose="vélos",
                confidence=0.97,
                rule="r",
            ),
            _funding(id="g", amount=None, part_of="f"),
            _funding(id="h", status="requested", funder="a", beneficiary="d"),
            _funding(id="i", kind="guarantee", funder="a", beneficiary="d"),
        ),
        tables=(TableFact(rows=("f",), stated_total=37900), TableFact(rows=("g",))),
    )
    graph = _graph(make.document([deed]))
    (funding,) = graph.subjects(DG.per, DG.Year)
    assert str(_one(graph, DG.amount, funding)) == "22000.5"
    assert _one(graph, DG.amount, funding).datatype == XSD_DECIMAL
    assert _one(graph, DG.startYear, funding) == Literal("2024", datatype=XSD_GYEAR)
    assert _one(graph, DG.conditional, funding) == Literal(True)
    assert str(_one(graph, DG.purpose)) == "vélos"
    (part,) = graph.subjects(DG.partOf, funding)
    assert (part, DG.amount, None) not in graph
    assert set(graph.subject_objects(DG.funds)) == {
        (_iri("organisation/dijon-metropole"), _iri("organisation/velo-club"))
    }
    assert str(_one(graph, DG.statedTotal)) == "37900"
    (action,) = graph.objects(funding, DG.supportsAction)
    assert _one(graph, DG.carriedBy, action) == _iri("organisation/velo-club")


def test_everything_the_act_names_is_mentioned_and_nothing_else(make):
    deed = make.act(
        organisations=BODIES,
        strands=(StrandFact(id="s", kind="pilier", label="Cohésion sociale", number="1"),),
        actions=(ActionFact(id="x", label="Ensemble !", strand="s"),),
        agreements=(AgreementFact(id="g", type="convention", parties=("d", "a")),),
    )
    graph = _graph(make.document([deed], [make.session(make.roster(["M. Jean MARTIN"]))]))
    (act,) = graph.subjects(RDF.type, DG.Deliberation)
    kinds = sorted(str(o).split("/")[-2] for o in graph.objects(act, DG.mentions))
    assert kinds == ["action", "organisation", "organisation", "strand"]
    (agreement,) = graph.subjects(DG.approvedBy, act)
    assert len(set(graph.objects(agreement, DG.party))) == 2
    (strand,) = graph.subjects(RDF.type, DG.Strand)
    assert str(_one(graph, DG.strandType, strand)) == "pilier"
    assert (None, DCT.isPartOf, strand) in graph


def test_one_evidence_node_a_passage_supporting_several_facts(make):
    passage = Evidence(start=0, end=5, page=1)
    deed = make.act(
        organisations=BODIES, fundings=(_funding(evidence=(passage,)),), vote=VoteFacts(evidence=(passage,))
    )
    graph = _graph(make.document([deed], text="Texte de l'acte."))
    (evidence,) = graph.subjects(RDF.type, DG.Evidence)
    assert str(_one(graph, DG.quote, evidence)) == "Texte"
    assert len(set(graph.objects(evidence, DG.supports))) == 2


def test_the_same_act_in_two_files_is_one_act_with_two_documents(make):
    deed = make.act(organisations=BODIES, fundings=(_funding(),), title="Subvention au Vélo club")
    other = deed.model_copy(update={"title": "Subvention au  Vélo-club"})
    seance = make.session(make.roster(["M. Jean MARTIN"]))
    first, second = _graph(
        make.document([deed], [seance], file_name="acte.txt"),
        make.document([other], [seance], file_name="acte.pdf"),
    )
    for each in (DG.Deliberation, DG.Funding, DG.Session, DG.Attendance):
        assert set(first.subjects(RDF.type, each)) == set(second.subjects(RDF.type, each)) != set()
    (act,) = first.subjects(RDF.type, DG.Deliberation)
    assert len(set((first + second).objects(act, DCT.source))) == 2


def test_acts_of_one_title_that_award_other_sums_are_two_acts(make):
    seance = make.session(make.roster(["M. Jean MARTIN"]))

    def told(name, *fundings):
        deed = make.act(organisations=BODIES, fundings=fundings, title="Attribution d'une subvention")
        return make.document([deed], [seance], file_name=name)

    first, second, same = _graph(
        told("un.txt", _funding(amount=500)),
        told("deux.txt", _funding(amount=700)),
        told("deux.pdf", _funding(amount=700), _funding(id="g", amount=90)),
    )
    acts = [set(graph.subjects(RDF.type, DG.Deliberation)) for graph in (first, second, same)]
    assert acts[0] != acts[1] == acts[2]
    assert len(acts[0] | acts[1]) == 2


def test_a_file_in_which_no_grant_was_read_is_of_the_only_act_of_its_title(make):
    deed = make.act(organisations=BODIES, title="Attribution d'une subvention")
    with_grant = deed.model_copy(update={"fundings": (_funding(),)})
    silent, telling = _graph(make.document([deed], file_name="a.txt"), make.document([with_grant], file_name="a.pdf"))
    assert set(silent.subjects(RDF.type, DG.Deliberation)) == set(telling.subjects(RDF.type, DG.Deliberation))


def test_two_grants_of_one_amount_are_two_fundings(make):
    deed = make.act(organisations=BODIES, fundings=(_funding(), _funding(id="g")))
    assert len(set(_graph(make.document([deed])).subjects(RDF.type, DG.Funding))) == 2


def test_another_state_of_the_header_is_a_version_of_the_session(make):
    def extract(name, *members):
        return make.document([make.act(title=name)], [make.session(make.roster(members))], file_name=name)

    same, again, later = _graph(
        extract("a", "M. Jean MARTIN"),
        extract("b", "M. Jean MARTIN"),
        extract("c", "M. Jean MARTIN", "Mme Anne BON"),
    )
    (usual,) = same.subjects(RDF.type, DG.Session)
    assert usual == _iri("session/dijon-metropole-bureau-metropolitain-2023-01-25")
    assert set(again.subjects(RDF.type, DG.Session)) == {usual}
    (other,) = later.subjects(RDF.type, DG.Session)
    assert other == URIRef(f"{usual}-2")
    assert _one(later, DCT.isVersionOf, other) == usual


def test_the_organ_is_named_with_its_authority(make):
    def label(authority, organ):
        graph = _graph(make.document([make.act()], [make.session(authority=authority, body=organ)]))
        return str(_one(graph, SKOS.prefLabel))

    assert label("Dijon métropole", "Bureau métropolitain") == "Bureau métropolitain de Dijon métropole"
    assert label("Ville de Dijon", "Conseil municipal") == "Conseil municipal de Dijon"
    assert label("Commune d'Ahuy", "Conseil municipal") == "Conseil municipal d'Ahuy"


def test_identities_hold_only_what_published_documents_write(make):
    shown = make.document([make.act(title="a")], [make.session(make.roster(["Mme Océane GODARD"]))], file_name="a")
    hidden = make.document(
        [make.act(title="b")],
        [make.session(make.roster(["Mme Océane CHARRET-GODARD", "M. Jean MARTIN"]), date=dt.date(2024, 1, 1))],
        file_name="b",
    )
    found = resolve([shown, hidden], Registry())
    graph = map_identities(found, [shown.sha256], BASE)
    assert {str(o) for o in graph.objects(None, FOAF.name)} == {"Océane GODARD"}
    assert list(graph.objects(None, SKOS.altLabel)) == []
    both = map_identities(found, [shown.sha256, hidden.sha256], BASE)
    assert len(set(both.objects(None, FOAF.name))) == 2
    assert len(set(both.objects(None, SKOS.altLabel))) == 1


def test_memberships_say_who_presides(make):
    seance = make.session(make.roster(["M. Jean MARTIN", "Mme Anne BON"]), president=make.name("M. MARTIN"))
    facts = make.document([make.act()], [seance])
    graph = map_identities(resolve([facts], Registry()), [facts.sha256], BASE)
    roles = {str(m).split("/")[-1]: r for m, r in graph.subject_objects(ORG.role)}
    assert roles == {
        "jean-martin-dijon-metropole-bureau-metropolitain": DG["role-president"],
        "anne-bon-dijon-metropole-bureau-metropolitain": DG["role-member"],
    }


def test_a_header_without_authority_date_or_organ_is_still_mapped(make):
    bare = make.session((), authority=None, body=None, date=None)
    graph = _graph(make.document([make.act(title=None)], [bare]))
    assert len(set(graph.subjects(RDF.type, DG.Deliberation))) == 1
    assert (None, DG.governingBody, None) not in graph
