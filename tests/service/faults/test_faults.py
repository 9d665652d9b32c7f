"""The machine fails: what is live stays live, a French sentence says what to do, the same command then succeeds."""

import datetime as dt
import json
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from extract.errors import DocumentError
from graph.release import current, history
from service.ingest import ingest, pool
from service.ingest.documents import DocumentStore
from service.ingest.reading import ReadingTask, _refusal
from service.settings import Settings
from tests.service.conftest import PATIENCE, facts, running
from tests.service.faults.planting import plant
from tests.service.processes import Started

SAMPLE = Path(__file__).parents[3] / "samples" / "exemple-2023-03-16-creativ.txt"
Said = subprocess.CompletedProcess[str]


def command(data: Path, *arguments: object, largest_file: int | None = None) -> Said:
    """The real command, in a process of its own; never a traceback."""
    process = Started(*arguments, "--data", data, largest_file=largest_file)
    out, err = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in err
    assert process.returncode is not None
    return Said(arguments, process.returncode, out, err)


def publish(data: Path, *names: str) -> str | None:
    for name in names:
        plant(data, facts(name, to=f"Les Amis de {name}"))
    return ingest([], Settings(data=data)).release


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory with two acts published."""
    publish(tmp_path / "data", "a.txt", "b.txt")
    return tmp_path / "data"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """disk(options) is a small disk of its own, mounted with these options; skipped where that is not allowed."""
    made: list[Path] = []

    def mount(options: str, path: Path | None = None) -> Path:
        path = path or tmp_path / f"disk{len(made)}"
        path.mkdir(exist_ok=True)
        told = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(path)], capture_output=True, check=False
        )
        if told.returncode:
            pytest.skip("mounting a disk is not allowed here")
        made.append(path)
        return path

    if shutil.which("mount") is None:
        pytest.skip("no mount")
    yield mount
    for path in made:
        subprocess.run(["umount", "-l", str(path)], check=False)


@pytest.mark.parametrize("megabytes", [3, 4])
def test_a_full_disk_leaves_the_release_and_room_made_is_all_it_takes(
    disk: Callable[..., Path], megabytes: int
) -> None:
    folder = disk(f"size={megabytes}m")
    live = publish(folder / "data", "a.txt")
    plant(folder / "data", facts("b.txt", to="Les Amis du Train"))
    filler = folder / "rempli"
    filler.write_bytes(b"x" * (shutil.disk_usage(folder).free - 40_000))
    told = command(folder / "data", "ingest", SAMPLE.parent / "absent.txt")
    assert told.returncode == 1
    assert "No space left" in told.stderr or "disk is full" in told.stderr
    assert "la place" in told.stderr
    release = current(folder / "data")
    assert release is not None
    assert release.id == live
    assert len(release.store()) > 0
    filler.unlink()
    subprocess.run(["mount", "-o", "remount,size=30m", str(folder)], check=True)
    assert len(ingest([], Settings(data=folder / "data")).published) == 2


@pytest.mark.parametrize("limit", [1_000, 30_000, 60_000, 100_000])
def test_no_file_may_grow_beyond_a_bound(data: Path, limit: int) -> None:
    """RLIMIT_FSIZE fails where a disk fills up at another write."""
    live = history(data)[0].id
    plant(data, facts("c.txt", to="Les Amis du Vélo"))
    told = command(data, "ingest", SAMPLE.parent / "absent.txt", largest_file=limit)
    assert told.returncode == 1
    assert told.stderr.strip()
    assert history(data)[0].id == live
    assert len(ingest([], Settings(data=data)).published) == 3


def test_a_disk_that_is_read_only_is_served_and_told(disk: Callable[..., Path]) -> None:
    folder = disk("size=30m")
    publish(folder / "data", "a.txt")
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    told = command(folder / "data", "ingest", SAMPLE)
    assert told.returncode == 1
    assert "Read-only" in told.stderr
    assert "droits" in told.stderr
    with running(Settings(data=folder / "data")) as url:
        assert "Les Amis de a.txt" in httpx.get(f"{url}/organisation", timeout=PATIENCE).text
        assert httpx.get(f"{url}/sparql", params={"query": "ASK { ?s ?p ?o }"}, timeout=PATIENCE).status_code == 200


def flip(path: Path) -> None:
    """Change bytes all over a file."""
    content = bytearray(path.read_bytes())
    for place in range(50, len(content) - 60, 61):
        content[place] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize("harm", ["flipped", "gone", "cut", "no store"])
def test_a_damaged_store_is_told_by_the_service_and_mended_by_the_next_ingest(data: Path, harm: str) -> None:
    release = current(data)
    assert release is not None
    for path in release.store_path.glob("*.sst"):
        if harm == "flipped":
            flip(path)
        elif harm == "cut":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        elif harm == "gone":
            path.unlink()
    if harm == "no store":
        shutil.rmtree(release.store_path)
    with running(Settings(data=data)) as url, httpx.Client(base_url=url, timeout=PATIENCE) as http:
        answer = http.get("/queries/acts.json")
        assert answer.status_code == 503
        assert "ingest" in answer.json()["detail"]
        told = command(data, "ingest", "--fresh", SAMPLE)
        assert told.returncode == 0
        assert http.get("/queries/acts.json").status_code == 200


def test_damage_met_while_reading_is_told_with_what_to_do(data: Path) -> None:
    """Files whose head and index are sound are opened; what stands in them cannot be read."""
    release = current(data)
    assert release is not None
    for path in release.store_path.glob("*.sst"):
        content = bytearray(path.read_bytes())
        for place in range(20, len(content) // 4, 61):  # data come first in a file, its index last
            content[place] ^= 0xFF
        path.write_bytes(content)
    base = Settings().base
    with running(Settings(data=data)) as url, httpx.Client(base_url=url, timeout=PATIENCE) as http:
        for address in (
            "/id/document/none.ttl",
            "/graph/identities.ttl",
            f"/sparql?query=SELECT%20*%20%7B%20%3C{base}/id/document/x%3E%20%3Fp%20%3Fo%20%7D",
            "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D",
        ):
            answer = http.get(address)
            assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json"), address
            assert answer.json()["type"].endswith("store-damaged")
            assert "--fresh" in answer.json()["detail"]
            assert answer.headers["retry-after"]
        page = http.get("/review/report?thing=organisation/les-amis", headers={"Accept": "text/html"})
        assert page.status_code == 503
        assert "--fresh" in page.text
        assert command(data, "ingest", "--fresh", SAMPLE).returncode == 0
        assert http.get("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D").status_code == 200


@pytest.mark.parametrize("harm", ["rubbish", "cut"])
def test_a_damaged_registry_is_told_with_the_remedy(data: Path, harm: str) -> None:
    """Addresses cannot be made up again: a backup has them."""
    path = data / "identities.sqlite"
    path.write_bytes(os.urandom(9000) if harm == "rubbish" else path.read_bytes()[:5000])
    plant(data, facts("c.txt", to="Les Amis du Vélo"))
    live = history(data)[0].id
    told = command(data, "ingest", SAMPLE)
    assert told.returncode == 1
    assert "identities.sqlite" in told.stderr
    assert "Restaurer" in told.stderr
    assert history(data)[0].id == live


def test_a_damaged_record_is_told_by_its_name(data: Path) -> None:
    record = next((data / "documents").glob("*.json"))
    record.write_text("{")
    told = command(data, "ingest", SAMPLE)
    assert told.returncode == 1
    assert record.name in told.stderr


def test_a_clock_that_goes_back_changes_no_order(data: Path) -> None:
    """A release made in 2031 by a wrong clock, then the right one: numbers order releases, not dates."""
    release = current(data)
    assert release is not None
    manifest = json.loads((release.path / "manifest.json").read_text())
    later = (dt.datetime.now(dt.UTC) + dt.timedelta(days=1500)).isoformat(timespec="seconds")
    (release.path / "manifest.json").write_text(json.dumps(manifest | {"created": later}))
    for path in data.rglob("*"):
        os.utime(path, (2e9, 2e9), follow_symlinks=False)
    after = publish(data, "c.txt")
    assert after is not None
    assert [each.id for each in history(data)] == [after, release.id]
    assert len(ingest([], Settings(data=data)).published) == 3
    with running(Settings(data=data)) as url:
        assert "Les Amis de c.txt" in httpx.get(f"{url}/organisation", timeout=PATIENCE).text


def test_two_ingests_at_once_both_come_through_in_turn(tmp_path: Path) -> None:
    both = [
        Started("ingest", path, "--data", tmp_path / "data", "--wait", 200)
        for path in (SAMPLE, SAMPLE.with_name("exemple-2024-09-12-reussite-educative.txt"))
    ]
    for process in both:
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said
    assert len(DocumentStore(tmp_path / "data").accepted()) == 2
    release = current(tmp_path / "data")
    assert release is not None
    assert release.manifest["counts"]["documents"] == 2


def _greedy(item: str) -> str:
    if item == "énorme":
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
        bytearray(4 << 30)
    if item == "tué":
        os.kill(os.getpid(), signal.SIGKILL)
    return item.upper()


def test_a_worker_without_memory_costs_its_document_and_no_other(tmp_path: Path) -> None:
    outcomes = list(pool.run(_greedy, ["a", "énorme", "tué", "b"], workers=2, timeout=PATIENCE))
    assert sorted(each.value for each in outcomes if isinstance(each, pool.Done)) == ["A", "B"]
    crashed = [each for each in outcomes if isinstance(each, pool.Crashed)]
    assert sorted(each.item for each in crashed) == ["tué", "énorme"]
    for each in crashed:
        task = ReadingTask("0" * 64, each.item, "x", tmp_path, tmp_path)
        refusal = _refusal(pool.Crashed(task, each.exit_code, each.timed_out, each.log), each.item)
        assert refusal.reason == "la lecture a manqué de mémoire"
        assert "--workers 1" in refusal.remedy
    assert not isinstance(crashed[0], DocumentError)
