"""The pages of organisations, persons, programmes, actions and sessions, and where to report an error."""

import json
import random
import re
from decimal import Decimal
from urllib.parse import quote

import pytest

from graph.resolve.judgement import Judgement
from service.pages.entity.acts import Latest

DG = "https://w3id.org/delibgraph/ns#"
ENTITIES = [
    "/id/organisation/cesam", "/id/organisation/dijon-metropole", "/id/person/nuray-akpinar-istiqam",
    "/id/programme/contrat-de-ville-2015-2020", "/id/action/via", "/id/session/bureau-2023-01-25",
    "/id/deliberation/a", "/id/funding/a-total", "/id/agreement/a", "/id/reading/b-mission", "/id/body/bureau",
    "/id/theme/habitat",
]  # fmt: skip


@pytest.fixture
def rows(see, say, client):
    """rows(address, block) → the cells of a table, its head and foot included."""

    def rows(address: str, block: str, of=client) -> list[list[str]]:
        page = see(of, address)
        (section,) = page.all("section", id=block)
        return [[say(cell) for cell in page.all("th", "td", within=row)] for row in page.all("tr", within=section)]

    return rows


def test_money_of_an_organisation_by_year(rows):
    assert rows("/id/organisation/cesam", "years") == [
        ["Année", "Reçu"],
        ["2023", "60 000,00 €"],
        ["2022", "12 000,00 €"],
        ["Total", "72 000,00 €"],
    ]
    assert rows("/id/organisation/dijon-metropole", "years")[1:] == [
        ["2026", "", "10 000,00 €"],
        ["2025", "", "10 000,00 €"],
        ["2024", "90 000,00 €", "11 200,00 €"],
        ["2023", "", "60 000,00 €"],
        ["2022", "", "30 000,00 €"],
        ["Total", "90 000,00 €", "121 200,00 €"],
    ]


def test_what_it_is_called_and_numbered(see, say, client):
    page = see(client, "/id/organisation/dijon-metropole")
    facts = {say(page.one("dt", within=line)): say(page.one("dd", within=line)) for line in
             page.all("div", within=page.one("dl", class_="identity"))}  # fmt: skip
    assert facts["Numéros"] == "SIREN 242100410"
    assert "CESAM" in say(see(client, "/id/organisation/cesam").one("dl", class_="identity"))


def test_each_funding_leads_to_its_sentence_and_an_unstated_amount_is_no_zero(see, say, client):
    page = see(client, "/id/organisation/cesam")
    (section,) = page.all("section", id="fundings-received")
    assert "/document/aaaa000000000001#e-505-622" in page.hrefs(section)
    assert "montant non précisé" in say(section)
    assert "Sans montant dans l’acte : 1" in say(page.one("section", id="years"))


def test_an_elected_person(rows):
    person = "/id/person/sladana-zivkovic"
    attended = rows(person, "attendance")
    assert [row[0] for row in attended[1:]] == ["2024", "2023"]
    assert attended[1][2:] == ["1", "0", "1", "0"]
    assert rows(person, "proxies-given")[1][:2] == ["Nuray AKPINAR-ISTIQAM", "2"]
    assert rows("/id/person/nuray-akpinar-istiqam", "proxies-held")[1][:2] == ["Sladana ZIVKOVIC", "2"]


def test_a_programme_and_its_lineage(rows):
    first, second = "/id/programme/contrat-de-ville-2015-2020", "/id/programme/contrat-de-ville-2024-2030"
    assert rows(first, "lineage")[1:] == [["remplacé par", "Contrat de ville 2024-2030", "2024-2030"]]
    assert rows(second, "lineage")[1:] == [["remplace", "Contrat de ville 2015-2020", "2015-2020"]]
    assert rows(first, "years") == [
        ["Année", "Attribué", "Demandé"], ["2023", "60 000,00 €", "15 000,00 €"],
        ["Total", "60 000,00 €", "15 000,00 €"],
    ]  # fmt: skip
    assert rows("/id/programme/ctai", "years")[0] == ["Année", "Attribué", "Prévu au budget"]
    assert rows("/id/action/via", "years")[1] == ["2023", "40 000,00 €"]


def test_a_session(rows):
    session = "/id/session/bureau-2023-01-25"
    (act,) = rows(session, "session-acts")[1:]
    assert act[0] == "DM2023-001"
    assert "pour 3" in act[2]
    assert act[3] == "60 000,00 €"
    assert [row[1] for row in rows(session, "roster")[1:]] == ["présent", "présent", "représenté", "absent"]


def test_a_deliberation_tells_who_when_how_much_and_why(rows, see, say, client):
    act = "/id/deliberation/a"
    page = see(client, act)
    facts = identity(page, say)
    assert facts["Séance du"] == "25 janvier 2023"
    assert facts["Numéro"] == "DM2023-001"
    assert facts["Vote"] == "pour 3, contre 0, abstention 0"
    links = page.hrefs(page.one("dl", class_="identity"))
    assert "/document/aaaa000000000001#deliberation-a" in links
    assert "/document/aaaa000000000001#e-810-818" in links  # the sentence of the vote
    assert rows(act, "decisions")[1] == ["1", "d'approuver la convention.", "la phrase"]
    money = rows(act, "money")
    assert [row[2] for row in money[1:]] == ["60 000,00 €", "20 000,00 €", "40 000,00 €", "15 000,00 €"]
    assert [row[3] for row in money[1:]] == ["", "part d’un total", "part d’un total", ""]
    assert "Attribué : 60 000,00 €" in say(page.one("section", id="money"))
    assert rows(act, "checks")[1] == ["La liste nomme 4 membres, l'acte dit 5 en exercice.", "la phrase"]
    assert [row[1] for row in rows(act, "roster")[1:]] == ["présent", "présent", "représenté", "absent"]
    assert rows(act, "actions")[1][0] == "plate-forme VIA"
    assert "The roster names 4 members" in rows(f"{act}?lang=en", "checks")[1][0]


def test_an_unsure_reading_in_an_act_is_told_as_such_and_not_summed(rows, see, say, client):
    act = "/id/deliberation/b"
    unsure = [row for row in rows(act, "money") if "lecture incertaine" in row]
    assert {row[2] for row in unsure} == {"4 000,00 €", "250,00 €"}
    # 10,000 a year as written, 90,000, 1,200 to a person; the fee is no grant, 4,000 and 250 await review
    assert "Attribué : 101 200,00 €" in say(see(client, act).one("section", id="money"))


def test_a_funding_has_its_sheet_with_its_sentence(rows, see, say, client):
    page = see(client, "/id/funding/a-total")
    assert say(page.one("h1")).startswith("60 000,00 € : Dijon métropole → Concilier")
    facts = identity(page, say)
    assert (facts["Statut"], facts["Confiance de la lecture"]) == ("attribué", "97 %")
    assert facts["Décidé par"].startswith("Concilier")
    assert [row[2] for row in rows("/id/funding/a-total", "parts")[1:]] == ["20 000,00 €", "40 000,00 €"]
    (told,) = [e for e in page.all("ul", class_="plain") if "attribue une subvention" in say(e)]
    assert told not in page.root.find(".//details").iter()
    yearly = see(client, "/id/funding/b-ccas")
    assert "10 000,00 € par an" in say(yearly.one("h1"))
    assert "montant non précisé" in say(see(client, "/id/funding/b-cesam").one("h1"))
    assert "nom non publié" in say(see(client, "/id/funding/b-person").one("h1"))


def test_an_unsure_reading_says_that_it_counts_nowhere(see, say, client):
    page = see(client, "/id/reading/b-mission")
    assert "comptée nulle part" in say(page.one("dl", class_="identity"))
    assert "Statut" not in identity(page, say)
    assert "4 000,00 €" in say(page.one("h1"))


def test_agreements_and_sessions_are_called_by_what_they_are(see, say, client):
    agreement = say(see(client, "/id/agreement/a").one("h1"))
    assert agreement.startswith("Convention d'objectifs et de moyens : ")
    session = see(client, "/id/session/bureau-2023-01-25")
    assert say(session.one("h1")) == "Séance du 25 janvier 2023, Bureau métropolitain de Dijon métropole"
    assert identity(session, say)["Lu dans"] == "2023-01-25-bureau-cesam.txt"


def test_a_governing_body_its_sessions_and_a_subject_its_acts(rows, see, say, client):
    body = "/id/body/bureau"
    assert identity(see(client, body), say)["Fait partie de"] == "Dijon métropole"
    assert [row[0] for row in rows(body, "sessions")[1:]] == ["12 septembre 2024", "25 janvier 2023"]
    assert rows(body, "sessions")[2][1:] == ["François REBSAMEN", "2", "1"]
    assert rows("/id/theme/habitat", "acts-about")[1][1].startswith("Concilier")


def identity(page, say) -> dict[str, str]:
    """The list of facts, label → text."""
    lines = page.all("div", within=page.one("dl", class_="identity"))
    return {say(page.one("dt", within=line)): say(page.one("dd", within=line)) for line in lines}


def test_a_private_person_has_no_portrait(see, client):
    assert see(client, "/id/person/private-0001").all("dl", class_="identity") == []


@pytest.mark.parametrize("url", ENTITIES)
def test_both_languages_and_the_triples_are_there(see, say, client, url):
    french, english = see(client, url), see(client, f"{url}?lang=en")
    assert french.root.find(".").get("lang") == "fr"
    assert "All that the data says" in say(english.one("details", class_="raw"))
    assert len(french.all("section", class_="block")) == len(english.all("section", class_="block"))
    assert french.all("section", class_="block") or french.all("dl", class_="identity")
    assert all("lang=en" in href for href in english.hrefs(english.one("dl", class_="identity"))
               if href.startswith("/id/")) if english.all("dl", class_="identity") else True  # fmt: skip


def graph(seed: int, count: int = 90) -> str:
    """Random fundings among a few parties, some yearly, some parts of others, some without amount."""
    draw = random.Random(seed)
    told = ["@prefix dg: <https://w3id.org/delibgraph/ns#> . @prefix dct: <http://purl.org/dc/terms/> ."
            " @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
            " @base <http://localhost:8000/> . <graph/d> {"]  # fmt: skip
    told += [f'<id/organisation/o{n}> a dg:Organisation ; skos:prefLabel "O{n}"@fr .' for n in range(6)]
    told.append('<id/session/s> a dg:Session ; dct:date "2021-05-04"^^xsd:date .')
    told.append("<id/deliberation/d> a dg:Deliberation ; dg:session <id/session/s> .")
    for n in range(count):
        start = draw.randint(2015, 2024)
        parts = [f"<id/funding/f{n}> a dg:Funding ; dg:decidedBy <id/deliberation/d>",
                 f"dg:status dg:{draw.choice(['Awarded', 'Awarded', 'Requested'])}",
                 f"dg:kind dg:{draw.choice(['subsidy', 'contribution', 'loan'])}"]  # fmt: skip
        roles = [role for role in ("funder", "beneficiary") if draw.random() < 0.85]
        parts += [f"dg:{role} <id/organisation/o{draw.randrange(6)}>" for role in roles]
        if draw.random() < 0.85:
            parts.append(f"dg:amount {draw.randrange(100, 9_999_999) / 100}")
        if draw.random() < 0.8:
            parts.append(f'dg:startYear "{start}"^^xsd:gYear')
            if draw.random() < 0.5:
                parts.append(f'dg:endYear "{start + draw.randrange(4)}"^^xsd:gYear')
                parts += ["dg:per dg:Year"] if draw.random() < 0.5 else []
        if n and draw.random() < 0.25:
            parts.append(f"dg:partOf <id/funding/f{draw.randrange(n)}>")
        told.append(" ; ".join(parts) + " .")
    return "\n".join([*told, "}"])


SUM = """PREFIX dg: <https://w3id.org/delibgraph/ns#> PREFIX dct: <http://purl.org/dc/terms/>
SELECT ?year (SUM(?amount) AS ?sum) WHERE {
  { SELECT DISTINCT ?f ?amount ?year WHERE {
    ?f dg:%(role)s <%(party)s> ; dg:status dg:Awarded ; dg:kind ?kind ; dg:amount ?amount .
    ?f dg:decidedBy/dg:session/dct:date ?date .
    FILTER(?kind IN (dg:subsidy, dg:contribution))
    FILTER NOT EXISTS { ?f dg:partOf+ ?whole . ?whole dg:%(role)s <%(party)s> }
    OPTIONAL { ?f dg:startYear ?start } OPTIONAL { ?f dg:endYear ?end }
    BIND(<http://www.w3.org/2001/XMLSchema#integer>(STR(COALESCE(?start, YEAR(?date)))) AS ?first)
    BIND(<http://www.w3.org/2001/XMLSchema#integer>(STR(COALESCE(?end, ?start, YEAR(?date)))) AS ?last)
    VALUES ?step { 0 1 2 3 4 } FILTER(?step = 0 || (EXISTS { ?f dg:per dg:Year } && ?first + ?step <= ?last))
    BIND(?first + ?step AS ?year)
  } }
} GROUP BY ?year"""


@pytest.mark.parametrize("seed", range(3))
def test_sums_on_the_page_are_those_of_sparql(serve, rows, seed):
    """A query written anew, whatever was drawn."""
    with serve(graph(seed)) as client:
        for n in range(6):
            expected: dict[str, dict[str, Decimal]] = {}
            for role, column in (("beneficiary", "Reçu"), ("funder", "Versé")):
                query = SUM % {"role": role, "party": f"http://localhost:8000/id/organisation/o{n}"}
                answer = client.get(f"/sparql?query={quote(query)}", headers={"Accept": "application/json"}).json()
                for row in answer["results"]["bindings"]:
                    expected.setdefault(row["year"]["value"], {})[column] = Decimal(row["sum"]["value"])
            if not expected:
                continue
            head, *body = rows(f"/id/organisation/o{n}", "years", client)
            shown = {
                row[0]: {
                    c: Decimal(re.sub(r"[ €]", "", v).replace(",", "."))
                    for c, v in zip(head[1:], row[1:], strict=True)
                    if v
                }
                for row in body[:-1]
            }
            assert shown == expected


GRANTED = """PREFIX dg: <https://w3id.org/delibgraph/ns#>
SELECT (SUM(?amount) AS ?sum) WHERE {
  ?f dg:decidedBy <http://localhost:8000/id/deliberation/d> ; dg:status dg:Awarded ; dg:kind ?kind ; dg:amount ?amount .
  FILTER(?kind IN (dg:subsidy, dg:contribution)) FILTER NOT EXISTS { ?f dg:partOf ?whole }
}"""


@pytest.mark.parametrize("seed", range(5))
def test_what_an_act_awards_is_what_sparql_adds_up(serve, see, say, seed):
    with serve(graph(seed)) as client:
        answer = client.get(f"/sparql?query={quote(GRANTED)}", headers={"Accept": "application/json"}).json()
        expected = Decimal(answer["results"]["bindings"][0]["sum"]["value"])
        (note,) = see(client, "/id/deliberation/d").one("section", id="money").findall("p")[:1]
        shown = re.search(r"Attribué : ([\d ,]+) €", say(note))
        assert shown is not None
        assert Decimal(shown[1].replace(" ", "").replace(",", ".")) == expected


def test_long_lists_come_by_pages_and_all_of_them(serve, see, say):
    acts = "".join(
        f'<id/deliberation/d{n}> a dg:Deliberation ; eli:title "Acte {n}" ; dg:mentions <id/organisation/o> .\n'
        for n in range(45)
    )
    head = "@prefix dg: <https://w3id.org/delibgraph/ns#> . @prefix eli: <http://data.europa.eu/eli/ontology#> ."
    with serve(
        f"{head} @base <http://localhost:8000/> . <graph/d> {{ <id/organisation/o> a dg:Organisation . {acts} }}"
    ) as client:
        seen: set[str] = set()
        for number in (1, 2, 3):
            page = see(client, f"/id/organisation/o?acts={number}")
            section = page.one("section", id="acts")
            assert f"Page {number} sur 3" in say(section)
            seen |= {href for href in page.hrefs(section) if href.startswith("/id/deliberation/")}
        assert len(seen) == 45
        for odd in ("0", "99", "x", "-1", "²"):
            assert client.get(f"/id/organisation/o?acts={odd}", headers={"Accept": "text/html"}).status_code == 200


def test_a_report_is_a_line_of_the_log(see, say, client):
    page = see(client, "/review/report?thing=funding/a-via")
    assert "40 000 € pour la plate-forme VIA" in say(page.one("main"))
    asked = "thing=funding/a-via&reason=L%E2%80%99acte+dit+4+000&author=Anne+Durand"
    answer = see(client, f"/review/report?{asked}")
    line, command = (say(pre) for pre in answer.all("pre"))
    judgement = Judgement.model_validate_json(line)
    assert (judgement.verb, judgement.left, judgement.author) == ("reject", "funding/a-via", "Anne Durand")
    assert command.startswith("delibgraph reject funding/a-via --reason ")
    assert json.loads(line).keys() == {"verb", "left", "author", "date", "reason"}


def test_two_names_of_one_entity_are_reported_by_name(see, say, client):
    asked = "thing=organisation/cesam&verb=merge&other=Mission+locale&reason=id&author=A"
    line = say(see(client, f"/review/report?{asked}").all("pre")[0])
    assert Judgement.model_validate_json(line).right == "organisation/mission-locale"
    for other in ("", "nobody", "person/francois-rebsamen", "organisation/cesam"):
        page = see(client, f"/review/report?thing=organisation/cesam&verb=merge&other={other}&reason=x&author=A", 422)
        assert page.all("pre") == []


@pytest.mark.parametrize("thing", ["", "funding/none", "../etc", "funding/<x>", "organisation", "funding/a via"])
def test_a_report_on_nothing_is_a_404(client, thing):
    assert client.get("/review/report", params={"thing": thing}, headers={"Accept": "text/html"}).status_code == 404


def test_what_no_judgement_corrects_says_so(see, say, client):
    page = see(client, "/review/report?thing=vote/a")
    assert page.all("form", class_="judge") == []
    assert "ne se corrige pas par une décision" in say(page.one("main"))


@pytest.mark.parametrize("latest", [1, 2, 100])
def test_a_body_that_many_acts_name_shows_the_same_acts(client, monkeypatch, latest):
    url = "/id/organisation/dijon-metropole"
    few = client.get(url, headers={"Accept": "text/html"}).text
    assert 'id="acts"' in few
    monkeypatch.setattr(Latest, "FEW", 0)
    monkeypatch.setattr(Latest, "LATEST", latest)
    assert client.get(url, headers={"Accept": "text/html"}).text == few
