"""The arithmetic of five real acts: two must warn, none may be quarantined, the others must pass in silence.

Only the figures are restated here; names are made up, save those the expected messages tell.
"""

from __future__ import annotations

import pytest

from ontology.terms import DGS
from shapes import gate


def act(date, *, office, present, proxies, listed, votes, extra="", holder=None):
    """The session, roster and vote of one act. ``listed``: present, represented and absent members on the roster.

    ``votes``: for, abstentions, not voting, by proxy. ``holder``: name of a first proxy holder not on the roster.
    """
    seated, represented, _absent = listed
    rows, people = [], []
    for number in range(sum(listed)):
        status = "Present" if number < seated else "Represented" if number < seated + represented else "Absent"
        proxy = ""
        if status == "Represented":
            outside = holder is not None and number == seated
            proxy = f" ; dg:proxyHolder <person/{'outside' if outside else f'p{number - seated}'}>"
        rows.append(
            f"<attendance/{number}> a dg:Attendance ; dg:session <session/s> ; dg:member <person/p{number}> ;"
            f" dg:status dg:{status}{proxy} ."
        )
        people.append(f'<person/p{number}> a dg:Person ; foaf:name "Personne {number}" .')
    if holder is not None:
        people.append(f'<person/outside> a dg:Person ; foaf:name "{holder}" .')
    pour, abstentions, not_voting, by_proxy = votes
    return "\n".join([
        f'<session/s> a dg:Session ; dct:date "{date}"^^xsd:date ; dg:members {office} ;',
        f"  dg:membersInOffice {office} ;",
        f"  dg:presentCount {present} ; dg:proxyCount {proxies} ; dg:governingBody <body/b> ;",
        "  dg:president <person/p0> ; dg:secretary <person/p1> .",
        '<body/b> a dg:GoverningBody ; skos:prefLabel "Conseil"@fr ; org:unitOf <organisation/d> .',
        '<organisation/d> a dg:LocalAuthority, dg:Organisation ; skos:prefLabel "Dijon métropole"@fr .',
        '<deliberation/a> a dg:Deliberation ; eli:title "Titre" ; dg:session <session/s> ; dg:vote <vote/a> ;',
        "  dct:source <document/d> ; dg:decision <decision/1> .",
        '<decision/1> a dg:Decision ; eli:number "1" ; dg:text "d\'approuver la convention." .',
        f"<vote/a> a dg:Vote ; dg:votesFor {pour} ; dg:votesAgainst 0 ; dg:abstentions {abstentions} ;",
        f"  dg:notVoting {not_voting} ; dg:proxyVotes {by_proxy} .",
        *rows, *people, extra,
    ])  # fmt: skip


AGREEMENT = """
<agreement/c> a dg:Agreement ; dg:agreementType "convention d'objectifs et de moyens" ; dg:party <organisation/d> ;
  dg:startYear "2020"^^xsd:gYear ; dg:endYear "2022"^^xsd:gYear ; dg:approvedBy <deliberation/a> .
"""
HOLDER = "Christine DOS SANTOS ROCHA"
SEEDS = {
    "2022-12-15": act(
        "2022-12-15", office=86, present=67, proxies=15, listed=(67, 15, 4), votes=(78, 4, 0, 15), holder=HOLDER
    ),
    "2023-01-25": act(
        "2023-01-25", office=42, present=34, proxies=4, listed=(34, 4, 5), votes=(38, 0, 0, 4), extra=AGREEMENT
    ),
    "2023-03-16": act("2023-03-16", office=43, present=37, proxies=3, listed=(37, 3, 3), votes=(34, 0, 6, 3)),
    "2024-03-28": act("2024-03-28", office=86, present=69, proxies=17, listed=(69, 17, 0), votes=(86, 0, 0, 17)),
    "2024-09-12": act("2024-09-12", office=41, present=32, proxies=6, listed=(32, 6, 3), votes=(38, 0, 0, 6)),
}
WARNINGS = {
    "2022-12-15": {
        "attendance-holder-not-on-roster": f"{HOLDER} reçoit un pouvoir sans figurer sur la liste de présence."
    },
    "2023-01-25": {
        "session-roster-sum": "L'acte dit 42 membres en exercice, la liste de présence en donne 43.",
        "agreement-ended-before-approval": ("La convention finit en 2022, la séance qui l'approuve est du 25/01/2023."),
    },
}


@pytest.mark.parametrize("date", SEEDS)
def test_a_seed_is_published_with_its_own_warnings_only(date, turtle):
    report = gate.check(turtle(SEEDS[date]))
    assert report.conforms
    assert {result.shape.removeprefix(str(DGS)): result.message_fr for result in report.warnings} == WARNINGS.get(
        date, {}
    )
    assert report.results == report.warnings


def test_an_act_that_lists_its_present_members_alone_is_not_told_off_for_the_others(turtle):
    text = act("2023-11-30", office=15, present=10, proxies=0, listed=(10, 0, 0), votes=(10, 0, 0, 0))
    assert gate.check(turtle(text)).results == ()


def test_votes_are_not_compared_when_nothing_tells_the_proxies(turtle):
    report = gate.check(
        turtle("""
        <session/s> a dg:Session ; dct:date "2023-11-30"^^xsd:date ; dg:presentCount 10 .
        <deliberation/a> a dg:Deliberation ; eli:title "T" ; dg:session <session/s> ; dg:vote <vote/a> .
        <vote/a> a dg:Vote ; dg:votesFor 14 ; dg:unanimous true .""")
    )
    assert "vote-sum" not in {result.shape.removeprefix(str(DGS)) for result in report.results}


def test_two_proxies_were_lawful_during_the_health_emergency(turtle):
    text = act("2021-02-04", office=5, present=2, proxies=2, listed=(2, 2, 1), votes=(4, 0, 0, 2))
    assert (
        gate.check(turtle(text.replace("<person/p1> .\n<attendance/4>", "<person/p0> .\n<attendance/4>"))).results == ()
    )
