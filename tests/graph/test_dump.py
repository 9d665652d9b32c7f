"""The dump of a release is one gzip file whose graphs can each be read, and taken over, alone."""

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph, Literal, URIRef

from graph.rdf import in_union
from graph.release import storing
from graph.release.piece import Piece
from graph.release.storing import Dump, load_all
from ontology.terms import SKOS


def piece(name: str, *labels: str) -> Piece:
    graph = Graph()
    for label in labels:
        graph.add((URIRef(name), SKOS.prefLabel, Literal(label, lang="fr")))
    return Piece.of(graph, name)


def test_each_graph_is_read_alone_and_all_of_them_as_one_file(tmp_path: Path) -> None:
    made = {f"urn:{n}": piece(f"urn:{n}", *("é" * n, "x" * n)[: n % 3]) for n in range(6)}
    dump = Dump(tmp_path / "all.nq.gz")
    for name, each in made.items():
        dump.add(name, each)
    dump.close()
    lines = {name: gzip.decompress(each.packed) for name, each in made.items()}
    assert list(dump.read(reversed(made))) == [lines[name] for name in reversed(made)]
    with gzip.open(tmp_path / "all.nq.gz") as stream:
        assert stream.read() == b"".join(lines.values())
    assert b"".join(dump.slices()) == b"".join(in_union(lines[name], name) for name in made)
    assert [each.quads for each in made.values()] == [lines[name].count(b"\n") for name in made]


def test_the_same_graph_gives_the_same_bytes() -> None:
    assert piece("urn:a", "un", "deux") == piece("urn:a", "deux", "un")


def test_a_graph_that_is_larger_than_what_is_loaded_at_once_is_loaded_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The graph of identities grows with the acts: memory must not. A blank node stays one."""
    monkeypatch.setattr(storing, "_SLICE", 1000)
    large = Graph()
    for n in range(300):
        large.add((URIRef(f"urn:thing:{n}"), SKOS.prefLabel, Literal(f"Comité des fêtes n° {n}\n_: et suite")))
    large.add((URIRef("urn:thing:1"), SKOS.related, (blank := BNode())))
    large.add((blank, SKOS.prefLabel, Literal("sans nom")))
    dump = Dump(tmp_path / "all.nq.gz")
    dump.add("urn:large", Piece.of(large, "urn:large"))
    dump.add("urn:small", piece("urn:small", "un"))
    dump.close()
    assert max(map(len, dump.slices())) < 4000  # some of them, twice
    store = load_all(tmp_path / "store", dump)
    named = ox.Dataset(store.quads_for_pattern(None, None, None, ox.NamedNode("urn:large")))
    named.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = ox.serialize(named, format=ox.RdfFormat.N_QUADS) or b""
    assert sorted(lines.splitlines()) == sorted(gzip.decompress(Piece.of(large, "urn:large").packed).splitlines())
    assert len(store) == 2 * (302 + 1)
