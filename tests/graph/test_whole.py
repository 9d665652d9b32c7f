"""The graphs of the whole, kept thing by thing, are those made of all documents at once, whatever came and went."""

from __future__ import annotations

import gzip
import json
import random
import sqlite3
from collections import Counter
from decimal import Decimal
from functools import cache, partial
from hashlib import sha256
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.identities.corpus import generate
from benchmarks.register import documents
from graph.curation import Award, awards, map_matches, merges_of
from graph.iri import Iris
from graph.mapping import map_identities
from graph.mapping.mandates import map_mandates, sittings
from graph.mapping.reference import map_reference
from graph.mapping.registers import map_register_matches
from graph.rdf import sorted_lines
from graph.registers import RegisterMatch
from graph.release import Piece
from graph.resolve.judgement import Judgement
from graph.search.telling import Told as Searched
from graph.triples import TripleGraph
from graph.whole import Saying, Told, Whole, kept
from graph.whole.kept import anew
from graph.whole.units import Unit, Units
from ontology.terms import DG, RDF
from tests.examples import examples
from tests.graph.test_incremental import Kept

BASE = "http://x.test"
THRESHOLD = 0.65
IRIS = Iris(BASE)


@cache
def pool():
    """Acts whose names are hard to tell apart, half of them with money, programmes and shared séances."""
    plain = [d.model_copy(update={"sha256": sha256(d.sha256.encode()).hexdigest()}) for d in _hard().documents[:6]]
    return (*islice(documents(40, 3), 6), *plain)


def _hard():
    return generate(60, seed=5, bodies=2)


def sayings(found, made):
    """A document says otherwise when its keys are others."""
    return [
        Saying(d.sha256, repr(found[d.sha256]).encode(), partial(Told.of, d, found, THRESHOLD))
        for d in sorted(made, key=lambda d: d.sha256)
    ]


def at_once(found, made, matches=()):
    """The graphs of all documents, as they are made without anything kept."""
    made = sorted(made, key=lambda d: d.sha256)
    graph = map_identities(found, [d.sha256 for d in made], BASE)
    map_mandates([each for d in made for each in sittings(d, found[d.sha256])], graph, BASE)
    map_register_matches(matches, graph, BASE)
    return graph


def merged(found, graph):
    """Why names are one, of all things that the graph of identities tells."""
    published = {str(node) for node in graph.subjects(RDF.type)}
    made = TripleGraph()
    for kind in ("person", "organisation", "programme"):
        for entity in found.entities(kind).values():
            if str(IRIS.thing(kind, entity.key)) in published:
                made.found.update(merges_of(kind, entity, IRIS))
    return made


def lines(piece):
    return gzip.decompress(piece.packed)


def check(whole, found, made, matches=()):
    """All that is kept is what all documents give; returns who is who."""
    graph = at_once(found, made, matches)
    identities, merges = whole.identities(), whole.merges()
    assert lines(identities.graph) == b"".join(sorted_lines(graph, str(IRIS.identities)))
    expected = Piece.of(merged(found, graph), str(IRIS.graph("matches")))
    assert merges == (expected if expected.quads else None)
    kinds, rows = Searched.of(graph).kinds, Searched.of(graph).rows
    told = [Searched.unpack(packed) for _, packed in identities.packed]
    assert sorted(row for each in told for row in each.kinds) == sorted(kinds)
    assert {row for each in told for row in each.rows} == set(rows)
    told = {(thing, a.funding): a.euros for d in made for a in awards(d, found, THRESHOLD) for thing in a.concerned}
    money = Counter[tuple[str, str]]()
    for (thing, _), euros in told.items():
        money[thing] += euros
    assert all(whole.said.worth(*thing) == euros for thing, euros in money.items())
    published = {str(node) for node in graph.subjects(RDF.type)}
    expected = map_matches(found, lambda *thing: str(IRIS.thing(*thing)) in published, lambda *t: money[t], BASE)
    assert set(map_matches(found, whole.is_published, whole.said.worth, BASE)) == set(expected)
    start = str(IRIS.thing("organisation", ""))
    named = [str(node).removeprefix(start) for node in graph.subjects(RDF.type, DG.Organisation)]
    assert set(map_reference(found, whole.authorities(), BASE)) == set(map_reference(found, named, BASE))
    return identities


@settings(max_examples=examples(4), deadline=None)
@given(seed=st.integers(0, 10_000))
def test_whatever_comes_and_goes_it_is_what_all_at_once_gives(seed):
    chance = random.Random(seed)
    registered, whole, last = Kept(pool()), Whole(anew(), BASE), None
    judgements = []
    for _ in range(3):
        made = chance.sample(pool(), chance.randrange(1, len(pool())))
        found = registered.resolve(made, judgements)
        bodies = sorted(found.organisations)
        matches = [
            RegisterMatch(key, "rna", f"W{n:09}", 0.9, "même nom", sure=chance.random() < 0.5, rna=f"W{n:09}")
            for n, key in enumerate(chance.sample(bodies, min(2, len(bodies))))
        ]
        whole.update(found, sayings(found, made), matches)
        piece = check(whole, found, made, matches).graph
        if last is not None:
            assert piece.since is not None
            assert piece.since.digest == last.digest
            before, after = set(lines(last).splitlines()), set(lines(piece).splitlines())
            assert before - set(piece.since.gone.splitlines()) | set(piece.since.new.splitlines()) == after
            assert set(piece.since.gone.splitlines()) == before - after
        last = piece
        whole = Whole(whole._db, BASE)
        if len(found.persons) > 1:
            one, other = chance.sample(sorted(found.persons), 2)
            verb = chance.choice(("merge", "keep-apart"))
            pair = f"person/{one}", f"person/{other}"
            judgements.append(
                Judgement(verb=verb, left=pair[0], right=pair[1], author="A", date="2026-01-01", reason="r")
            )


def test_only_what_differs_is_made_again(monkeypatch):
    """One document more: its things and its organ, of all that there are."""
    made = list(islice(documents(40, 3), 12))
    registered, whole = Kept(made), Whole(anew(), BASE)
    found = registered.resolve(made[:-1])
    whole.update(found, sayings(found, made[:-1]))
    put = []
    monkeypatch.setattr("graph.whole.units.Units.put", lambda _, unit: put.append((unit.kind, unit.key)))
    found = registered.resolve(made)
    whole.update(found, sayings(found, made))
    named = {
        *Told.of(made[-1], found, THRESHOLD).named,
        *(("organ", s.body) for s in sittings(made[-1], found[made[-1].sha256])),
    }
    assert put
    assert set(put) <= named
    assert len(named) < sum(len(found.entities(kind)) for kind in ("person", "organisation")) / 2


def test_what_is_said_of_a_subject_by_two_is_gone_when_neither_says_it():
    """Memberships of two organs may bear one address, where keys hold hyphens."""
    node = IRIS.thing("membership", "a-b-c")
    both, one = (node, RDF.type, DG.Person), (node, RDF.type, DG.Organisation)
    db = anew()

    def made(*told):
        units = Units(db, ("http://x.test/g", "http://x.test/h"))
        for key, triples in told:
            units.put(Unit("organ", key, b"", b"", (triples, ())))
        return units.piece(0)

    first = made(("b-c", {both}), ("c", {both, one}))
    assert first.quads == 2
    second = made(("c", {one}))
    assert second.quads == 2
    assert second.since.gone == b""
    third = made(("b-c", set()))
    assert third.quads == 1
    assert b"Person" in third.since.gone


def _filled(folder, base=BASE):
    made = list(islice(documents(40, 3), 3))
    found = Kept(made).resolve(made)
    with kept(folder, base) as db:
        held = db.execute("SELECT count(*) FROM said").fetchone()[0]
        whole = Whole(db, base)
        whole.update(found, sayings(found, made))
        assert whole.identities().graph.quads > 50
    return held


def _killed(folder):
    with kept(folder, BASE) as db:
        db.execute("DELETE FROM said WHERE document IN (SELECT document FROM said LIMIT 1)")
        raise KeyboardInterrupt


def test_it_is_kept(tmp_path):
    assert _filled(tmp_path) == 0
    assert _filled(tmp_path) == 3
    assert not list(tmp_path.glob("*-journal"))


@pytest.mark.parametrize("harm", ["no state", "another version", "a byte", "cut", "no database", "killed", "fresh"])
def test_what_is_not_whole_is_made_anew(tmp_path, harm):
    _filled(tmp_path)
    path, state = tmp_path / "whole.sqlite", tmp_path / "whole.json"
    if harm == "no state":
        state.unlink()
    elif harm == "another version":
        state.write_text(json.dumps(json.loads(state.read_text()) | {"version": "0"}))
    elif harm == "a byte":
        content = bytearray(path.read_bytes())
        content[-10] ^= 1
        path.write_bytes(content)
    elif harm == "cut":
        path.write_bytes(path.read_bytes()[:5_000])
    elif harm == "no database":
        path.write_bytes(b"nothing of the kind")
    elif harm == "killed":
        with pytest.raises(KeyboardInterrupt):
            _killed(tmp_path)
    else:
        with kept(tmp_path, BASE, fresh=True) as db:
            assert db.execute("SELECT count(*) FROM said").fetchone() == (0,)
    assert _filled(tmp_path) == 0
    assert _filled(tmp_path) == 3


def test_another_address_base_takes_nothing_over(tmp_path):
    _filled(tmp_path)
    assert _filled(tmp_path, "http://y.test") == 0


def test_a_database_that_fails_is_given_up(tmp_path):
    """A full disk, a page that cannot be read: all is made in memory, and nothing is kept."""
    made = list(islice(documents(40, 3), 3))
    found = Kept(made).resolve(made)
    with kept(tmp_path, BASE) as db:
        db.execute("DROP TABLE line")
        whole = Whole(db, BASE)
        whole.update(found, sayings(found, made))
        check(whole, found, made)
    assert not (tmp_path / "whole.json").exists()
    assert _filled(tmp_path) == 0


def test_a_disk_that_takes_nothing_keeps_nothing(tmp_path):
    (tmp_path / "cache").write_text("a file where a folder should be")
    with kept(tmp_path / "cache", BASE) as db:
        assert db.execute("SELECT count(*) FROM said").fetchone() == (0,)
    assert sqlite3.connect(":memory:").execute("SELECT 1").fetchone() == (1,)


def test_what_hangs_on_a_thing_counts_an_award_once():
    """Two documents that tell one award tell it once; one that goes takes its own with it."""
    whole, thing = Whole(anew(), BASE), ("organisation", "amis")
    told = [
        Told(awards=(Award(funding, Decimal(euros), (thing,)),)) for funding, euros in (("f", 5), ("f", 5), ("g", 7))
    ]
    said = [Saying(str(n), b"1", lambda each=each: each) for n, each in enumerate(told)]
    whole.said.update(said)
    assert whole.said.worth(*thing) == 12
    whole.said.update(said[1:2])
    assert whole.said.worth(*thing) == 5
