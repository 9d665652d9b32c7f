"""What the page of quality says of scores and of what acts state, and the same beside each document."""

import importlib.util
import re
from pathlib import Path

import pytest

from queries import fold
from service.pages import completeness, scores

ROOT = Path(__file__).parents[3]
HEAD = """@prefix dg: <https://w3id.org/delibgraph/ns#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @base <http://localhost:8000/> ."""


def hour(text: str) -> bool:
    (criterion,) = (each for each in completeness.criteria() if each.key == "hour")
    return criterion.words.search(fold(text)) is not None


@pytest.mark.parametrize(
    "text",
    ["à 18 h 30", "à 18h30", "à 20 heures", "à dix-huit heures trente", "à vingt heures", "à vingt et une heures",
     "Heure : 19"],
)  # fmt: skip
def test_the_hour_is_found_however_it_is_written(text):
    assert hour(f"Le conseil s’est réuni {text}, salle des fêtes")


@pytest.mark.parametrize("text", ["vingt heures de cours par semaine", "à 18 hectares", "25 heures", "à dix habitants"])
def test_what_is_no_hour_is_not(text):
    assert not hour(text)


def test_what_the_acts_state_is_counted_criterion_by_criterion(client, see, say):
    rows = {
        say(row.find("th")): say(row.find("td"))
        for row in see(client, "/quality").all("tr")
        if row.find("th") is not None and row.find("td") is not None
    }
    assert rows["La date de la séance"] == "3"
    assert rows["Le nom du président de séance"] == "1"
    assert rows["Les noms des membres présents ou représentés"] == "2"
    assert rows["Le nom du secrétaire de séance"] == "0"
    told = client.get("/quality.json").json()["stated"]
    assert sum(grade["acts"] for grade in told["acts_by_number"]) == 3
    assert told["criteria"]["votes"] == 1


def test_a_document_says_what_it_states_in_careful_words(client, see, say):
    grade = see(client, "/document/aaaa000000000001").one("details", class_="grade")
    told = say(grade)
    assert "n’a pas à tout contenir" in told
    found = int(re.search(r"(\d+) sur 10", told)[1])
    assert found >= 6  # date, president, members, quorum, decision, vote
    assert "La teneur des discussions non cherché" in " ".join(told.split())


def test_the_grades_of_documents_and_of_the_release_are_one(serve, see, say):
    """Two acts of one session, one of which has no vote."""
    trig = f"""{HEAD} <graph/d> {{
      <id/deliberation/a> a dg:Deliberation ; dg:session <id/session/s> ; dg:vote <id/vote/a> .
      <id/deliberation/b> a dg:Deliberation ; dg:session <id/session/s> .
      <id/session/s> a dg:Session ; dct:date "2024-01-01"^^xsd:date .
      <id/vote/a> dg:unanimous true . }}"""
    with serve(trig) as client:
        told = client.get("/quality.json").json()["stated"]
        assert told["acts_by_number"] == [{"criteria": 2, "acts": 1}, {"criteria": 1, "acts": 1}]
        assert (told["criteria"]["voters"], told["criteria"]["date"]) == (1, 2)


def test_nothing_published_looks_right(serve, see, say):
    with serve("") as client:
        assert "Aucune délibération n’est publiée." in say(see(client, "/quality").one("main"))


def test_scores_are_those_of_the_file_with_their_date_and_command(client, see, say):
    told = scores.read()
    page = say(see(client, "/quality").one("main"))
    assert "make scores" in page
    assert told.commit in page
    for each in told.sets:
        assert each.titles["fr"] in page
        assert each.documents > 0
        assert each.money is not None
    assert len(client.get("/quality.json").json()["scores"]["sets"]) == len(told.sets)


def test_the_blind_figures_are_the_table_of_the_readme():
    """Whoever adds a row to the table runs `make scores`."""
    spec = importlib.util.spec_from_file_location("scores_maker", ROOT / "tests" / "acts" / "scores.py")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    rows = maker.blind((ROOT / "tests" / "acts" / "README.md").read_text(encoding="utf-8"))
    assert len(rows) > 10
    assert [(row["set"], tuple(row["awarded"])) for row in rows] == [(b.name, b.awarded) for b in scores.read().blind]
    assert all(0 <= figure <= 1 for row in rows for figure in (*row["awarded"], *row["organisations"]))
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"]) for row in rows)
