"""Mandates, named votes and links to check, on a small register made up for them; answers worked out by hand."""

import pyoxigraph as ox
import pytest

import queries

BASE = "http://localhost:8000/id/"
REGISTER = """
@base <http://localhost:8000/> .
@prefix dg: <https://w3id.org/delibgraph/ns#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<id/body/conseil> a dg:GoverningBody ; skos:prefLabel "Conseil municipal de Talant"@fr ;
  org:unitOf <id/organisation/talant> .
<id/body/bureau> a dg:GoverningBody ; skos:prefLabel "Bureau de la Communauté"@fr ; org:unitOf <id/organisation/cc> .
<id/session/s1> a dg:Session ; dct:date "2022-03-01"^^xsd:date ; dg:governingBody <id/body/conseil> .
<id/session/s2> a dg:Session ; dct:date "2024-03-01"^^xsd:date ; dg:governingBody <id/body/conseil> .
<id/session/s3> a dg:Session ; dct:date "2024-06-01"^^xsd:date ; dg:governingBody <id/body/bureau> .
<id/person/anne> a dg:Person ; foaf:name "Anne DURAND" ; skos:altLabel "A. DURAND" .
<id/person/luc> a dg:Person ; foaf:name "Luc PETIT" .
<id/person/directrice> a dg:Person ; foaf:name "Zoé TIERCE" .
<id/membership/anne-conseil> a org:Membership ; org:member <id/person/anne> ; org:organization <id/body/conseil> ;
  org:role dg:role-deputy-mayor, dg:role-councillor ; dg:firstSession <id/session/s1> ; dg:lastSession <id/session/s2> .
<id/membership/luc-conseil> a org:Membership ; org:member <id/person/luc> ; org:organization <id/body/conseil> ;
  org:role dg:role-mayor ; dg:firstSession <id/session/s2> ; dg:lastSession <id/session/s2> .

<id/organisation/talant> a dg:Organisation, dg:LocalAuthority ; skos:prefLabel "Ville de Talant"@fr .
<id/organisation/velo> a dg:Organisation, dg:Association ; skos:prefLabel "Vélo club"@fr .
<id/organisation/chorale> a dg:Organisation, dg:Association ; skos:prefLabel "La Chorale"@fr .
<id/organisation/harmonie> a dg:Organisation, dg:Association ; skos:prefLabel "L'Harmonie"@fr .
<id/organisation/scene> a dg:Organisation, dg:Association ; skos:prefLabel "La Scène"@fr .

# Anne chairs the club, whose director is no member; Luc is mayor of the authority itself and sits for it at the Scène.
<id/membership/anne-velo> a org:Membership ; org:member <id/person/anne> ; org:organization <id/organisation/velo> ;
  org:role dg:role-president ; dg:roleAsWritten "présidente" .
<id/membership/zoe-velo> a org:Membership ; org:member <id/person/directrice> ;
  org:organization <id/organisation/velo> ;
  org:role dg:role-representative ; dg:roleAsWritten "directrice" .
<id/membership/luc-talant> a org:Membership ; org:member <id/person/luc> ; org:organization <id/organisation/talant> ;
  org:role dg:role-representative ; dg:roleAsWritten "représentant" .
<id/membership/luc-scene> a org:Membership ; org:member <id/person/luc> ; org:organization <id/organisation/scene> ;
  org:role dg:role-representative ; dg:roleAsWritten "représentant du conseil au sein" .
<id/evidence/e-1-2> a dg:Evidence ; dg:supports <id/membership/anne-velo>, <id/membership/zoe-velo> ;
  dg:quote "Mme Anne DURAND, présidente du Vélo club, dont Mme Zoé TIERCE, directrice" .
<id/evidence/e-3-4> a dg:Evidence ; dg:supports <id/membership/luc-talant>, <id/membership/luc-scene> ;
  dg:quote "M. PETIT" .

<id/deliberation/d1> a dg:Deliberation ; eli:title "Sports" ; dg:session <id/session/s2> ; dg:vote <id/vote/d1> .
<id/deliberation/d2> a dg:Deliberation ; eli:title "Chant" ; dg:session <id/session/s2> ; dg:vote <id/vote/d2> .
<id/deliberation/d3> a dg:Deliberation ; eli:title "Ailleurs" ; dg:session <id/session/s3> .
<id/deliberation/d4> a dg:Deliberation ; eli:title "Danse" ; dg:session <id/session/s2> ; dg:vote <id/vote/d4> .
<id/vote/d1> a dg:Vote ; dg:votedAgainstBy <id/person/luc> .
<id/vote/d2> a dg:Vote ; dg:notVotingBy <id/person/luc> ; dg:abstainedBy <id/person/anne> .
<id/vote/d4> a dg:Vote ; dg:notVotingBy <id/person/anne> .
# A list of grants: nothing tells in which of them the member has an interest.
<id/deliberation/d5> a dg:Deliberation ; eli:title "Liste" ; dg:session <id/session/s2> ; dg:vote <id/vote/d5> .
<id/vote/d5> a dg:Vote ; dg:notVotingBy <id/person/luc> .
<id/evidence/e-9-10> a dg:Evidence ; dg:supports <id/vote/d5> ; dg:quote "M. PETIT, intéressé, sort." .
<id/funding/g1> a dg:Funding ; dg:status dg:Awarded ; dg:kind dg:subsidy ; dg:beneficiary <id/organisation/chorale> ;
  dg:amount 1.0 ; dg:decidedBy <id/deliberation/d5> .
<id/funding/g2> a dg:Funding ; dg:status dg:Awarded ; dg:kind dg:subsidy ; dg:beneficiary <id/organisation/harmonie> ;
  dg:amount 1.0 ; dg:decidedBy <id/deliberation/d5> .
<id/evidence/e-5-6> a dg:Evidence ; dg:supports <id/vote/d2> ;
  dg:quote "M. PETIT, intéressé, ne prend pas part au vote." .
<id/evidence/e-7-8> a dg:Evidence ; dg:supports <id/vote/d4> ; dg:quote "Mme DURAND ne prend pas part au vote." .

<id/funding/f1> a dg:Funding ; dg:status dg:Awarded ; dg:kind dg:subsidy ; dg:beneficiary <id/organisation/velo> ;
  dg:amount 500.0 ; dg:decidedBy <id/deliberation/d1> .
<id/funding/f1-part> a dg:Funding ; dg:status dg:Awarded ; dg:kind dg:subsidy ; dg:beneficiary <id/organisation/velo> ;
  dg:amount 200.0 ; dg:partOf <id/funding/f1> ; dg:decidedBy <id/deliberation/d1> .
<id/funding/f2> a dg:Funding ; dg:status dg:Awarded ; dg:kind dg:subsidy ; dg:beneficiary <id/organisation/chorale> ;
  dg:amount 80.0 ; dg:decidedBy <id/deliberation/d2> .
# Another assembly's money, what is only asked for, a purchase, the authority itself: no links.
<id/funding/f3> a dg:Funding ; dg:status dg:Awarded ; dg:kind dg:subsidy ; dg:beneficiary <id/organisation/velo> ;
  dg:amount 9.0 ; dg:decidedBy <id/deliberation/d3> .
<id/funding/f4> a dg:Funding ; dg:status dg:Requested ; dg:kind dg:subsidy ; dg:beneficiary <id/organisation/velo> ;
  dg:amount 7.0 ; dg:decidedBy <id/deliberation/d1> .
<id/funding/f5> a dg:Funding ; dg:status dg:Awarded ; dg:kind dg:purchase ; dg:beneficiary <id/organisation/scene> ;
  dg:amount 5.0 ; dg:decidedBy <id/deliberation/d1> .
<id/funding/f6> a dg:Funding ; dg:status dg:Awarded ; dg:kind dg:subsidy ; dg:beneficiary <id/organisation/talant> ;
  dg:amount 3.0 ; dg:decidedBy <id/deliberation/d1> .
<id/funding/f7> a dg:Funding ; dg:status dg:Awarded ; dg:kind dg:subsidy ; dg:beneficiary <id/organisation/chorale> ;
  dg:amount 2.0 ; dg:decidedBy <id/deliberation/d4> .
"""


@pytest.fixture(scope="module")
def ask():
    """ask(name, **values) → rows as text, without the base of IRIs."""
    store = ox.Store()
    store.load(REGISTER.encode(), format=ox.RdfFormat.TURTLE)

    def run(name: str, **values: str) -> list[dict[str, str]]:
        query = queries.find(name)
        solutions = store.query(query.text, substitutions=query.substitutions(values))
        names = [variable.value for variable in solutions.variables]
        return [
            {n: t.value.removeprefix(BASE) for n, t in zip(names, row, strict=True) if t and not n.startswith("_")}
            for row in solutions
        ]

    return run


def test_mandates_tell_offices_and_the_sessions_seen(ask):
    told = [(r["person"], set(r["roles"].split(" ; ")), r["first"], r["last"]) for r in ask("mandates")]
    assert told == [
        ("Anne DURAND", {"adjoint au maire", "conseiller"}, "2022-03-01", "2024-03-01"),
        ("Luc PETIT", {"maire"}, "2024-03-01", "2024-03-01"),
    ]
    assert [r["person"] for r in ask("mandates", person="a. durand", body="talant")] == ["Anne DURAND"]
    assert ask("mandates", body="dijon") == []


def test_named_votes_by_member(ask):
    told = [(r["person"], r["how"], r["act"]) for r in ask("votes-by-member")]
    assert told == [
        ("Anne DURAND", "abstention", "Chant"),
        ("Anne DURAND", "ne prend pas part au vote", "Danse"),
        ("Luc PETIT", "contre", "Sports"),
        ("Luc PETIT", "ne prend pas part au vote", "Chant"),
        ("Luc PETIT", "ne prend pas part au vote", "Liste"),
    ]
    assert len(ask("votes-by-member", person="petit", year="2024")) == 3
    assert ask("votes-by-member", year="2022") == []


def test_links_to_check_are_only_what_a_text_says_of_a_member_and_a_funded_organisation(ask):
    rows = ask("links-to-check")
    assert [(r["person"], r["role"], r["organisation"], r["amount"], r["act"]) for r in rows] == [
        ("Anne DURAND", "présidente", "Vélo club", "500", "Sports"),
        ("Luc PETIT", "intéressé, ne prend pas part au vote", "La Chorale", "80", "Chant"),
    ]
    assert {r["check"] for r in rows} == {"à vérifier"}
    assert all(r["quote"] for r in rows)
    assert len(ask("links-to-check", person="durand")) == 1
    assert len(ask("links-to-check", organisation="chorale")) == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_titles_and_descriptions_accuse_nobody(language):
    query = queries.find("links-to-check")
    words = {"fr": ("vérifier", "n’est pas une faute"), "en": ("check", "is no fault")}[language]
    assert words[0] in query.titles[language].lower()
    assert words[1] in query.descriptions[language]
