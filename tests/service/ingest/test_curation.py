"""From a doubt to a decision to a release, as a user meets it: commands, log, graph, addresses, and back."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.cli.app import run
from service.ingest import ingest
from service.settings import Settings
from service.store import ReleaseReader

WHY = ("--reason", "vérifié sur l'acte", "--author", "Anne Durand")
Tell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def data(plant, tmp_path: Path) -> Path:
    """Two clubs of like names, and a reading that is too unsure."""
    data = tmp_path / "data"
    plant(data, "a.txt", to="Club nautique du Lac", amount=1000)
    plant(data, "b.txt", to="Club nautique des Lacs", amount=200)
    plant(data, "c.txt", to="Vélo club", amount=77, confidence=0.2)
    assert ingest((), Settings(data=data)).exit_code == 0
    return data


@pytest.fixture
def tell(data: Path, capsys: pytest.CaptureFixture[str]) -> Tell:
    """tell("merge", "A", "B") → exit code, standard output, standard error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([*arguments, "--data", str(data)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def get(data: Path, path: str):
    with TestClient(create_app(Settings(data=data))) as client:
        return client.get(path, headers={"Accept": "text/turtle"}, follow_redirects=False)


def only(data: Path, pattern: str) -> str:
    """The local part of the one thing that a pattern finds."""
    prefix = "PREFIX dg: <https://w3id.org/delibgraph/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    (row,) = ReleaseReader(data).select(f"{prefix} SELECT DISTINCT ?x WHERE {{ {pattern} }}")
    return row["x"].value.partition("/id/")[2]


def test_merged_by_name_redirected_and_split_again(data: Path, tell: Tell) -> None:
    code, out, err = tell("merge", "Club nautique du Lac", "club nautique des lacs", *WHY)
    assert (code, err) == (0, "")
    assert "Décision " in out
    merged = only(data, "?y dg:funds ?x")
    names = {"organisation/club-nautique-du-lac", "organisation/club-nautique-des-lacs"}
    (old,) = names - {merged}
    answer = get(data, f"/id/{old}")
    assert (answer.status_code, answer.headers["location"]) == (301, f"/id/{merged}")
    code, out, err = tell("split", old, "--show")
    assert (code, err) == (0, "")
    stays, goes = (line for line in out.splitlines() if ": organisation/" in line)
    assert stays.startswith(f"Reste : {merged} (")
    assert goes.startswith(f"S'en va : {old} (")
    assert get(data, f"/id/{old}").status_code == 301
    code, out, err = tell("split", old, *WHY)
    assert (code, err) == (0, "")
    assert stays in out
    assert goes in out
    assert get(data, f"/id/{old}").status_code == 200
    assert len((data / "curation" / "judgements.jsonl").read_text().splitlines()) == 2
    code, out, _ = tell("undo")
    first, later = (block.split()[0] for block in out.split("\n") if block[:1].strip())
    assert f"remplacée par une décision plus récente : {later}" in out
    answer = get(data, "/graph/curation").text
    assert f"judgement/{first}" in answer
    assert "overriddenBy" in answer
    _, _, err = tell("review")
    assert "1 en vigueur, 1 remplacée par une plus récente" in err


def test_rejected_is_gone_410_and_undone(data: Path, tell: Tell) -> None:
    funding = only(data, "?x a dg:Funding ; dg:amount ?a FILTER(?a = 1000)")
    code, out, _ = tell("reject", funding, "--json", *WHY)
    told = json.loads(out)
    assert code == 0
    assert told["judgement"]["left_signatures"]
    answer = get(data, f"/id/{funding}")
    assert answer.status_code == 410
    assert "vérifié sur l'acte" in answer.text
    assert get(data, f"/id/{funding.replace('funding', 'reading')}").status_code == 410
    left = ReleaseReader(data).select("SELECT ?a WHERE { ?x <https://w3id.org/delibgraph/ns#amount> ?a }")
    assert [row["a"].value for row in left] == ["200"]
    code, out, _ = tell("undo")
    assert told["id"] in out
    assert "Anne Durand : vérifié" in out
    assert tell("undo", told["id"], *WHY)[0] == 0
    assert get(data, f"/id/{funding}").status_code == 200


def test_accepted_is_published_and_kept_by_the_next_ingest(data: Path, tell: Tell) -> None:
    reading = only(data, "?x a dg:FundingToReview")
    assert tell("accept", reading, *WHY)[0] == 0
    assert only(data, "?x a dg:Funding ; dg:status dg:Awarded ; dg:amount ?a FILTER(?a = 77)").startswith("funding/")
    release = ReleaseReader(data).release_id
    report = ingest((), Settings(data=data))
    assert (report.release, report.curation) == (release, [])
    code, _, err = tell("accept", reading, *WHY)
    assert code == 2
    assert "déjà publié" in err


def test_without_publishing_the_next_ingest_applies_it(data: Path, tell: Tell) -> None:
    code, _, err = tell("merge", "Club nautique du Lac", "Club nautique des Lacs", "--no-publish", *WHY)
    assert (code, err) == (0, "Pas encore publiée : la prochaine ingestion l'applique.\n")
    assert len(ReleaseReader(data).select("SELECT ?x WHERE { ?y <https://w3id.org/delibgraph/ns#funds> ?x }")) == 2
    ingest((), Settings(data=data))
    assert only(data, "?y dg:funds ?x")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("merge", "Club nautique du Lac", "Club inconnu"), "de ce nom exact"),
        (("merge", "Club nautique du Lac", "person/anne-durand"), "pas de même nature"),
        (("merge", "Anne Durand", "person/anne-durand"), "désignent déjà"),
        (("merge", "session/x", "Vélo club"), "de ce nom exact"),
        (("merge", "person/nobody", "Vélo club"), "inconnu de la version publiée"),
        (("split", "Vélo club"), "rien à séparer"),
        (("reject", "Vélo club"), "type/clé"),
        (("reject", "funding/nothing"), "aucun fait de ce nom"),
        (("accept", "https://example.org/id/reading/x"), "pas de ce site"),
        (("undo", "0123456789"), "aucune décision en vigueur"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    data: Path, tell: Tell, arguments: tuple[str, ...], said: str
) -> None:
    code, _, err = tell(*arguments, *WHY)
    assert code == 2
    assert said in err
    assert not (data / "curation").exists()


def test_a_name_that_two_bear_lists_them(plant, data: Path, tell: Tell) -> None:
    plant(data, "d.txt", to="Anne DURAND", amount=5)
    ingest((), Settings(data=data))
    code, _, err = tell("merge", "anne durand", "Vélo club", *WHY)
    assert code == 2
    assert "organisation/anne-durand (Anne DURAND)" in err
    assert "person/anne-durand (Anne DURAND)" in err


def test_no_reason_no_judgement(tell: Tell) -> None:
    assert tell("merge", "a", "b")[0] == 2
    code, _, err = tell("merge", "Vélo club", "Club nautique du Lac", "--reason", " ")
    assert code == 2
    assert "se motive" in err


def test_a_stale_judgement_is_told_by_each_ingest(data: Path, tell: Tell) -> None:
    log = data / "curation" / "judgements.jsonl"
    log.parent.mkdir()
    line = {"verb": "merge", "left": "person/gone", "right": "person/anne-durand", "author": "B", "reason": "r"}
    log.write_text(json.dumps({**line, "date": "2026-01-01"}) + "\n")
    for _ in range(2):
        (found,) = ingest((), Settings(data=data)).curation
        assert "ne désigne plus rien" in found


def test_the_review_shows_both_sides_with_the_money(plant, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "likely"
    for number, name in enumerate(("Jean DUPONT", "Jean DUPOND")):
        plant(data, f"{number}.txt", member=name)
    ingest((), Settings(data=data))
    capsys.readouterr()
    run(["review", "--kind", "matches", "--data", str(data)])
    told = capsys.readouterr()
    for words in ("person/jean-dupont", "person/jean-dupond", "Dijon métropole", "« Séance de"):
        assert words in told.out
    assert told.err.startswith("1 rapprochement à revoir")
    run(["review", "dupond", "--kind", "matches", "--format", "csv", "--data", str(data)])
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert {row["left_ref"], row["right_ref"]} == {"person/jean-dupont", "person/jean-dupond"}
    assert row["reasons"]
    run(["review", "personne", "--kind", "matches", "--json", "--data", str(data)])
    assert json.loads(capsys.readouterr().out) == []
    run(["keep-apart", "Jean DUPONT", "Jean DUPOND", *WHY, "--data", str(data)])
    capsys.readouterr()
    run(["review", "--kind", "matches", "--json", "--data", str(data)])
    assert json.loads(capsys.readouterr().out) == []
