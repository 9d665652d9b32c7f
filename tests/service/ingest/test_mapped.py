"""What is taken over of the last ingest is what would have been made: whatever came, went and changed in between."""

import datetime as dt
import gzip
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from extract.facts import DocumentFacts
from graph.curation import append
from graph.mapping import map_document
from graph.release import Release, current
from graph.resolve import Judgement
from service.ingest import IngestReport, ingest, settle
from service.ingest.documents import DocumentStore, RecordError
from service.settings import Settings
from tests.examples import examples
from tests.service.conftest import facts
from tests.service.faults.planting import plant

Act = tuple[str, int, str, float]
ACTS = st.tuples(
    st.sampled_from(("Les Amis du Livre", "LES AMIS DU LIVRE", "Amis du livre", "Les Amis du Train")),
    st.integers(1, 2),
    st.sampled_from(("Anne DURAND", "Anne DURANT", "Luc PETIT")),
    st.sampled_from((0.9, 0.3)),
)
STATES = st.lists(st.dictionaries(st.sampled_from("abcd"), ACTS, min_size=1), min_size=2, max_size=3)


def made(name: str, act: Act) -> DocumentFacts:
    to, amount, member, confidence = act
    date = dt.date(2023, 3, 16) if amount == 1 else dt.date(2024, 5, 2)
    return facts(f"{name}.txt", to=to, amount=amount, member=member, confidence=confidence, date=date)


def put(data: Path, acts: Mapping[str, Act]) -> IngestReport:
    """Publish exactly these."""
    told = [made(name, act) for name, act in acts.items()]
    kept = {each.sha256 for each in told}
    for folder in ("documents", "facts"):
        for path in (data / folder).glob("*"):
            if path.stem not in kept:
                path.unlink()
    for each in told:
        if not (data / "documents" / f"{each.sha256}.json").exists():
            plant(data, each)
    return ingest([], Settings(data=data))


def live(data: Path) -> Release:
    release = current(data)
    assert release is not None
    return release


def dump(data: Path) -> str:
    return gzip.decompress(live(data).dump.read_bytes()).decode()


def is_as_made_from_nothing(data: Path, report: IngestReport) -> None:
    """A copy that remembers nothing but addresses gives the same release, to the byte of its dump."""
    twin = data.with_name(f"{data.name}-twin")
    shutil.rmtree(twin, ignore_errors=True)
    forgotten = shutil.ignore_patterns("cache", "releases", "current", "resolution.sqlite")
    shutil.copytree(data, twin, ignore=forgotten)
    anew = ingest([], Settings(data=twin), fresh=True)
    assert live(twin).dump.read_bytes() == live(data).dump.read_bytes()
    assert (live(twin).path / "contents.tsv").read_text() == (live(data).path / "contents.tsv").read_text()
    assert (anew.published, anew.to_review, anew.english) == (report.published, report.to_review, report.english)


@trying(max_examples=examples(2), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=STATES)
def test_whatever_comes_goes_and_changes(tmp_path: Path, states: list[dict[str, Act]]) -> None:
    shutil.rmtree(tmp_path / "data", ignore_errors=True)
    for acts in states:
        is_as_made_from_nothing(tmp_path / "data", put(tmp_path / "data", acts))


@pytest.fixture
def mapped_now(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of documents that were mapped."""
    seen: list[str] = []
    known: Callable[..., object] = map_document

    def watched(told: DocumentFacts, *rest: object) -> object:
        seen.append(told.file_name)
        return known(told, *rest)

    monkeypatch.setattr(settle, "map_document", watched)
    return seen


AMIS: Act = ("Les Amis du Livre", 1, "Anne DURAND", 0.9)
TRAIN: Act = ("Les Amis du Train", 1, "Luc PETIT", 0.9)


def test_what_did_not_change_is_not_mapped_again(tmp_path: Path, mapped_now: list[str]) -> None:
    data = tmp_path / "data"
    put(data, {"a": AMIS, "b": AMIS})
    mapped_now.clear()
    report = put(data, {"a": AMIS, "b": AMIS, "c": TRAIN})
    assert mapped_now == ["c.txt"]
    assert len(report.published) == 3
    ingest([], Settings(data=data), fresh=True)
    assert sorted(mapped_now[1:]) == ["a.txt", "b.txt", "c.txt"]


def test_a_judgement_is_seen_by_what_it_concerns_and_taken_back(tmp_path: Path) -> None:
    data = tmp_path / "data"
    put(data, {"a": AMIS, "b": TRAIN})
    before = dump(data)
    found = re.search(r"/id/(funding/[^>]+)>", before)
    assert found is not None
    log = data / "curation" / "judgements.jsonl"
    told = {"author": "Le greffe", "date": "2026-11-28", "reason": "erreur de lecture"}
    rejected = Judgement.model_validate({"verb": "reject", "left": found[1], **told})
    append(log, rejected)
    report = ingest([], Settings(data=data))
    assert f"/id/{found[1]}> <https://w3id.org/delibgraph/ns#decidedBy>" not in dump(data)
    is_as_made_from_nothing(data, report)
    append(log, Judgement.model_validate({"verb": "undo", "left": rejected.id, **told}))
    ingest([], Settings(data=data))
    assert dump(data).count(found[1]) == before.count(found[1])


@pytest.mark.parametrize("harm", ["rubbish", "graph"])
def test_what_is_damaged_is_made_again(tmp_path: Path, harm: str) -> None:
    data = tmp_path / "data"
    put(data, {"a": AMIS, "b": TRAIN})
    path = data / "cache" / "mapped.sqlite"
    if harm == "rubbish":
        path.write_bytes(b"rien de bon" * 1000)
    else:
        with sqlite3.connect(path) as db:
            db.execute("UPDATE mapped SET graph = zeroblob(100)")
    is_as_made_from_nothing(data, put(data, {"a": AMIS, "b": TRAIN, "c": TRAIN}))


def test_what_is_gone_is_not_remembered(tmp_path: Path) -> None:
    data = tmp_path / "data"
    put(data, {"a": AMIS, "b": TRAIN})
    put(data, {"a": AMIS})
    with sqlite3.connect(data / "cache" / "mapped.sqlite") as db:
        assert db.execute("SELECT count(DISTINCT document) FROM mapped").fetchone() == (1,)


def test_facts_of_what_did_not_change_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of an act published before is held in memory."""
    data = tmp_path / "data"
    put(data, {"a": AMIS, "b": AMIS})
    opened: list[str] = []
    known = DocumentStore._load

    def watched(store: DocumentStore, sha256: str, extractor: str) -> DocumentFacts | None:
        found = known(store, sha256, extractor)
        opened.append("" if found is None else found.file_name)
        return found

    monkeypatch.setattr(DocumentStore, "_load", watched)
    report = put(data, {"a": AMIS, "b": AMIS, "c": TRAIN})
    assert set(opened) == {"c.txt"}
    assert len(report.published) == 3


def test_facts_damaged_behind_our_back_are_told_and_read_again(tmp_path: Path) -> None:
    """A disk that gives other bytes under the same time and size: found out where they are needed."""
    data = tmp_path / "data"
    put(data, {"a": AMIS, "b": TRAIN})
    path = next(path for path in (data / "facts").iterdir() if b"a.txt" in path.read_bytes())
    before = path.stat()
    path.write_bytes(b"x" * before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not ingest([], Settings(data=data)).changed
    with pytest.raises(RecordError, match="sera relu"):
        ingest([], Settings(data=data), fresh=True)
    refused = [Path(refusal.file).name for refusal in ingest([], Settings(data=data), fresh=True).refused]
    assert refused == ["a.txt"], "read again; this one is no act"


@pytest.mark.parametrize("harm", ["rubbish", "gone"])
def test_which_facts_are_good_may_be_forgotten(tmp_path: Path, harm: str) -> None:
    data = tmp_path / "data"
    put(data, {"a": AMIS, "b": TRAIN})
    path = data / "cache" / "checked.sqlite"
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(b"rien de bon" * 1000)
    is_as_made_from_nothing(data, put(data, {"a": AMIS, "b": TRAIN, "c": TRAIN}))
