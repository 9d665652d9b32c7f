"""extract, validate, evaluate: what was read, what is wrong with it, how good it is."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.facts import DocumentFacts
from service.ingest import pool

Command = Callable[..., Any]
ROOT = Path(__file__).parents[3]
CESAM = ROOT / "samples" / "exemple-2023-01-25-cesam.txt"


def test_extract_shows_each_fact_with_its_sentence(delibgraph: Command, tmp_path: Path) -> None:
    told = delibgraph("extract", CESAM)
    assert told.code == 0
    lines = told.out.splitlines()
    funding = next(i for i, line in enumerate(lines) if "36\u202f736,00\u00a0€" in line)
    assert "CESAM" in lines[funding]
    assert "36 736" in lines[funding + 1].replace("\u00a0", " ").replace("\u202f", " ")
    assert "pouvoir à" in told.out


def test_extract_marks_what_would_await_review(delibgraph: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "lecture incertaine" not in delibgraph("extract", CESAM).out
    monkeypatch.setenv("DELIBGRAPH_PUBLISH_THRESHOLD", "1.0")
    assert "lecture incertaine, à revoir (attribué" in delibgraph("extract", CESAM).out


def test_extract_as_json_is_the_fact_model(delibgraph: Command) -> None:
    facts = DocumentFacts.model_validate_json(delibgraph("extract", CESAM, "--json").out)
    assert facts.file_name == CESAM.name
    for act in facts.acts:
        for funding in act.fundings:
            assert all(facts.text[e.start : e.end] for e in funding.evidence)


def test_extract_of_no_act_says_why(delibgraph: Command, tmp_path: Path) -> None:
    letter = tmp_path / "recette.txt"
    letter.write_text("Mélanger la farine et le sucre, ajouter deux œufs, puis cuire au four une demi-heure.")
    outcome = delibgraph("extract", letter)
    assert outcome.code == 1
    assert outcome.err.startswith("delibgraph : recette.txt : ")
    assert "Traceback" not in outcome.err


def test_extract_gives_up_at_the_deadline_of_a_document(delibgraph: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELIBGRAPH_EXTRACT_TIMEOUT", "0.001")
    told = delibgraph("extract", CESAM, "--json")
    assert (told.code, told.out) == (1, "")
    assert told.err == (
        f"delibgraph : {CESAM.name} : lecture abandonnée, trop longue."
        " Vérifiez le document, ou relevez DELIBGRAPH_EXTRACT_TIMEOUT.\n"
    )


@pytest.mark.parametrize(
    ("code", "log", "reason"),
    [
        (1, "Traceback\nMemoryError", "la lecture a manqué de mémoire. Donnez plus de mémoire."),
        (-11, "", "la lecture s'est arrêtée net (signal SIGSEGV). C'est un défaut de delibgraph : signalez-le"),
    ],
)
def test_extract_whose_reader_dies_says_of_what(
    delibgraph: Command, monkeypatch: pytest.MonkeyPatch, code: int, log: str, reason: str
) -> None:
    died = pool.Crashed("one", code, timed_out=False, log=log)
    monkeypatch.setattr(pool, "run", lambda *_given, **_named: iter([died]))
    told = delibgraph("extract", CESAM)
    assert told.code == 1
    assert told.err.startswith(f"delibgraph : {CESAM.name} : {reason}")
    assert "les autres" not in told.err


def test_extract_reads_what_a_shell_gives_as_a_file(delibgraph: Command) -> None:
    """As in ``delibgraph extract <(pdftotext acte.pdf -)``: no other process has that file."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as stream:
        stream.write(CESAM.read_bytes())
    try:
        facts = DocumentFacts.model_validate_json(delibgraph("extract", f"/dev/fd/{reading}", "--json").out)
    finally:
        os.close(reading)
    assert {f.amount for act in facts.acts for f in act.fundings if f.status == "awarded"} == {22000, 36736, 5000}


def test_validate_says_which_value_is_no_number(delibgraph: Command, tmp_path: Path) -> None:
    file = tmp_path / "graphe.ttl"
    file.write_text(
        "@prefix dg: <https://w3id.org/delibgraph/ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
        '<f> a dg:Funding ; dg:amount "NaN"^^xsd:decimal .'
        '<e> a dg:Evidence ; dg:start [] ; dg:end "trois"^^xsd:integer .'
    )
    outcome = delibgraph("validate", file)
    assert outcome.code == 1
    assert "graphe.ttl (fichier) : amount vaut « NaN », qui n'est pas un nombre" in outcome.out
    assert "start vaut « [] »" in outcome.out
    assert "Traceback" not in outcome.err


def test_validate_leaves_the_words_to_the_gate(tmp_path: Path) -> None:
    """rdflib logs a traceback for each value that is not of its type: a user needs the finding alone."""
    file = tmp_path / "graphe.ttl"
    file.write_text(
        "@prefix dg: <https://w3id.org/delibgraph/ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
        '<e> a dg:Evidence ; dg:start 1 ; dg:end "trois"^^xsd:integer .'
    )
    command = [sys.executable, "-m", "service.cli", "validate", str(file)]
    outcome = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (outcome.returncode, outcome.stderr) == (1, "")


def test_validate_tells_the_warnings_of_the_samples(delibgraph: Command, published: Path) -> None:
    outcome = delibgraph("validate", "--data", published)
    assert outcome.code == 0
    assert "42 membres en exercice, la liste de présence en donne 43" in outcome.out
    told = json.loads(delibgraph("validate", "--json", "--data", published).out)
    assert {finding["severity"] for finding in told} >= {"warning"}
    assert any(finding["file"] == "exemple-2022-12-15-ctai.txt" for finding in told)


def test_validate_of_a_file_exits_1_on_a_violation(delibgraph: Command, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text(
        "@prefix dg: <https://w3id.org/delibgraph/ns#> .\n"
        "<http://localhost:8000/id/funding/x> a dg:Funding ; dg:status dg:Awarded ; dg:amount -5.0 ."
    )
    outcome = delibgraph("validate", bad)
    assert outcome.code == 1
    assert "erreur : bad.ttl" in outcome.out
    rubbish = tmp_path / "rubbish.ttl"
    rubbish.write_text("ceci n'est pas du Turtle")
    outcome = delibgraph("validate", rubbish)
    assert outcome.code == 2
    assert "RDF illisible" in outcome.err


def test_evaluate_measures_the_samples(delibgraph: Command, published: Path) -> None:
    fields = json.loads(delibgraph("evaluate", ROOT / "samples" / "gold", "--json", "--data", published).out)["fields"]
    assert fields["document"]["f1"] == 1.0
    assert fields["financements attribués"]["precision"] == 1.0
    table = delibgraph("evaluate", ROOT / "samples" / "gold", "--errors", "--data", published).out
    assert table.splitlines()[0].split() == ["champ", "précision", "rappel", "F1", "justes", "faux", "manqués"]


def test_evaluate_without_gold_says_so(delibgraph: Command, published: Path, tmp_path: Path) -> None:
    outcome = delibgraph("evaluate", tmp_path, "--data", published)
    assert outcome.code == 2
    assert "aucune annotation" in outcome.err
    (tmp_path / "x.json").write_text('{"effectif": {"presents": "beaucoup"}}')
    outcome = delibgraph("evaluate", tmp_path, "--data", published)
    assert "effectif.presents" in outcome.err


@pytest.mark.parametrize("suffix", [".txt", ".pdf"])
def test_both_forms_of_a_sample_read_the_same_money(delibgraph: Command, suffix: str) -> None:
    facts = DocumentFacts.model_validate_json(delibgraph("extract", CESAM.with_suffix(suffix), "--json").out)
    amounts = sorted(str(f.amount) for act in facts.acts for f in act.fundings if f.status == "awarded")
    assert amounts == ["22000", "36736", "5000"]
