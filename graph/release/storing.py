"""The store of a release under way: made anew, or from the store of the last one and what has changed since.

Files of a RocksDB store never change once written, so that a copy of it is a handful of hard links: the store of a
release costs, in time and on the disk, what is new in it. Every so often it is made anew nevertheless
(:data:`INCREMENTS`): what was deleted is then gone from its files, and they are in order again.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.delta import MOST, Delta
from graph.rdf import in_union
from graph.release.heap import lean
from graph.release.piece import Piece
from graph.release.tally import Tally

#: Releases that are made from the one before, one after the other, before one is made anew.
INCREMENTS: Final = 20
#: Above this share of graphs that differ, making the store anew costs less.
SHARE: Final = 0.25
_SLICE: Final = 4 << 20  # bytes
_DEFAULT: Final = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a graph stands in the dump: ``packed`` bytes from ``start``, which hold ``size`` bytes of lines."""

    start: int
    packed: int
    size: int


class Dump:
    """The dump of a release under way: gzip members, a graph each, one after the other."""

    def __init__(self, path: Path) -> None:
        """Makes the file."""
        self.path = path
        #: Where each graph stands, in order.
        self.graphs: dict[str, Place] = {}
        #: What differs from the graph of the last release, where that is known: lines that are gone, new lines.
        self.since: dict[str, tuple[bytes, bytes]] = {}
        self._end = 0
        self._file = path.open("wb")

    def add(self, name: str, piece: Piece, before: str | None = None) -> None:
        """Write a graph; ``before``: the digest that it had in the last release."""
        if piece.since is not None and piece.since.digest == before:
            self.since[name] = piece.since.gone, piece.since.new
        self._file.write(piece.packed)
        self.graphs[name] = Place(self._end, len(piece.packed), piece.size)
        self._end += len(piece.packed)

    def close(self) -> None:
        """All graphs are written: they can be read from now on."""
        self._file.close()

    def read(self, names: Iterable[str]) -> Iterable[bytes]:
        """The lines of each of these graphs."""
        with self.path.open("rb") as stream:
            for name in names:
                found = self.graphs[name]
                stream.seek(found.start)
                yield gzip.decompress(stream.read(found.packed))

    def slices(self, tally: Tally | None = None) -> Iterator[bytes]:
        """All lines, each in its named graph and in the default one, some megabytes at a time, told to ``tally``, too.

        A graph may be of any size: that of identities grows with the acts.
        """
        found: list[bytes] = []
        size = 0
        for name, place in self.graphs.items():
            end = len(f" <{name}> .".encode())
            for lines in self.read([name]) if place.size <= _SLICE else self._parts(place):
                found.append(in_union(lines, name))
                if tally is not None:
                    tally.add(lines, end)
                size += len(lines)
                if size >= _SLICE:
                    yield b"".join(found)
                    found, size = [], 0
        if found:
            yield b"".join(found)

    def _parts(self, place: Place) -> Iterator[bytes]:
        """The lines of a large graph, in parts.

        Those with blank nodes come together, at the end: what is loaded at once is where a label means one node.
        """
        blank: list[bytes] = []
        with self.path.open("rb") as stream:
            stream.seek(place.start)
            member, left = gzip.GzipFile(fileobj=stream), place.size
            while left:
                lines = member.read(min(_SLICE, left))
                lines += member.readline() if len(lines) < left else b""
                left -= len(lines)
                if b"_:" in lines:
                    every = lines.splitlines(keepends=True)
                    blank += filter(_has_blank, every)
                    lines = b"".join(line for line in every if not _has_blank(line))
                yield lines
        yield b"".join(blank)


def _has_blank(line: bytes) -> bool:
    """Whether a line may have a blank node."""
    return line.startswith(b"_:") or b"> _:" in line


def load_all(path: Path, dump: Dump, tally: Tally | None = None) -> ox.Store:
    """A store of the whole dump, made at ``path``; ``tally`` is told what it holds."""
    lean()
    store = ox.Store(str(path))
    # In slices: loaded at once, a million quads take a gigabyte of memory.
    for lines in dump.slices(tally):
        _load(store, lines)
    store.flush()
    return store


def load_changes(
    path: Path, before: Path, dump: Dump, gone: Iterable[str], differ: Iterable[str], most: int = MOST
) -> tuple[ox.Store, Delta | None]:
    """The store at ``before`` copied to ``path`` by hard links, without the graphs ``gone``, ``differ`` as dumped.

    With it what differs, unless that is more than ``most`` triples. ``differ`` may be graphs that it does not have yet.
    Raises OSError or RuntimeError where it cannot be read.
    """
    last = ox.Store.read_only(str(before))
    last.backup(str(path))
    store = ox.Store(str(path))
    removed: list[ox.Quad] = []
    fresh: list[bytes] = []
    differ, gone = list(differ), list(gone)
    for name in differ:
        less, more = _known(dump, name) or _difference(store, ox.NamedNode(name), next(iter(dump.read([name]))))
        removed += less
        fresh.append(more)
    for name in gone:
        removed += store.quads_for_pattern(None, None, None, ox.NamedNode(name))
    for quad in removed:
        store.remove(quad)
    _load(store, b"".join(map(in_union, fresh, differ)))
    _leave_union(store, removed)
    store.flush()
    blank = [name for name, lines in zip(differ, fresh, strict=True) if b"_:" in lines]
    triples = _triples(chain(removed, _came(store, fresh, blank)), most)
    return store, None if triples is None else Delta(last, store, triples, frozenset((*gone, *differ)))


def _came(store: ox.Store, fresh: Iterable[bytes], blank: Iterable[str]) -> Iterator[ox.Quad]:
    """What is new; graphs with blank nodes are read from the store, which calls these otherwise than the lines."""
    for lines in fresh:
        if b"_:" not in lines:
            yield from ox.parse(lines, format=ox.RdfFormat.N_QUADS, lenient=True)
    for name in blank:
        yield from store.quads_for_pattern(None, None, None, ox.NamedNode(name))


def _triples(quads: Iterable[ox.Quad], most: int) -> frozenset[ox.Triple] | None:
    found: set[ox.Triple] = set()
    for quad in quads:
        found.add(quad.triple)
        if len(found) > most:
            return None
    return frozenset(found)


def _load(store: ox.Store, lines: bytes) -> None:
    # Our own serialisation: nothing to validate.
    store.bulk_load(lines, ox.RdfFormat.N_QUADS, lenient=True)


def _known(dump: Dump, name: str) -> tuple[list[ox.Quad], bytes] | None:
    """Quads that a graph has no more, and the lines that are new to it, where that was known when it was made."""
    if (since := dump.since.get(name)) is None:
        return None
    gone, new = since
    return list(ox.parse(gone, format=ox.RdfFormat.N_QUADS, lenient=True)), new


def _difference(store: ox.Store, graph: ox.NamedNode, lines: bytes) -> tuple[list[ox.Quad], bytes]:
    """Quads that the graph has no more, and the lines that are new to it; all, where it has blank nodes.

    The identities of ten thousand acts are one graph, of which an act changes some lines: of the others no more is held
    than a digest each, where quads would take ten times the memory of the lines.
    """
    stored = store.quads_for_pattern(None, None, None, graph)
    if b"_:" in lines:
        return list(stored), lines
    digests = list(map(_digest, lines.splitlines()))
    new = set(digests)
    gone: list[ox.Quad] = []
    for quad in stored:
        if _is_blank(quad):
            return list(store.quads_for_pattern(None, None, None, graph)), lines
        # What the store writes otherwise than it was told ("1.0" for "1.00") is taken out and put in again: the same.
        told = _digest(f"{quad} .".encode())
        if told in new:
            new.remove(told)
        else:
            gone.append(quad)
    kept = zip(lines.splitlines(keepends=True), digests, strict=True)
    return gone, b"".join(line for line, digest in kept if digest in new)


def _digest(line: bytes) -> bytes:
    return blake2b(line, digest_size=16).digest()


def _is_blank(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _leave_union(store: ox.Store, removed: Iterable[ox.Quad]) -> None:
    """Take out of the default graph what no named graph states any more (:func:`graph.rdf.in_union`)."""
    for quad in removed:
        stated = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        # Of a number whose last byte is 255 pyoxigraph 0.5.13 gives those of the numbers behind it, too.
        if all(each.graph_name == _DEFAULT or each.object != quad.object for each in stated):
            store.remove(ox.Quad(quad.subject, quad.predicate, quad.object, _DEFAULT))
