"""Help that teaches, messages in place of tracebacks, exit codes."""

import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import typer

from service.cli.app import app
from service.cli.reference import reference

ROOT = Path(__file__).parents[3]
COMMANDS = (
    "ingest", "remove", "releases", "diff", "rollback", "backup", "restore", "serve", "demo", "registers", "extract",
    "query", "export", "review", "merge", "split", "keep-apart", "reject", "accept", "undo", "validate", "evaluate",
    "settings", "load", "verify",
)  # fmt: skip

Command = Callable[..., Any]


def test_every_command_of_the_design_is_there() -> None:
    group: Any = typer.main.get_command(app)
    assert sorted(group.commands) == sorted(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_by_example(delibgraph: Command, command: str) -> None:
    told = delibgraph(command, "--help")
    assert told.code == 0
    assert f"delibgraph {command}" in told.out.split("Exemple", 1)[1]
    assert "Show this message" not in told.out


def test_reference_is_up_to_date() -> None:
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == reference(), "run `make docs`"


def test_the_data_directory_may_stand_before_the_command(delibgraph: Command, tmp_path: Path) -> None:
    before = delibgraph("--data", str(tmp_path / "one"), "query", "acts")
    after = delibgraph("--data", str(tmp_path / "one"), "query", "acts", "--data", str(tmp_path / "two"))
    assert str(tmp_path / "one") in before.err
    assert str(tmp_path / "two") in after.err
    assert str(tmp_path / "one") not in after.err


def test_version(delibgraph: Command) -> None:
    told = delibgraph("--version")
    assert (told.code, told.out.strip()) == (0, f"delibgraph {version('delibgraph')}")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("frobnicate",), "commande inconnue : 'frobnicate'"),
        (("ingest",), "il manque l'argument"),
        (("query", "--frob"), "option inconnue : --frob"),
        (("ingest", "--workers", "zero", "x"), "--workers"),
        (("export", "--format", "xls", "-o", "x"), "xls"),
        (("query", "acts", "year"), "CLE=VALEUR"),
        (("query", "acts", "year=1", "year=2"), "une seule fois"),
        (("query", "x.rq", "year=1"), "requête nommée"),
    ],
)
def test_misuse_is_told_in_one_sentence_and_exits_2(
    delibgraph: Command, published: Path, arguments: tuple[str, ...], told: str
) -> None:
    outcome = delibgraph(*arguments, "--data", published)
    assert outcome.code == 2
    assert told in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("arguments", [("query", "acts"), ("review",), ("validate",), ("evaluate", "samples/gold")])
def test_without_a_release_the_remedy_is_told(delibgraph: Command, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    outcome = delibgraph(*arguments, "--data", tmp_path / "vide")
    assert outcome.code == 1
    assert "aucune version publiée" in outcome.err
    assert "delibgraph ingest" in outcome.err


def test_bad_setting_is_named(delibgraph: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELIBGRAPH_PORT", "huit mille")
    outcome = delibgraph("query", "acts")
    assert outcome.code == 1
    assert outcome.err.startswith("delibgraph : DELIBGRAPH_PORT : valeur refusée")


def test_data_directory_comes_from_the_environment_too(
    delibgraph: Command, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DELIBGRAPH_DATA", str(published))
    assert delibgraph("query", "acts", "--format", "csv").code == 0


def test_taken_port_is_told(delibgraph: Command, published: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        outcome = delibgraph("serve", "--data", published, "--port", taken.getsockname()[1])
    assert outcome.code == 1
    assert re.search(r"127\.0\.0\.1:\d+ : écoute impossible", outcome.err)


def test_demo_does_not_mix_its_acts_with_yours(delibgraph: Command, tmp_path: Path) -> None:
    act = tmp_path / "mon-acte.txt"
    act.write_bytes((ROOT / "samples" / "exemple-2023-03-16-creativ.txt").read_bytes())
    assert delibgraph("ingest", act, "--data", tmp_path / "data").code == 0
    outcome = delibgraph("demo", "--data", tmp_path / "data", "--port", 0)
    assert outcome.code == 2
    assert "mon-acte.txt" in outcome.err


def test_reader_that_goes_away_is_no_error(published: Path) -> None:
    command = f"{sys.executable} -m service.cli query acts --format csv --data {published}"
    pipeline = f"{command} | head -1; echo ${{PIPESTATUS[0]}}"
    told = subprocess.run(["bash", "-c", pipeline], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "0"
    assert told.stderr == ""


def test_settings_tells_what_is_in_force_and_hides_secrets(
    delibgraph: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "c.toml"
    file.write_text('token = "s3cret"\nport = 8001\n')
    monkeypatch.setenv("DELIBGRAPH_PORT", "8002")
    told = delibgraph("--config", file, "--set", "host=::1", "settings", "--changed")
    assert told.code == 0
    assert re.search(r"port +8002 +DELIBGRAPH_PORT", told.out)
    assert re.search(r"host +::1 +ligne de commande", told.out)
    assert "s3cret" not in told.out
    assert "sparql_timeout" not in told.out
    assert "s3cret" not in delibgraph("--config", file, "settings", "--json").out
    assert "8001" not in delibgraph("settings", "--changed").out  # the file is this command's alone
    refused = delibgraph("--set", "prot=1", "settings")
    assert refused.code == 2
    assert "prot=1" in refused.err


def test_nothing_is_removed_unasked_and_what_is_missing_is_told(delibgraph: Command, tmp_path: Path) -> None:
    """From a program, --yes stands for the answer of a person."""
    data = ("--data", str(tmp_path))
    told = delibgraph("remove", "absent.pdf", *data)
    assert (told.code, "aucun document connu" in told.err) == (2, True)
    assert "Quel document" in delibgraph("remove", *data).err
    assert "Aucun document retiré" in delibgraph("remove", "--list", *data).out
    sample = ROOT / "samples" / "exemple-2023-03-16-creativ.txt"
    assert delibgraph("ingest", str(sample), *data).code == 0
    unasked = delibgraph("remove", sample.name, *data)
    assert (unasked.code, "--yes" in unasked.err) == (2, True)
    assert delibgraph("remove", sample.name, "--yes", "--reason", "doublon", *data).code == 0
    assert "doublon" in delibgraph("remove", "--list", *data).out
    folder = delibgraph("ingest", str(sample.parent), *data)
    assert f"laissé de côté : {sample}" in folder.err
    assert "doublon" in folder.err
