"""Releases: built aside, swapped at once, kept on failure, not repeated when nothing changed."""

from __future__ import annotations

import json
import os

import pyoxigraph as ox
import pytest
from rdflib import RDF, BNode, Graph, Literal, URIRef

from graph.mapping import map_document, map_identities
from graph.release import BuildOptions, Published, ReleaseError, build, current
from graph.release.layout import sync_tree
from graph.resolve import Registry, resolve

BASE = "http://localhost:8000"


def _publish(make, data_dir, *names, report=None, options=None):
    documents = [make.document([make.act(title=n)], text=f"Le cœur de {n}.", file_name=n) for n in names]
    found = resolve(documents, Registry())
    items = [Published(d, map_document(d, found), report) for d in documents]
    return build(data_dir, items, map_identities(found, [d.sha256 for d in documents], BASE), options)


def test_a_release_holds_store_dump_texts_index_and_manifest(make, tmp_path):
    release = _publish(make, tmp_path, "Vélodrome", "Piscine")
    assert current(tmp_path) == release
    assert release.manifest["counts"]["Deliberation"] == 2
    fresh = ox.Store()
    import gzip

    with gzip.open(release.dump) as stream:
        fresh.bulk_load(stream, format=ox.RdfFormat.N_QUADS)
    assert len(fresh) == release.manifest["counts"]["quads"]
    union = release.store().quads_for_pattern(None, None, None, ox.DefaultGraph())
    assert {quad.triple for quad in union} == {quad.triple for quad in fresh}
    key = next(iter((release.path / "texts").iterdir())).stem
    assert release.text(key)["text"].startswith("Le cœur")
    with pytest.raises(KeyError):
        release.text("0" * 64)


def test_the_same_content_makes_no_new_release_whatever_the_order(make, tmp_path):
    first = _publish(make, tmp_path, "a", "b")
    assert _publish(make, tmp_path, "b", "a").id == first.id
    assert _publish(make, tmp_path, "a", "b", "c").id != first.id
    assert len([p for p in (tmp_path / "releases").iterdir() if p.name[0] != "."]) == 2


def test_only_the_last_releases_are_kept(make, tmp_path):
    made = [_publish(make, tmp_path, *"abcdef"[: n + 1], options=BuildOptions(keep=2)) for n in range(4)]
    kept = sorted(p.name for p in (tmp_path / "releases").iterdir() if p.name[0] != ".")
    assert kept == [made[2].id, made[3].id]
    assert current(tmp_path).id == made[3].id


def test_a_failure_leaves_the_live_release_and_nothing_aside(make, tmp_path, monkeypatch):
    live = _publish(make, tmp_path, "a")

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("graph.release.builder.sync_tree", full)
    with pytest.raises(ReleaseError, match=r"No space left.*L.ancienne reste en ligne"):
        _publish(make, tmp_path, "a", "b")
    assert current(tmp_path) == live
    assert [p.name for p in (tmp_path / "releases").iterdir() if p.name[0] != "."] == [live.id]
    assert not (tmp_path / "releases" / ".building").exists()


def test_what_a_killed_build_left_is_cleared(make, tmp_path):
    left = tmp_path / "releases" / ".building" / "store"
    left.mkdir(parents=True)
    (left / "rubbish").write_text("x")
    assert _publish(make, tmp_path, "a").manifest["counts"]["documents"] == 1


def test_a_second_build_at_once_is_refused(make, tmp_path):
    from graph.release.builder import _alone

    (tmp_path / "releases").mkdir()
    with _alone(tmp_path / "releases"), pytest.raises(ReleaseError, match="autre publication"):
        _publish(make, tmp_path, "a")


def test_readers_keep_the_release_they_opened(make, tmp_path):
    old = _publish(make, tmp_path, "a")
    store = old.store()
    before = len(store)
    _publish(make, tmp_path, "a", "b")
    assert len(store) == before


def test_a_damaged_manifest_is_named(make, tmp_path):
    release = _publish(make, tmp_path, "a")
    (release.path / "manifest.json").write_text("{")
    with pytest.raises(ReleaseError, match=release.id):
        current(tmp_path)
    assert current(tmp_path / "nowhere") is None


def test_blank_nodes_of_reports_do_not_meet_and_do_not_make_a_new_release(make, tmp_path):
    def report():
        graph = Graph()
        node = BNode()
        graph.add((URIRef(f"{BASE}/r"), RDF.value, node))
        graph.add((node, RDF.value, Literal("avertissement")))
        return graph

    first = _publish(make, tmp_path, "a", "b", report=report())
    blanks = {q.object for q in first.store() if isinstance(q.object, ox.BlankNode)}
    assert len(blanks) == 2
    assert _publish(make, tmp_path, "a", "b", report=report()).id == first.id


def test_further_graphs_travel_along(make, tmp_path):
    extra = Graph().add((URIRef("urn:a"), RDF.value, Literal("b")))
    release = _publish(make, tmp_path, "a", options=BuildOptions(extra={"urn:ontology": extra}))
    assert release.store().contains_named_graph(ox.NamedNode("urn:ontology"))


def test_the_manifest_is_readable_without_us(make, tmp_path):
    release = _publish(make, tmp_path, "a")
    manifest = json.loads((tmp_path / "current" / "manifest.json").read_text())
    assert manifest["id"] == release.id
    assert manifest["versions"]["extractors"] == "0.1.0+test"


def test_what_is_new_is_written_through_and_what_the_last_release_has_is_not_again(tmp_path, monkeypatch):
    last, aside = tmp_path / "last", tmp_path / "aside"
    for folder in (last, aside / "texts"):
        folder.mkdir(parents=True)
    (last / "a.json").write_text("a")
    os.link(last / "a.json", aside / "texts" / "a.json")
    (aside / "texts" / "b.json").write_text("b")
    (aside / "dump").write_text("c")
    synced, known = set(), os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.add(os.fstat(handle).st_ino), known(handle)))
    sync_tree(aside)
    wanted = {aside, aside / "texts", aside / "texts" / "b.json", aside / "dump"}
    assert synced == {path.stat().st_ino for path in wanted}
