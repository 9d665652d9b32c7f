"""A release made from the one before is the release made from nothing: store, texts, counts, whatever changed."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from contextlib import closing

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, BNode, Graph, Literal, URIRef

from extract.facts import FundingFact, OrganisationFact
from graph.canonical import canonical_hash
from graph.ledger import Ledger
from graph.mapping import map_document, map_identities
from graph.release import BuildOptions, Published, Removed, build, current, storing
from graph.resolve import Registry, resolve
from graph.search import IndexWriter, search
from graph.search.entities import candidates
from tests.examples import examples

BASE = "http://localhost:8000"


def _report(text):
    graph, node = Graph(), BNode()
    graph.add((URIRef(f"{BASE}/r"), RDF.value, node))
    return graph.add((node, RDF.value, Literal(text)))


def _funding(amount):
    return {
        "organisations": (OrganisationFact(id="o", name="Amis", kind="association"),),
        "fundings": (FundingFact(id="f", status="awarded", beneficiary="o", amount=amount, confidence=0.9),),
    }


def _publish(make, data_dir, acts, **options):
    """``acts``: by name, an amount; every third amount has a report, with blank nodes that documents share."""
    documents = [
        make.document([make.act(title=name, **_funding(amount))], text=f"Act {name}.", file_name=name)
        for name, amount in sorted(acts.items())
    ]
    found = resolve(documents, Registry())
    items = [
        Published(d, map_document(d, found), _report("même") if amount % 3 == 0 else None)
        for d, amount in zip(documents, [acts[name] for name in sorted(acts)], strict=True)
    ]
    return build(data_dir, items, map_identities(found, [d.sha256 for d in documents], BASE), BuildOptions(**options))


def _found(index):
    """All that an index holds, whatever the numbers of its items, and how often each word is met where."""
    with closing(sqlite3.connect(index)) as db:
        items = db.execute(
            "SELECT iri, kind, label, body, document, start, finish, quote_start, quote_end, weight FROM item"
            " ORDER BY iri, kind, start"
        ).fetchall()
        for columns, table in (("rank, text, folded", "name"), ("facet, value", "facet"), ("detail, value", "detail")):
            asked = f"SELECT iri, kind, start, {columns} FROM {table} JOIN item ON id = item ORDER BY 1, 2, 3, 4, 5"
            items += db.execute(asked).fetchall()
        words = []
        for table in ("entry", "letters"):
            db.execute(f"CREATE VIRTUAL TABLE temp.v_{table} USING fts5vocab(main, {table}, row)")
            words.append(db.execute(f"SELECT term, doc, cnt FROM v_{table} ORDER BY term").fetchall())
    return items, words


def _hits(release):
    told = [search(release.search_index, text, limit=50) for text in ("acte", "amis", "act a", "dijon b", "asso")]
    return told, candidates(release.search_index, "Amis", ["Organisation"])


def _is_whole(release):
    """The named graphs are those of the dump, the default graph is their union."""
    store = release.store()
    named = [quad for quad in store if quad.graph_name != ox.DefaultGraph()]
    union = {quad.triple for quad in store if quad.graph_name == ox.DefaultGraph()}
    told = list(ox.parse(gzip.decompress(release.dump.read_bytes()), format=ox.RdfFormat.N_QUADS))
    assert canonical_hash(named) == canonical_hash(told)
    assert union == {quad.triple for quad in named}
    assert release.manifest["counts"]["quads"] == len(named)


SETS = st.lists(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 4), min_size=1), min_size=2, max_size=4)


@settings(max_examples=examples(8), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sets=SETS)
def test_whatever_comes_goes_and_changes(make, tmp_path, monkeypatch, sets):
    """Always from the one before (no share is too large) and always anew give the same."""
    shutil.rmtree(tmp_path / "one", ignore_errors=True)
    shutil.rmtree(tmp_path / "two", ignore_errors=True)
    monkeypatch.setattr("graph.release.builder.SHARE", 10.0)
    for acts in sets:
        one = _publish(make, tmp_path / "one", acts)
        two = _publish(make, tmp_path / "two", acts, fresh=True)
        assert one.manifest["digest"] == two.manifest["digest"]
        assert one.manifest["counts"] == two.manifest["counts"]
        _is_whole(one)
        assert _found(one.search_index) == _found(two.search_index)
        assert _hits(one) == _hits(two)
        assert Ledger(one.path / "ledger.sqlite").figures() == Ledger(two.path / "ledger.sqlite").figures()


@pytest.fixture
def many():
    return {f"acte {number}": number + 1 for number in range(20)}


def test_what_did_not_change_takes_no_room_again(make, tmp_path, many):
    first = _publish(make, tmp_path, many)
    second = _publish(make, tmp_path, many | {"acte 3": 999})
    assert (first.manifest["increments"], second.manifest["increments"]) == (0, 1)
    files = {path.stat().st_ino for path in first.path.rglob("*") if path.is_file()}
    shared = [path for path in second.path.rglob("*") if path.is_file() and path.stat().st_ino in files]
    assert len([path for path in shared if path.parent.name == "texts"]) == 20
    assert [path for path in shared if path.suffix == ".sst"]
    _is_whole(second)
    _is_whole(first)


def test_the_manifest_tells_which_documents_changed(make, tmp_path, many):
    first = _publish(make, tmp_path, many)
    second = _publish(make, tmp_path, {name: n for name, n in many.items() if name != "acte 3"} | {"autre": 5})
    told = second.manifest["changes"]
    assert told["since"] == first.id
    assert {kind: len(keys) for kind, keys in told["documents"].items()} == {"added": 1, "removed": 1, "changed": 0}


def test_files_are_made_anew_every_so_often_and_when_something_was_removed(make, tmp_path, many, monkeypatch):
    monkeypatch.setattr("graph.release.builder.INCREMENTS", 2)
    made = [_publish(make, tmp_path, many | {"acte 0": 100 + n}).manifest["increments"] for n in range(5)]
    assert made == [0, 1, 2, 0, 1]
    gone = _publish(make, tmp_path, many | {"acte 0": 7}, removed={"f" * 32: Removed("2026-11-27", "doublon")})
    assert gone.manifest["increments"] == 0
    assert storing.INCREMENTS > 2


@pytest.mark.parametrize("harm", ["store", "manifest", "contents", "text"])
def test_a_damaged_release_does_not_keep_the_next_from_being_made(make, tmp_path, many, harm):
    first = _publish(make, tmp_path, many)
    victim = {
        "store": next((first.path / "store").glob("*.sst")),
        "manifest": first.path / "manifest.json",
        "contents": first.path / "contents.tsv",
        "text": next((first.path / "texts").iterdir()),
    }[harm]
    if harm == "store":
        victim.unlink()
    else:
        victim.write_text("{")
    second = _publish(make, tmp_path, many | {"acte 3": 999})
    _is_whole(second)
    assert current(tmp_path) == second
    assert all(second.text(path.stem)["text"].startswith("Act ") for path in (second.path / "texts").iterdir())


@pytest.mark.parametrize("lost", ["store", "manifest.json", "search.sqlite"])
def test_the_same_documents_again_mend_a_release_that_lost_a_part(make, tmp_path, many, lost):
    first = _publish(make, tmp_path, many)
    (first.path / lost).rename(tmp_path / "lost")
    second = _publish(make, tmp_path, many)
    assert second.id != first.id
    _is_whole(second)


def test_what_was_published_before_goes_live_again_as_it_was(make, tmp_path, many):
    """No second copy of a release that is still kept."""
    first = _publish(make, tmp_path, many)
    _publish(make, tmp_path, many | {"acte 3": 999})
    assert _publish(make, tmp_path, many) == first
    assert current(tmp_path) == first
    assert len([p for p in (tmp_path / "releases").iterdir() if p.name[0] != "."]) == 2


@pytest.mark.parametrize("harm", ["index", "indexed.sqlite", "indexed.json", "gone"])
def test_what_is_kept_of_the_search_index_may_be_lost_or_damaged(make, tmp_path, many, harm):
    first = _publish(make, tmp_path / "one", many)
    cache = tmp_path / "one" / "cache"
    victim = first.search_index if harm == "index" else cache / harm
    if harm == "gone":
        shutil.rmtree(cache)
    else:
        content = bytearray(victim.read_bytes())
        content[len(content) // 2] ^= 1
        victim.write_bytes(content)
    changed = many | {"autre": 5}
    second = _publish(make, tmp_path / "one", changed)
    anew = _publish(make, tmp_path / "two", changed)
    assert _found(second.search_index) == _found(anew.search_index)


def test_only_what_changed_is_indexed_again(make, tmp_path, many, monkeypatch):
    _publish(make, tmp_path, many)
    written = []
    known = IndexWriter._passages
    monkeypatch.setattr(IndexWriter, "_passages", lambda self, *told: (written.append(told[1]), known(self, *told)))
    _publish(make, tmp_path, many | {"autre": 5})
    assert len(written) == 1
    _publish(make, tmp_path, many | {"autre": 5}, removed={"f" * 32: Removed("2026-11-27", "doublon")})
    assert len(written) == 22, "files keep what was deleted until they are made anew"
