"""From facts to the live release: what is held back influences nothing, and nothing depends on the order."""

import gzip
import itertools
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from graph.canonical import canonical_hash
from graph.rdf import with_union
from graph.release import current, storing
from graph.resolve.incremental.state import FILE
from service.ingest import IngestReport, ingest
from service.ingest.documents import DocumentStore
from service.settings import Settings

Plant = Callable[..., str]


def publish(data: Path) -> IngestReport:
    return ingest([], Settings(data=data))


def dump(data: Path) -> str:
    release = current(data)
    assert release is not None
    return gzip.decompress(release.dump.read_bytes()).decode()


def minted(data: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(data / "identities.sqlite") as db:
        return sorted(db.execute("SELECT kind, key FROM entity"))


def test_what_passes_is_published_and_what_does_not_is_held_with_its_report(tmp_path: Path, plant: Plant) -> None:
    plant(tmp_path, "bon.txt")
    key = plant(tmp_path, "sans-date.txt", date=None, to="Les Amis du Train")
    report = publish(tmp_path)
    assert [d.file for d in report.published] == ["bon.txt"]
    assert [d.file for d in report.quarantined] == ["sans-date.txt"]
    assert report.exit_code == 1
    assert any("date" in violation for violation in report.quarantined[0].violations)
    assert "Amis du Livre" in dump(tmp_path)
    assert "Amis du Train" not in dump(tmp_path)
    folder = tmp_path / "quarantine" / key
    assert sorted(p.name for p in folder.iterdir()) == ["document.txt", "facts.json", "report.json", "report.ttl"]
    assert "Amis du Train" in (folder / "document.txt").read_text()
    assert json.loads((folder / "facts.json").read_text())["file_name"] == "sans-date.txt"
    assert any(r["severity"] == "violation" for r in json.loads((folder / "report.json").read_text())["results"])
    assert len(Graph().parse(folder / "report.ttl")) > 0


def test_what_is_remembered_of_the_resolution_may_be_lost_or_damaged(tmp_path: Path, plant: Plant) -> None:
    """It is a cache: whatever happens to it, the next release is the one that would have been made."""
    whole, lost, torn, cut = (tmp_path / name for name in ("whole", "lost", "torn", "cut"))
    for data in (whole, lost, torn, cut):
        plant(data, "a.txt")
        publish(data)
        plant(data, "b.txt", to="Les Amis du Train")
    (lost / FILE).unlink()
    (torn / FILE).write_bytes(b"rien de bon" * 1000)
    content = bytearray((cut / FILE).read_bytes())
    content[8192:] = bytes(len(content) - 8192)
    (cut / FILE).write_bytes(content)
    for data in (whole, lost, torn, cut):
        assert len(publish(data).published) == 2
        assert dump(data) == dump(whole)
        assert minted(data) == minted(whole)


@pytest.mark.parametrize("harm", ["lost", "cut", "an older release"])
def test_what_is_kept_of_the_whole_may_be_lost_damaged_or_of_another_release(
    harm: str, tmp_path: Path, plant: Plant
) -> None:
    whole, data = tmp_path / "whole", tmp_path / "data"
    for each in (whole, data):
        plant(each, "a.txt")
        publish(each)
    path = data / "cache" / "whole.sqlite"
    before, state = path.read_bytes(), path.with_suffix(".json").read_text()
    for each in (whole, data):
        plant(each, "b.txt", to="Les Amis du Train")
    if harm == "lost":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(before[:8192])
    publish(data)
    if harm == "an older release":
        path.write_bytes(before)
        path.with_suffix(".json").write_text(state)
    publish(whole)
    for each in (whole, data):
        plant(each, "c.txt", to="Les Amis du Vélo")
        publish(each)
    assert dump(data) == dump(whole)
    assert stored(data) == stored(whole)


def stored(data: Path) -> str:
    """The store of the live release, canonically."""
    release = current(data)
    assert release is not None
    return canonical_hash(release.store())


def test_the_graph_of_identities_is_not_compared_where_what_differs_is_known(
    tmp_path: Path, plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It grows with the acts, of which one changes some lines."""
    compared: list[str] = []
    known = storing._difference

    def difference(store: ox.Store, graph: ox.NamedNode, lines: bytes) -> tuple[list[ox.Quad], bytes]:
        compared.append(graph.value)
        return known(store, graph, lines)

    monkeypatch.setattr(storing, "_difference", difference)
    monkeypatch.setattr("graph.release.builder.SHARE", 10.0)
    for number in range(6):
        plant(tmp_path, f"{number}.txt", to=f"Les Amis du Livre numéro {number}")
        publish(tmp_path)
        lines = dump(tmp_path).encode()
        assert stored(tmp_path) == canonical_hash(ox.parse(with_union(lines), format=ox.RdfFormat.N_QUADS))
    assert compared
    assert not [name for name in compared if name.endswith("/identities")]


def test_quarantined_document_influences_nothing_that_is_published(tmp_path: Path, plant: Plant) -> None:
    """Neither merges nor minted keys: the release is the one made without it, byte for byte."""
    alone, mixed = tmp_path / "alone", tmp_path / "mixed"
    for data in (alone, mixed):
        plant(data, "a.txt")
        plant(data, "b.txt", to="Les Amis du Livre")
    plant(mixed, "0-sans-date.txt", date=None, to="LES AMIS DU LIVRE")
    publish(alone)
    report = publish(mixed)
    assert len(report.quarantined) == 1
    assert dump(alone) == dump(mixed)
    assert minted(alone) == minted(mixed)


def test_document_that_passes_later_leaves_the_quarantine(tmp_path: Path, plant: Plant) -> None:
    key = plant(tmp_path, "acte.txt", date=None)
    plant(tmp_path, "autre.txt")
    publish(tmp_path)
    assert (tmp_path / "quarantine" / key).is_dir()
    store = DocumentStore(tmp_path)
    path = next(store.facts_path(r.sha256) for r in store.accepted() if r.key == key)
    path.write_text(path.read_text().replace('"date":null', '"date":"2023-03-16"'))
    report = publish(tmp_path)
    assert not report.quarantined
    assert len(report.published) == 2
    assert not (tmp_path / "quarantine" / key).exists()


def test_what_two_documents_say_counts_once_for_a_query(tmp_path: Path, plant: Plant) -> None:
    """One act as text and as PDF: the default graph is a set, so that a plain sum of amounts is right."""
    plant(tmp_path, "acte.txt", title="Soutien aux Amis du Livre")
    plant(tmp_path, "acte.pdf", title="Soutien aux Amis du Livre")
    publish(tmp_path)
    release = current(tmp_path)
    assert release is not None
    query = """PREFIX dg: <https://w3id.org/delibgraph/ns#>
        SELECT (COUNT(?f) AS ?n) (SUM(?a) AS ?sum) { ?f a dg:Funding ; dg:amount ?a ; dg:decidedBy/dg:session ?s }"""
    [row] = release.store().query(query)
    assert (row["n"].value, row["sum"].value) == ("1", "1000")


def test_nothing_that_passes_makes_no_release(tmp_path: Path, plant: Plant) -> None:
    plant(tmp_path, "sans-date.txt", date=None)
    report = publish(tmp_path)
    assert report.release is None
    assert len(report.quarantined) == 1
    assert not (tmp_path / "current").exists()


def test_same_documents_make_the_same_release(tmp_path: Path, plant: Plant) -> None:
    plant(tmp_path, "a.txt")
    first = publish(tmp_path)
    again = publish(tmp_path)
    assert (first.changed, again.changed) == (True, False)
    assert first.release == again.release


def count(data: Path, kind: str) -> int:
    release = current(data)
    assert release is not None
    return len(list(release.store().query(f"SELECT ?x {{ ?x a <https://w3id.org/delibgraph/ns#{kind}> }}")))


def test_unsure_readings_are_kept_and_told(tmp_path: Path, plant: Plant) -> None:
    plant(tmp_path, "sûr.txt")
    plant(tmp_path, "moins.txt", amount=77, confidence=0.31)
    report = publish(tmp_path)
    assert (report.to_review, report.exit_code) == (1, 0)
    assert report.as_dict()["to_review"] == 1
    assert sorted(d.file for d in report.published) == ["moins.txt", "sûr.txt"]
    assert (count(tmp_path, "Funding"), count(tmp_path, "FundingToReview")) == (1, 1)


def test_one_reading_in_two_copies_of_an_act_is_one(tmp_path: Path, plant: Plant) -> None:
    plant(tmp_path, "acte.txt", title="Soutien", confidence=0.31)
    plant(tmp_path, "acte.pdf", title="Soutien", confidence=0.42)
    assert publish(tmp_path).to_review == 1


def test_a_copy_read_surely_publishes_what_another_only_proposes(tmp_path: Path, plant: Plant) -> None:
    """The two never make one node that is both: the reading has an IRI of its own."""
    plant(tmp_path, "acte.txt", title="Soutien", confidence=0.31)
    plant(tmp_path, "acte.pdf", title="Soutien", confidence=0.93)
    assert publish(tmp_path).to_review == 1
    assert (count(tmp_path, "Funding"), count(tmp_path, "FundingToReview")) == (1, 1)
    assert "/id/reading/" in dump(tmp_path)


def test_another_threshold_makes_another_release(tmp_path: Path, plant: Plant) -> None:
    """What is published depends on it, and each release tells it, even where no reading changes sides."""
    plant(tmp_path, "a.txt", confidence=0.31)
    first = publish(tmp_path)
    same = ingest([], Settings(data=tmp_path, publish_threshold=0.65))
    lower = ingest([], Settings(data=tmp_path, publish_threshold=0.31))
    lowest = ingest([], Settings(data=tmp_path, publish_threshold=0.0))
    assert [r.changed for r in (first, same, lower, lowest)] == [True, False, True, True]
    assert [r.to_review for r in (first, same, lower, lowest)] == [1, 1, 0, 0]
    assert len({first.release, lower.release, lowest.release}) == 3


def test_over_several_ingests_in_any_order_the_clusters_are_the_same(tmp_path: Path, plant: Plant) -> None:
    """Spellings of one name, documents one by one in each order."""
    names = {"a.txt": "Les Amis du Livre", "b.txt": "LES AMIS DU LIVRE", "c.txt": "association Les Amis du livre"}
    clusters = set()
    for number, order in enumerate(itertools.permutations(names)):
        data = tmp_path / str(number)
        for name in order:
            plant(data, name, to=names[name])
            publish(data)
        release = current(data)
        assert release is not None
        query = "SELECT ?o { ?f <https://w3id.org/delibgraph/ns#beneficiary> ?o }"
        rows = list(release.store().query(query))
        clusters.add((len(rows), len({str(row["o"]) for row in rows})))
    assert clusters == {(3, 1)}


def test_damaged_facts_are_not_published(tmp_path: Path, plant: Plant) -> None:
    """A damaged cache is read again from the document; here the document is no act, so it is told and left out."""
    plant(tmp_path, "a.txt")
    key = plant(tmp_path, "b.txt")
    store = DocumentStore(tmp_path)
    path = next(store.facts_path(r.sha256) for r in store.accepted() if r.key == key)
    path.write_text("{")
    report = publish(tmp_path)
    assert [d.file for d in report.published] == ["a.txt"]
    assert [Path(r.file).name for r in report.refused] == ["b.txt"]
