"""What is remembered gives what all at once gives: clusters, keys, entities, whatever came and went in which order."""

from __future__ import annotations

import datetime as dt
import gc
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.identities.corpus import generate
from extract.facts import OrganisationFact
from graph.canonical import canonical_hash_of_graphs
from graph.mapping import map_document, map_identities
from graph.resolve import Registry, resolve
from graph.resolve.incremental import KeptResolver, State, StateError, parts, state, under_way, update
from graph.resolve.incremental.identities import Reading
from graph.resolve.judgement import Judgement
from tests.examples import examples
from tests.graph.test_order import _corpora

CORPUS = generate(60, seed=3, bodies=2).documents


class Kept:
    """A registry with what is remembered beside it, and another one that resolves all anew each time."""

    def __init__(self, documents, path=":memory:"):
        self.facts = {d.sha256: d for d in documents}
        self.registry, self.anew = Registry(path), Registry()
        self.state = State(self.registry)
        self.read = []

    def resolve(self, documents, judgements=()):
        self.read = []
        with self.registry.transaction():
            resolver = KeptResolver(self.state, self.registry, judgements)
            return resolver.resolve({d.sha256: "1" for d in documents}, self._facts)

    def check(self, documents, judgements=()):
        """Both resolve the same documents; returns what they agree upon."""
        found, expected = self.resolve(documents, judgements), resolve(documents, self.anew, judgements)
        assert told(found) == told(expected)
        return found

    def _facts(self, digest):
        self.read.append(digest)
        return self.facts[digest]


def told(resolution):
    """All that a resolution says, as plain values."""
    return {
        "documents": dict(resolution.documents),
        "persons": {key: _entity(found) for key, found in resolution.persons.items()},
        "organisations": {key: _entity(found) for key, found in resolution.organisations.items()},
        "programmes": {key: _entity(found) for key, found in resolution.programmes.items()},
        "bodies": {key: _entity(found) for key, found in resolution.bodies.items()},
        "labels": dict(resolution.labels),
        "candidates": list(resolution.candidates),
        "redirects": dict(resolution.redirects),
        "rejected": resolution.rejected,
        "accepted": dict(resolution.accepted),
    }


def _entity(entity):
    fields = {name: getattr(entity, name) for name in type(entity).__dataclass_fields__}
    for part in ("names", "aliases"):
        fields[part] = [(spelling.text, spelling.count()) for spelling in fields[part]]
    return {name: dict(value) if name in ("parts", "forms") else value for name, value in fields.items()}


def _batches(data, documents):
    order = data.draw(st.permutations(documents))
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(order) - 1)), max_size=4)))
    return [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True) if a < b]


def test_the_seeds_one_by_one_are_the_seeds_at_once(seed_facts):
    kept = Kept(seed_facts)
    for count in range(1, len(seed_facts) + 1):
        kept.check(seed_facts[:count])


@settings(max_examples=examples(15), deadline=None)
@given(data=st.data())
def test_any_batches_give_what_all_at_once_gives_with_the_same_keys(make, data):
    documents = data.draw(_corpora(make))
    kept, taken = Kept(documents), []
    for batch in _batches(data, documents):
        taken += batch
        kept.check(taken)


@settings(max_examples=examples(15), deadline=None)
@given(data=st.data())
def test_documents_come_and_go_and_nothing_of_them_stays(make, data):
    documents = data.draw(_corpora(make))
    kept = Kept(documents)
    for _ in range(data.draw(st.integers(2, 5))):
        kept.check(data.draw(st.lists(st.sampled_from(documents), unique_by=id)))


@settings(max_examples=examples(12), deadline=None)
@given(data=st.data())
def test_judgements_come_and_go(make, data):
    documents = data.draw(_corpora(make))
    kept, judgements = Kept(documents), []
    found = kept.check(documents)
    for _ in range(3):
        entities = data.draw(st.sampled_from([found.persons, found.organisations, found.programmes]))
        keys = sorted(entities)
        if len(keys) > 1:
            kind = {id(found.persons): "person", id(found.organisations): "organisation"}.get(id(entities), "programme")
            left, right = data.draw(st.lists(st.sampled_from(keys), unique=True, min_size=2, max_size=2))
            verb = data.draw(st.sampled_from(["merge", "keep-apart"]))
            judgements.append(_judgement(verb, f"{kind}/{left}", f"{kind}/{right}"))
        if judgements and data.draw(st.booleans()):
            judgements.pop(data.draw(st.integers(0, len(judgements) - 1)))
        found = kept.check(data.draw(st.lists(st.sampled_from(documents), unique_by=id, min_size=1)), judgements)


def _judgement(verb, left, right):
    return Judgement(verb=verb, left=left, right=right, author="m", date=dt.date(2024, 1, 1), reason="r")


@pytest.mark.slow
@settings(max_examples=examples(4), deadline=None)
@given(data=st.data())
def test_a_generated_corpus_in_any_batches(data):
    kept, taken = Kept(CORPUS), []
    for batch in _batches(data, CORPUS):
        taken += batch
        kept.check(taken)


def test_a_first_ingest_of_any_size_holds_few_documents_and_gives_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(under_way, "HELD", 5)
    monkeypatch.setattr(update, "TOGETHER", 3)
    monkeypatch.setattr(parts, "_TOGETHER", 7)
    kept = Kept(CORPUS, tmp_path / "identities.sqlite")
    held = []
    read = kept._facts

    def counted(digest):
        held.append(sum(isinstance(each, Reading) for each in gc.get_objects()))
        return read(digest)

    kept._facts = counted
    kept.check(CORPUS[:45])
    assert max(held) <= 10
    kept.check(CORPUS[15:])
    assert max(held) <= 10
    assert sorted(path.name for path in tmp_path.iterdir()) == ["identities.sqlite", "resolution.sqlite"]


def test_the_graphs_are_the_same(seed_facts):
    kept = Kept(seed_facts)
    kept.resolve(seed_facts[2:])
    digests, base = [d.sha256 for d in seed_facts], "http://x"

    def graphs(found):
        every = {f"{base}/{i}": map_document(d, found, base) for i, d in enumerate(seed_facts)}
        alone = {f"{base}/{digest}": map_identities(found, [digest], base) for digest in digests}
        return canonical_hash_of_graphs(every | alone | {f"{base}/all": map_identities(found, digests, base)})

    found = kept.resolve(seed_facts)
    assert graphs(found) == graphs(resolve(seed_facts, _minted(seed_facts[2:])))


def _minted(documents):
    registry = Registry()
    resolve(documents, registry)
    return registry


def _seance(make, member, day):
    return make.document(
        [make.act(title=f"Acte {day}")],
        [make.session(make.roster([member]), date=dt.date(2023, 1, day))],
        file_name=f"{day}.txt",
    )


def test_only_what_is_new_is_read_and_what_it_changes(make):
    first, second = _seance(make, "Mme Océane GODARD", 1), _seance(make, "Mme Océane CHARRET", 2)
    third = _seance(make, "Mme Océane CHARRET-GODARD", 3)
    other = _seance(make, "M. Paul PETIT", 4)
    kept = Kept([first, second, third, other])
    kept.resolve([first, second, other])
    kept.resolve([first, second, other])
    assert kept.read == []
    found = kept.resolve([first, second, third, other])
    assert len({found[d.sha256].sessions[0].members for d in (first, second, third)}) == 1
    assert set(kept.read) <= {first.sha256, second.sha256, third.sha256}
    assert third.sha256 in kept.read


def test_authorities_that_no_register_knows_are_taken_in_one_by_one(make):
    """A syndicate has no territory but its own name: its letters are compared with those of the others."""
    authorities = ("Syndicat des Eaux du Val d'Orvanne", "Syndicat des Eaux du Val d'Orvane", "SIAEP du Grand Clos")
    documents = [
        make.document(
            [make.act(title=f"Acte {day}")],
            [make.session(make.roster(["M. Paul PETIT"]), authority=name, date=dt.date(2023, 1, day))],
            file_name=f"{day}.txt",
        )
        for day, name in enumerate(authorities, 1)
    ]
    kept = Kept(documents)
    for last in range(1, len(documents) + 1):
        kept.check(documents[:last])


@pytest.mark.parametrize("first", ["sigle", "name"])
def test_a_sigle_read_before_or_after_the_name_that_develops_it(make, first):
    """ "CESAM" alone has a key already when the act comes that ties it to a long name; and the other way round."""

    def grant(n, name, sigle=None):
        told = OrganisationFact(id="o", name=name, kind="organisation", sigle=sigle)
        return make.document([make.act(title="Subvention", number="DM1", organisations=(told,))], file_name=f"{n}.txt")

    alone = grant(0, "CESAM")
    developed = grant(1, "Centre des saveurs et arts de la Métropole", "CESAM")
    order = [alone, developed] if first == "sigle" else [developed, alone]
    kept = Kept(order)
    kept.check(order[:1])
    found = kept.check(order)
    assert found[alone.sha256].acts[0].organisations == found[developed.sha256].acts[0].organisations
    kept.check(order[1:])
    kept.check(order)


def test_facts_that_changed_are_taken_in_anew(make):
    document = _seance(make, "M. Jean DUPONT", 1)
    kept = Kept([document])
    kept.resolve([document])
    kept.facts[document.sha256] = document.model_copy(
        update={"sessions": (make.session(make.roster(["M. Paul PETIT"])),)}
    )
    with kept.registry.transaction():
        resolver = KeptResolver(kept.state, kept.registry, ())
        found = resolver.resolve({document.sha256: "2"}, kept._facts)
    assert list(found.persons) == ["paul-petit"]


def test_what_fails_changes_nothing(make):
    documents = [_seance(make, "M. Jean DUPONT", 1), _seance(make, "M. Paul PETIT", 2)]
    kept = Kept(documents)
    before = told(kept.resolve(documents[:1]))
    del kept.facts[documents[1].sha256]
    with pytest.raises(KeyError):
        kept.resolve(documents)
    assert told(kept.resolve(documents[:1])) == before
    assert kept.read == []


def test_what_is_remembered_for_other_code_data_or_keys_is_forgotten(make, tmp_path, monkeypatch):
    documents = [_seance(make, "M. Jean DUPONT", 1)]
    kept = Kept(documents, tmp_path / "identities.sqlite")
    kept.resolve(documents)
    kept.resolve(documents)
    assert kept.read == []
    monkeypatch.setattr(state, "version", lambda: "another")
    kept.resolve(documents)
    assert kept.read == [documents[0].sha256]
    resolve([_seance(make, "M. Paul PETIT", 2)], kept.registry)  # minted by somebody who does not remember
    kept.resolve(documents)
    assert kept.read == [documents[0].sha256]


def test_a_file_with_the_columns_of_another_release_is_made_anew(make, tmp_path):
    documents = [_seance(make, "M. Jean DUPONT", 1)]
    kept = Kept(documents, tmp_path / "identities.sqlite")
    before = told(kept.resolve(documents))
    kept.registry.close()
    with sqlite3.connect(tmp_path / state.FILE) as file:
        file.execute("UPDATE state SET value = 'another' WHERE name = 'version'")
        file.execute("ALTER TABLE deed DROP COLUMN grants")
    again = Kept(documents, tmp_path / "identities.sqlite")
    assert told(again.resolve(documents)) == before


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + bytes(4096), b"n'importe quoi" * 500])
def test_a_file_that_is_damaged_or_gone_costs_nothing_but_time(make, tmp_path, content):
    documents = [_seance(make, "M. Jean DUPONT", 1), _seance(make, "Mme Anne PETIT", 2)]
    kept = Kept(documents, tmp_path / "identities.sqlite")
    before = told(kept.resolve(documents))
    kept.registry.close()
    (tmp_path / state.FILE).write_bytes(content)
    again = Kept(documents, tmp_path / "identities.sqlite")
    assert told(again.resolve(documents)) == before


def test_damage_inside_the_file_is_told(make, tmp_path):
    documents = [_seance(make, "M. Jean DUPONT", 1)]
    kept = Kept(documents, tmp_path / "identities.sqlite")
    kept.resolve(documents)
    kept.registry.connection.execute("UPDATE kept.named SET keys = x'789c00'")
    with pytest.raises(StateError, match=state.FILE):
        dict(kept.resolve(documents).documents)
    kept.state.forget()
    assert list(kept.resolve(documents).persons) == ["jean-dupont"]
