"""A backup made while others read and write is restored whole, or not at all, and within its folder."""

import io
import json
import sqlite3
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from graph.canonical import canonical_hash
from graph.release import current, history
from service.backup import BackupError, backup, restore
from service.backup.snapshot import snapshot
from service.ingest import ingest
from service.ingest.remove import Wish, bring_back, remove
from service.ingest.report import unwatched
from service.settings import Settings
from tests.service.conftest import PATIENCE, running
from tests.service.processes import Started

Plant = Callable[..., str]


@pytest.fixture
def data(tmp_path: Path, plant: Plant) -> Path:
    """Two acts, one of them in quarantine, and a judgement in the log."""
    data = tmp_path / "data"
    plant(data, "livre.txt")
    plant(data, "sans-date.txt", date=None)
    ingest([], Settings(data=data))
    (data / "curation").mkdir()
    (data / "curation" / "judgements.jsonl").write_text("")
    return data


def content(data: Path) -> str:
    release = current(data)
    assert release is not None
    return canonical_hash(release.store())


@pytest.mark.parametrize("name", ["s.tar.gz", "s.tar.zst", "s.tar"])
def test_what_is_restored_is_served_and_ingested_into_as_before(
    data: Path, tmp_path: Path, plant: Plant, name: str
) -> None:
    saved = backup(data, tmp_path / name)
    assert (saved.documents, saved.release) == (2, history(data)[0].id)
    assert restore(tmp_path / name, tmp_path / "new").release == saved.release
    assert content(tmp_path / "new") == content(data)
    with running(Settings(data=tmp_path / "new")) as url:
        assert "Amis du Livre" in httpx.get(f"{url}/organisation", timeout=PATIENCE).text
    again = ingest([], Settings(data=tmp_path / "new"))
    assert (again.changed, len(again.quarantined)) == (False, 1)
    for each in (data, tmp_path / "new"):
        plant(each, "velo.txt", to="Les Amis du Vélo")
        ingest([], Settings(data=each))
    assert content(tmp_path / "new") == content(data), "addresses are those that would have been given"
    assert not list(data.glob(".backup-*"))


def test_while_the_service_answers_and_ingests_follow_one_another(data: Path, tmp_path: Path, plant: Plant) -> None:
    """Each backup is a state that was: its release is whole, its documents are accepted ones."""
    stop = threading.Event()
    failures: list[BaseException] = []

    def ingesting() -> None:
        try:
            for number in range(1000):
                if stop.is_set():
                    return
                plant(data, f"{number}.txt", amount=number)
                ingest([], Settings(data=data, keep_releases=1))
        except BaseException as error:
            failures.append(error)
            raise

    writer = threading.Thread(target=ingesting)
    with running(Settings(data=data)) as url, httpx.Client(base_url=url, timeout=PATIENCE) as http:
        writer.start()
        try:
            for number in range(4):
                saved = backup(data, tmp_path / f"{number}.tar.zst")
                restore(saved.path, tmp_path / f"new{number}")
                until = time.monotonic() + PATIENCE
                while (page := http.get("/organisation")).status_code == 503 and time.monotonic() < until:
                    assert "retry-after" in page.headers  # a busy machine says so, and answers later
                    time.sleep(0.2)
                assert page.status_code == 200
        finally:
            stop.set()
            writer.join(PATIENCE)
    assert not failures
    for number in range(4):
        new = tmp_path / f"new{number}"
        release = current(new)
        assert release is not None
        assert len(list(release.store().named_graphs())) > 2
        report = ingest([], Settings(data=new))
        assert len(report.published) + len(report.quarantined) == len(list((new / "documents").glob("*.json")))


def test_removed_documents_stay_removed_and_the_bin_is_saved(data: Path, tmp_path: Path) -> None:
    wish = Wish(("livre.txt",), "doublon", "Le greffe")
    remove(wish, Settings(data=data), unwatched)
    backup(data, tmp_path / "s.tar.gz")
    restore(tmp_path / "s.tar.gz", tmp_path / "new")
    assert ingest([], Settings(data=tmp_path / "new")).published == []
    assert len(list((tmp_path / "new" / "bin").iterdir())) == 1
    assert [each.key for each in bring_back(["livre.txt"], Settings(data=tmp_path / "new"), unwatched).removals]


def test_a_judgement_half_written_is_left_out_and_the_registry_is_whole(data: Path) -> None:
    log = data / "curation" / "judgements.jsonl"
    log.write_text('{"a": 1}\n{"b": ')
    with sqlite3.connect(data / "identities.sqlite") as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM signature")
        with snapshot(data) as (aside, _):
            assert (aside / "curation" / "judgements.jsonl").read_text() == '{"a": 1}\n'
            with sqlite3.connect(aside / "identities.sqlite") as copy:
                assert copy.execute("SELECT count(*) > 0 FROM signature").fetchone() == (1,)
        writer.rollback()


def test_nothing_is_ever_overwritten(data: Path, tmp_path: Path) -> None:
    backup(data, tmp_path / "s.tar.gz")
    with pytest.raises(BackupError, match="existe déjà"):
        backup(data, tmp_path / "s.tar.gz")
    with pytest.raises(BackupError, match="n'est pas vide"):
        restore(tmp_path / "s.tar.gz", data)
    with pytest.raises(BackupError, match=r"NOM\.tar\.gz"):
        backup(data, tmp_path / "s.zip")
    with pytest.raises(BackupError, match="pas un dossier de données"):
        backup(tmp_path, tmp_path / "t.tar.gz")


@pytest.fixture
def saved(data: Path, tmp_path: Path) -> Path:
    return backup(data, tmp_path / "s.tar").path


def members(path: Path) -> Iterator[tuple[tarfile.TarInfo, bytes]]:
    with tarfile.open(path) as tar:
        for member in tar:
            stream = tar.extractfile(member)
            assert stream is not None
            yield member, stream.read()


def rewritten(path: Path, change: Callable[[tarfile.TarInfo, bytes], list[tuple[tarfile.TarInfo, bytes]]]) -> Path:
    """The archive with each member changed."""
    other = path.with_name("other.tar")
    with tarfile.open(other, "w") as tar:
        for member, body in members(path):
            for new, content in change(member, body):
                new.size = len(content)
                tar.addfile(new, io.BytesIO(content))
    return other


def test_a_changed_a_missing_and_an_added_file_are_found_out(saved: Path, tmp_path: Path) -> None:
    def flipped(member: tarfile.TarInfo, body: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
        return [(member, body[:-1] + b"?" if member.name.startswith("facts/") else body)]

    def missing(member: tarfile.TarInfo, body: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
        return [] if member.name.startswith("facts/") else [(member, body)]

    def added(member: tarfile.TarInfo, body: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
        return [
            (member, body),
            *([(tarfile.TarInfo("facts/de-plus.json"), b"{}")] if member.name == "backup.json" else []),
        ]

    for change in (flipped, missing, added):
        with pytest.raises(BackupError, match="ne sont pas ceux qui furent sauvegardés"):
            restore(rewritten(saved, change), tmp_path / "new")
        assert not (tmp_path / "new").exists()
        assert not list(tmp_path.glob(".new.*"))


@pytest.mark.parametrize(
    "name",
    [
        "../dehors",
        "/tmp/dehors",
        "documents/../../dehors",
        "documents//x",
        "./documents/x",
        "lock",
        "documents\\..\\x",
        "a/b",
    ],
)
def test_names_that_lead_elsewhere_are_refused(saved: Path, tmp_path: Path, name: str) -> None:
    def led(member: tarfile.TarInfo, body: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
        return [(tarfile.TarInfo(name), b"x"), (member, body)] if member.name == "backup.json" else [(member, body)]

    with pytest.raises(BackupError, match="archive refusée"):
        restore(rewritten(saved, led), tmp_path / "in" / "new")
    assert not list(tmp_path.rglob("dehors"))
    assert not (tmp_path / "in" / "new").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE])
def test_links_and_devices_are_refused(saved: Path, tmp_path: Path, kind: bytes) -> None:
    def odd(member: tarfile.TarInfo, body: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
        link = tarfile.TarInfo("documents/lien")
        link.type, link.linkname = kind, "/etc/passwd"
        return [(link, b""), (member, body)] if member.name == "backup.json" else [(member, body)]

    with pytest.raises(BackupError, match="archive refusée"):
        restore(rewritten(saved, odd), tmp_path / "new")


def test_an_archive_that_is_cut_or_is_none_is_told(saved: Path, data: Path, tmp_path: Path) -> None:
    for name in ("c.tar.gz", "c.tar.zst", "c.tar"):
        whole = backup(data, tmp_path / name).path
        whole.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
        with pytest.raises(BackupError, match=r"abîmée|incomplète|ne sont pas"):
            restore(whole, tmp_path / "new")
        whole.write_bytes(b"rien de tel" * 100)
        with pytest.raises(BackupError, match=r"abîmée|pas une sauvegarde"):
            restore(whole, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_damaged_release_is_not_saved_over_a_sound_one(data: Path, tmp_path: Path) -> None:
    release = current(data)
    assert release is not None
    (release.path / "manifest.json").write_text("{")
    with pytest.raises(BackupError, match="abîmée"):
        backup(data, tmp_path / "s.tar.gz")
    assert not list(tmp_path.glob("s.tar.gz*"))


def test_the_commands(data: Path, tmp_path: Path) -> None:
    def say(*arguments: object) -> tuple[int | None, str, str]:
        process = Started(*arguments)
        out, err = process.communicate(timeout=PATIENCE)
        return process.returncode, out, err

    file = tmp_path / "s.tar.zst"
    _, out, _ = say("backup", file, "--data", data, "--json")
    assert json.loads(out)["documents"] == 2
    code, out, _ = say("restore", file, "--data", tmp_path / "new")
    assert (code, "en ligne" in out) == (0, True)
    code, _, err = say("restore", file, "--data", data)
    assert (code, "n'est pas vide" in err) == (1, True)
    assert "Traceback" not in err
