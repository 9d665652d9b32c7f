"""A removed document leaves nothing in what is published, its addresses say why, and it comes back only when asked."""

import gzip
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode

from graph.release import current
from service.ingest import ingest
from service.ingest.documents import DocumentStore
from service.ingest.removals import Removal, Removals
from service.ingest.remove import RemovalError, Wish, bring_back, remove, removed
from service.ingest.report import unwatched
from service.settings import Settings
from tests.service.conftest import PATIENCE, running

Plant = Callable[..., str]
SAMPLE = Path(__file__).parents[3] / "samples" / "exemple-2023-03-16-creativ.txt"
OTHER = SAMPLE.with_name("exemple-2024-09-12-reussite-educative.txt")


def wish(*documents: str, purge: bool = False, reason: str = "acte annulé") -> Wish:
    return Wish(documents, reason, "Le greffe", purge)


def dump(data: Path) -> str:
    release = current(data)
    assert release is not None
    return gzip.decompress(release.dump.read_bytes()).decode()


@pytest.fixture
def data(tmp_path: Path, plant: Plant) -> Path:
    """Two published acts of one sitting; each gives to an association of its own."""
    plant(tmp_path, "livre.txt")
    plant(tmp_path, "train.txt", to="Les Amis du Train", amount=2000)
    ingest([], Settings(data=tmp_path))
    return tmp_path


def things(data: Path) -> set[str]:
    release = current(data)
    assert release is not None
    found = release.store().quads_for_pattern(None, None, None, None)
    return {
        quad.subject.value for quad in found if isinstance(quad.subject, NamedNode) and "/id/" in quad.subject.value
    }


def test_what_a_removed_document_said_is_nowhere(data: Path) -> None:
    outcome = remove(wish("train.txt"), Settings(data=data), unwatched)
    assert outcome.report.changed
    assert [d.file for d in outcome.report.published] == ["livre.txt"]
    release = current(data)
    assert release is not None
    assert "Amis du Train" not in dump(data)
    with sqlite3.connect(release.search_index) as index:
        assert index.execute("SELECT count(*) FROM item WHERE label LIKE '%Amis du Train%'").fetchone() == (0,)
    with sqlite3.connect(release.path / "ledger.sqlite") as ledger:
        assert [row[0] for row in ledger.execute("SELECT amount FROM line")] == [10_000_000]
    assert len(list((release.path / "texts").iterdir())) == 1


def test_it_comes_back_with_the_same_addresses(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, workers=1)
    ingest([SAMPLE, OTHER], settings)
    before, text = things(tmp_path), dump(tmp_path)
    remove(wish(SAMPLE.name), settings, unwatched)
    without = Settings(data=tmp_path / "without", workers=1)
    ingest([OTHER], without)
    assert dump(tmp_path) == dump(without.data)
    outcome = bring_back([SAMPLE.name], settings, unwatched)
    assert things(tmp_path) == before
    assert dump(tmp_path) == text
    assert outcome.report.exit_code == 0
    assert not removed(settings)
    assert not list((tmp_path / "bin").iterdir())


def test_its_addresses_answer_410_with_the_reason_and_shared_ones_stay(data: Path) -> None:
    before = things(data)
    key = remove(wish("train.txt"), Settings(data=data), unwatched).removals[0].key
    after = things(data)
    with running(Settings(data=data)) as url, httpx.Client(base_url=url, timeout=PATIENCE) as http:
        gone = sorted(iri.removeprefix("http://localhost:8000") for iri in before - after)
        assert {path.split("/")[2] for path in gone} >= {"document", "deliberation", "funding", "organisation"}
        for path in (*gone, f"/graph/{key}", f"/document/{key}", f"/document/{key}.json", f"{gone[0]}.ttl"):
            answer = http.get(path, headers={"Accept": "application/json"})
            assert answer.status_code == 410, path
            assert "acte annulé" in answer.json()["detail"]
        for iri in after:
            assert http.get(iri.removeprefix("http://localhost:8000")).status_code in (200, 303), iri
        assert http.get("/id/organisation/jamais-vue").status_code == 404
        assert "acte annulé" in http.get(f"/document/{key}", headers={"Accept": "text/html"}).text


def test_the_release_names_nothing_of_what_was_removed(data: Path) -> None:
    """Not even among the addresses that are gone: they hold names."""
    remove(wish("train.txt"), Settings(data=data), unwatched)
    release = current(data)
    assert release is not None
    told = (release.path / "removed.json").read_text()
    assert "train" not in told.lower()
    assert "acte annulé" in told


def test_erasing_leaves_no_byte_of_it_and_no_older_release(data: Path) -> None:
    outcome = remove(wish("train.txt", purge=True), Settings(data=data), unwatched)
    assert outcome.removals[0].erased
    assert [path.name for path in (data / "releases").iterdir() if path.name[0] != "."] == [outcome.report.release]
    files = [p for p in data.rglob("*") if p.is_file() and p.name != "identities.sqlite"]
    assert not [path for path in files if b"Amis du Train" in path.read_bytes() or b"train.txt" in path.read_bytes()]


def test_one_that_was_removed_can_be_erased_later(data: Path) -> None:
    remove(wish("train.txt"), Settings(data=data), unwatched)
    assert len(list((data / "bin").iterdir())) == 1
    key = remove(wish("train.txt", purge=True), Settings(data=data), unwatched).removals[0].key
    assert not list((data / "bin").iterdir())
    with pytest.raises(RemovalError, match="--take-back"):
        bring_back([key], Settings(data=data), unwatched)


@pytest.mark.parametrize("purge", [False, True])
def test_a_folder_does_not_bring_back_what_was_removed(tmp_path: Path, purge: bool) -> None:
    """The file itself does, where it was not erased; --take-back always does."""
    folder, settings = tmp_path / "actes", Settings(data=tmp_path / "data", workers=1)
    folder.mkdir()
    file = folder / SAMPLE.name
    file.write_bytes(SAMPLE.read_bytes())
    first = ingest([folder], settings)
    before = things(settings.data)
    remove(wish(SAMPLE.name, purge=purge), settings, unwatched)
    again = ingest([folder], settings)
    assert (again.published, again.exit_code) == ([], 0)
    assert "acte annulé" in str(again.kept_out[0])
    assert not (settings.data / "documents" / first.published[0].key).exists()
    named = ingest([file], settings)
    assert (len(named.published), bool(named.back)) == ((0, False) if purge else (1, True))
    back = ingest([folder], settings, take_back=True)
    assert [d.key for d in back.published] == [d.key for d in first.published]
    assert things(settings.data) == before
    assert not removed(settings)


@pytest.mark.parametrize("by", ["key", "hash", "address", "file"])
def test_documents_are_named_by_key_hash_address_or_file(data: Path, tmp_path: Path, by: str) -> None:
    store = DocumentStore(data)
    record = store.accepted()[0]
    copy = tmp_path / "copie.txt"
    copy.write_bytes(store.raw_path(record.sha256).read_bytes())
    said = {
        "key": record.key,
        "hash": record.sha256,
        "address": f"http://localhost:8000/document/{record.key}",
        "file": str(copy),
    }
    outcome = remove(wish(said[by]), Settings(data=data), unwatched)
    assert [each.sha256 for each in outcome.removals] == [record.sha256]


def test_what_may_be_several_documents_or_none_removes_nothing(data: Path, plant: Plant) -> None:
    plant(data, "livre.txt", amount=5)
    with pytest.raises(RemovalError, match="2 documents portent ce nom"):
        remove(wish("livre.txt"), Settings(data=data), unwatched)
    with pytest.raises(RemovalError, match="aucun document connu"):
        remove(wish("train.txt", "absent.pdf"), Settings(data=data), unwatched)
    assert len(DocumentStore(data).accepted()) == 3


def test_the_last_document_can_be_removed_and_one_in_quarantine_too(tmp_path: Path, plant: Plant) -> None:
    settings = Settings(data=tmp_path)
    plant(tmp_path, "sans-date.txt", date=None)
    ingest([], settings)
    remove(wish("sans-date.txt", purge=True), settings, unwatched)
    assert not list((tmp_path / "quarantine").iterdir())
    plant(tmp_path, "a.txt")
    ingest([], settings)
    assert remove(wish("a.txt"), settings, unwatched).report.published == []
    assert not [iri for iri in things(tmp_path) if "/id/deliberation/" in iri]


@pytest.mark.parametrize("purge", [False, True])
def test_a_removal_killed_half_way_is_completed_by_the_next_writer(data: Path, purge: bool) -> None:
    """Killed as soon as the removal is noted: the document, its facts and its bytes are all still there."""
    settings, store = Settings(data=data), DocumentStore(data)
    record = next(r for r in store.accepted() if r.names == ("train.txt",))
    outcome = remove(wish("train.txt", purge=purge), settings, unwatched)
    told = data / "removed" / f"{record.sha256}.json"
    noted = told.read_bytes()
    told.unlink()
    (data / "bin" / record.sha256).unlink(missing_ok=True)
    store.raw_path(record.sha256).write_text("Séance")
    store.accept(record)
    told.write_bytes(noted)
    report = ingest([], settings)
    assert report.release == outcome.report.release
    assert [d.file for d in report.published] == ["livre.txt"]
    assert not store.raw_path(record.sha256).exists()
    assert (data / "bin" / record.sha256).exists() is not purge
    assert json.loads(noted)["author"] == "Le greffe"


def test_the_bin_keeps_nothing_that_no_removal_speaks_of(data: Path) -> None:
    remove(wish("train.txt"), Settings(data=data), unwatched)
    (data / "bin" / ("0" * 64)).write_text("oublié")
    Removals(data, DocumentStore(data)).complete()
    assert [path.name for path in (data / "bin").iterdir()] == [each.sha256 for each in removed(Settings(data=data))]


def test_erasing_that_is_killed_before_its_end_is_ended_by_the_next_ingest(data: Path) -> None:
    """Older releases hold what is erased until the new one is live: they go then, whoever publishes."""
    settings = Settings(data=data)
    store = DocumentStore(data)
    record = next(r for r in store.accepted() if r.names == ("train.txt",))
    removals = Removals(data, store)
    removals.purging()
    removals.add(
        Removal(sha256=record.sha256, names=(), at="2026-11-27T20:00:00+00:00", reason="", author="", record=None)
    )
    ingest([], settings)
    assert not [path for path in data.rglob("*") if path.is_file() and b"Amis du Train" in path.read_bytes()]
