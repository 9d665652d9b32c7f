"""The dump of a release is one gzip file whose graphs can each be read, and taken over, alone."""

import gzip
from pathlib import Path

from rdflib import Graph, Literal, URIRef

from graph.release.piece import Piece
from graph.release.storing import Dump
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
    assert [name for names in dump.slices() for name in names] == list(made)
    assert [each.quads for each in made.values()] == [lines[name].count(b"\n") for name in made]


def test_the_same_graph_gives_the_same_bytes() -> None:
    assert piece("urn:a", "un", "deux") == piece("urn:a", "deux", "un")
