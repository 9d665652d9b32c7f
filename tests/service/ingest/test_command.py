"""Bad input, killed runs, repeated runs: the real command, in a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
GOOD = ROOT / "samples" / "exemple-2023-03-16-creativ.txt"
OTHER = ROOT / "samples" / "exemple-2024-09-12-reussite-educative.txt"


def start(data: Path, *arguments: object, command: str = "ingest") -> "subprocess.Popen[str]":
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DELIBGRAPH")}
    return subprocess.Popen(
        [sys.executable, "-m", "service.cli", command, "--data", str(data), *map(str, arguments)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def ingest(data: Path, *arguments: object) -> tuple[int, dict[str, list[dict[str, str]]], str]:
    process = start(data, "--json", *arguments)
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in err
    return process.returncode, json.loads(out) if out else {}, err


def release(data: Path) -> str:
    return (data / "current").readlink().name


def files(report: dict[str, list[dict[str, str]]], key: str) -> list[str]:
    return sorted(Path(item["file"]).name for item in report[key])


def test_bad_files_are_named_and_the_good_ones_published(tmp_path: Path) -> None:
    """Empty, no act, binary rubbish, too large, a broken link, a missing folder: none stops the good one."""
    folder = tmp_path / "actes"
    folder.mkdir()
    (folder / "bon.txt").write_bytes(GOOD.read_bytes())
    (folder / "vide.txt").touch()
    (folder / "recette.txt").write_text("Mélanger la farine et le sucre, puis cuire au four une demi-heure.")
    (folder / "rebut.txt").write_bytes(os.urandom(20_000))
    (folder / "lien.txt").symlink_to(folder / "absent.txt")
    with (folder / "gros.txt").open("wb") as large:
        large.truncate(200_000_000)
    begun = time.monotonic()
    code, report, _ = ingest(tmp_path / "data", folder, tmp_path / "dossier-absent")
    assert time.monotonic() - begun < 60
    assert code == 1
    assert files(report, "published") == ["bon.txt"]
    assert files(report, "refused") == [
        "dossier-absent",
        "gros.txt",
        "lien.txt",
        "rebut.txt",
        "recette.txt",
        "vide.txt",
    ]
    assert all(item["reason"] and item["remedy"] for item in report["refused"])
    raw = [path for path in (tmp_path / "data" / "documents").iterdir() if path.suffix != ".json"]
    assert len(raw) == 1, "what is refused is not kept"


def test_bad_files_alone_leave_the_release_as_it_was(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert ingest(data, GOOD)[0] == 0
    live = release(data)
    (tmp_path / "vide.txt").touch()
    code, report, _ = ingest(data, tmp_path / "vide.txt")
    assert (code, release(data)) == (1, live)
    assert files(report, "published") == [GOOD.name]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_encodings_read_alike(tmp_path: Path, encoding: str) -> None:
    text = GOOD.read_text("utf-8")
    act = tmp_path / "acte.txt"
    act.write_bytes(text.encode(encoding, "replace"))
    assert ingest(tmp_path / "data", act)[0] == 0
    process = start(tmp_path / "data", "money-to", "name=creativ", "--json", command="query")
    rows = json.loads(process.communicate(timeout=60)[0])["results"]["bindings"]
    assert "410000" in {row["amount"]["value"] for row in rows if "amount" in row}
    assert "Dijon métropole" in {row["funder"]["value"] for row in rows}


def test_forbidden_file_is_refused(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything; test_sources plays the refusal of the system")
    secret = tmp_path / "secret.txt"
    secret.write_bytes(GOOD.read_bytes())
    secret.chmod(0)
    code, report, _ = ingest(tmp_path / "data", secret, OTHER)
    assert code == 1
    assert report["refused"][0]["reason"] == "lecture interdite"


def test_same_files_twice_change_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    _, first, _ = ingest(data, GOOD, OTHER)
    code, again, _ = ingest(data, OTHER, GOOD)
    assert code == 0
    assert (first["changed"], again["changed"], again["new"]) == (True, False, 0)
    assert first["release"] == again["release"]


def test_earlier_documents_stay(tmp_path: Path) -> None:
    data = tmp_path / "data"
    ingest(data, GOOD)
    _, report, _ = ingest(data, OTHER)
    assert files(report, "published") == sorted([GOOD.name, OTHER.name])


@pytest.mark.parametrize(
    "moment", ["documents/*.json", "facts/*.json", "identities.sqlite", "releases/.building/*"]
)
def test_killed_ingest_leaves_the_release_and_is_taken_up(tmp_path: Path, moment: str) -> None:
    """SIGKILL as soon as a trace of the given stage is on disk."""
    data = tmp_path / "data"
    assert ingest(data, GOOD)[0] == 0
    live, before = release(data), set(data.glob(moment))
    process = start(data, *sorted((ROOT / "samples").glob("*.txt")), "--workers", 1)
    while process.poll() is None and not set(data.glob(moment)) - before:
        time.sleep(0.005)
        if moment == "identities.sqlite" and len(list(data.glob("facts/*.json"))) >= 5:
            break
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert release(data) >= live  # ids are numbered: the old one, or the new one if the kill came too late
    told = start(data, "acts", "-f", "csv", command="query")
    assert told.communicate(timeout=60)[0].startswith("date")
    assert told.returncode == 0
    code, report, _ = ingest(data, *sorted((ROOT / "samples").glob("*.txt")))
    assert code == 0
    assert len(report["published"]) == 5
    assert not list(data.rglob(".partial-*"))


def test_second_ingest_is_told_who_holds_the_data(tmp_path: Path) -> None:
    from service.ingest.lock import writing

    with writing(tmp_path / "data"):
        process = start(tmp_path / "data", GOOD)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"processus {os.getpid()}, depuis" in err


def test_no_progress_in_a_pipe(tmp_path: Path) -> None:
    process = start(tmp_path / "data", GOOD)
    out, err = process.communicate(timeout=60)
    assert err == ""
    assert out.splitlines()[-1].startswith("1 documents publiés (1 nouveaux)")
