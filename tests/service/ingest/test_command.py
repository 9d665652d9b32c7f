"""Bad input, killed runs, repeated runs: the real command, in a process of its own."""

import gzip
import json
import os
import re
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.service.conftest import PATIENCE
from tests.service.processes import Started

ROOT = Path(__file__).parents[3]
GOOD = ROOT / "samples" / "exemple-2023-03-16-creativ.txt"
OTHER = ROOT / "samples" / "exemple-2024-09-12-reussite-educative.txt"


def start(data: Path, *arguments: object, command: str = "ingest", largest_file: int | None = None) -> Started:
    return Started(command, "--data", data, *arguments, largest_file=largest_file)


def ingest(data: Path, *arguments: object) -> tuple[int, dict[str, list[dict[str, str]]], str]:
    process = start(data, "--json", *arguments)
    out, err = process.communicate(timeout=PATIENCE)
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
    code, report, _ = ingest(tmp_path / "data", folder, tmp_path / "dossier-absent")
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


@pytest.fixture(scope="module")
def one_act(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with GOOD published, to be copied."""
    data = tmp_path_factory.mktemp("one") / "data"
    assert ingest(data, GOOD)[0] == 0
    return data


@pytest.fixture
def data(one_act: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(one_act, tmp_path / "data", symlinks=True))


def test_bad_files_alone_leave_the_release_as_it_was(data: Path, tmp_path: Path) -> None:
    live = release(data)
    (tmp_path / "vide.txt").touch()
    code, report, _ = ingest(data, tmp_path / "vide.txt")
    assert (code, release(data)) == (1, live)
    assert files(report, "published") == [GOOD.name]


def test_encodings_read_alike(tmp_path: Path) -> None:
    """One act as UTF-8 with and without mark, cp1252, UTF-16 with and without mark: the same facts."""
    encodings = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le")
    paths = [tmp_path / f"{encoding}.txt" for encoding in encodings]
    for path in paths:
        path.write_bytes(GOOD.read_text("utf-8").encode(path.stem))
    code, report, _ = ingest(tmp_path / "data", *paths)
    assert code == 0, report
    assert files(report, "published") == sorted(path.name for path in paths)
    read = [json.loads(path.read_text()) for path in (tmp_path / "data" / "facts").glob("*.json")]
    assert len({json.dumps([facts["text"], facts["sessions"], facts["acts"]]) for facts in read}) == 1
    assert "410000" in {funding["amount"] for funding in read[0]["acts"][0]["fundings"]}


def test_forbidden_file_is_refused(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything; test_sources plays the refusal of the system")
    secret = tmp_path / "secret.txt"
    secret.write_bytes(GOOD.read_bytes())
    secret.chmod(0)
    code, report, _ = ingest(tmp_path / "data", secret, OTHER)
    assert code == 1
    assert report["refused"][0]["reason"] == "lecture interdite"


def test_earlier_documents_stay_and_the_same_files_change_nothing(data: Path) -> None:
    _, first, _ = ingest(data, OTHER)
    assert files(first, "published") == sorted([GOOD.name, OTHER.name])
    code, again, _ = ingest(data, OTHER, GOOD)
    assert (code, first["changed"], again["changed"], again["new"]) == (0, True, False, 0)
    assert first["release"] == again["release"]


@pytest.mark.parametrize("moment", ["facts/*.json", "documents/*.json", "releases/.building/*"])
def test_killed_ingest_leaves_the_release_and_is_taken_up(data: Path, moment: str) -> None:
    """SIGKILL as soon as a trace of the given stage is on disk."""
    live, before = release(data), set(data.glob(moment))
    process = start(data, *sorted((ROOT / "samples").glob("*.txt")), "--workers", 1)
    while process.poll() is None and not set(data.glob(moment)) - before:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE)
    assert release(data) >= live  # ids are numbered: the old one, or the new one if the kill came too late
    told = start(data, "acts", "-f", "csv", command="query")
    assert told.communicate(timeout=PATIENCE)[0].startswith("date")
    assert told.returncode == 0
    code, report, _ = ingest(data, *sorted((ROOT / "samples").glob("*.txt")))
    assert code == 0, report
    assert len(report["published"]) == 5
    assert not list(data.rglob(".partial-*"))


def test_full_disk_leaves_the_release(data: Path) -> None:
    """A limit on the size of files stands for the disk: facts still fit, the largest database does not.

    What fails within a release is tested with a disk that fills up (``faults/test_faults.py``).
    """
    live = release(data)
    process = start(data, OTHER, largest_file=200_000)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "la place sur le disque" in err
    assert "Traceback" not in err
    assert release(data) == live
    code, report, _ = ingest(data, OTHER)
    assert (code, len(report["published"])) == (0, 2)


def test_second_ingest_is_told_who_holds_the_data(tmp_path: Path) -> None:
    from service.ingest.lock import writing

    with writing(tmp_path / "data"):
        process = start(tmp_path / "data", GOOD)
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert f"processus {os.getpid()}, depuis" in err


def test_no_progress_in_a_pipe(data: Path) -> None:
    process = start(data, OTHER)
    out, err = process.communicate(timeout=PATIENCE)
    assert err == ""
    assert out.splitlines()[-1].startswith("2 documents publiés (1 nouveau), 0 en quarantaine, 0 refusé ;")


def test_a_program_is_told_each_step_and_what_became_of_each_file_offered(tmp_path: Path) -> None:
    twin = tmp_path / "copie.txt"
    twin.write_bytes(GOOD.read_bytes())
    code, report, err = ingest(tmp_path / "data", "--steps", GOOD, twin)
    assert code == 0
    told = [json.loads(line) for line in err.splitlines()]
    stages = list(dict.fromkeys(step["stage"] for step in told))
    assert stages == ["collect", "read", "resolve", "gate", "release"]
    assert [step["done"] for step in told if step["stage"] == "read"] == [1]
    assert files(report, "offered") == ["copie.txt", GOOD.name]
    assert [item["known"] for item in report["offered"]] == [False, False]
    assert {item["key"] for item in report["offered"]} == {item["key"] for item in report["published"]}
    _, again, _ = ingest(tmp_path / "data", GOOD)
    assert [item["known"] for item in again["offered"]] == [True]


def test_content_that_comes_under_another_name_stays_published_under_one(tmp_path: Path) -> None:
    """As "acte.txt", downloaded again, is "acte (1).txt"."""
    data, other = tmp_path / "data", tmp_path / "autre nom.txt"
    other.write_bytes(GOOD.read_bytes())
    assert ingest(data, GOOD)[0] == 0
    code, report, _ = ingest(data, other)
    assert code == 0
    assert files(report, "published") == ["autre nom.txt"]
    dump = gzip.decompress((data / "current" / "dumps" / "delibgraph.nq.gz").read_bytes()).decode()
    told = [
        line for line in dump.splitlines() if line.startswith("<http://localhost:8000/id/document/") and '.txt"' in line
    ]
    told = sorted(set(re.findall(r"[/#](\w+)> (\"[^\"]+\")", "\n".join(told))))
    assert told == [("alternative", f'"{GOOD.name}"'), ("fileName", '"autre nom.txt"')]
