"""One document at a time: the same persons and organisations as all at once, whatever the batches and removals."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.identities.corpus import generate
from graph.resolve import Registry, resolve
from graph.resolve.incremental import Identities
from graph.resolve.judgement import Judgement
from tests.graph.test_order import _corpora

CORPUS = generate(60, seed=3, bodies=2).documents


def _parts(keys):
    """What is one with what, without the keys."""
    parts = {}
    for digest, places in keys.items():
        for place, key in places.items():
            parts.setdefault(key, set()).add((digest, place))
    return {frozenset(places) for places in parts.values()}


def _kept(identities, documents):
    return _parts({d.sha256: identities.keys(d.sha256) for d in documents})


def _at_once(documents, judgements=()):
    """The partition that the resolution of all documents finds, in the places of :meth:`Identities.keys`."""
    found = resolve(documents, Registry(), judgements)
    keys = {}
    for document in documents:
        places = keys[document.sha256] = {}
        for s, session in enumerate(found[document.sha256].sessions):
            people = {"president": session.president, "secretary": session.secretary}
            people |= {f"member {i}": key for i, key in enumerate(session.members)}
            people |= {f"holder {i}": key for i, key in enumerate(session.holders)}
            places |= {f"session {s}/{name}": f"person/{key}" for name, key in people.items() if key}
            if session.authority:
                places[f"session {s}/authority"] = f"organisation/{session.authority}"
        for a, act in enumerate(found[document.sha256].acts):
            places |= {f"act {a}/organisation {i}": f"organisation/{key}" for i, key in act.organisations.items()}
            places |= {f"act {a}/person {i}": f"person/{key}" for i, key in enumerate(act.persons) if key}
            for role, voters in act.voters.items():
                places |= {f"act {a}/{role} {i}": f"person/{key}" for i, key in enumerate(voters)}
    return _parts(keys)


def _identities(documents, judgements=(), registry=None):
    known = {d.sha256: d for d in documents}
    return Identities(registry or Registry(), known.__getitem__, judgements)


def _batches(data, documents):
    order = data.draw(st.permutations(documents))
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(order) - 1)), max_size=4)))
    return [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True) if a < b]


def test_the_seeds_one_by_one_are_the_seeds_at_once(seed_facts):
    identities = _identities(seed_facts)
    for facts in seed_facts:
        identities.update([facts])
    assert _kept(identities, seed_facts) == _at_once(seed_facts)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_batches_give_what_all_at_once_gives_and_keys_stay(make, data):
    documents = data.draw(_corpora(make))
    identities, minted = _identities(documents), {}
    for batch in _batches(data, documents):
        changes = identities.update(batch)
        for digest, keys in minted.items():
            now = identities.keys(digest)
            for place, key in keys.items():
                kind, _, was = key.partition("/")
                gone = (kind, was) in changes.merged or (kind, was) in changes.split
                assert now[place] == key or (gone and digest in changes.documents)
        minted = {d: identities.keys(d) for d in identities.documents}
    assert _kept(identities, documents) == _at_once(documents)


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_a_generated_corpus_in_any_batches(data):
    documents = CORPUS
    identities = _identities(documents)
    for batch in _batches(data, documents):
        identities.update(batch)
    assert _kept(identities, documents) == _at_once(documents)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_is_taken_out_leaves_no_trace(make, data):
    documents = data.draw(_corpora(make))
    out = data.draw(st.sets(st.sampled_from([d.sha256 for d in documents])))
    left = [d for d in documents if d.sha256 not in out]
    identities = _identities(documents)
    identities.update(documents)
    identities.update(remove=sorted(out))
    assert identities.documents == {d.sha256 for d in left}
    assert _kept(identities, left) == _at_once(left)
    identities.update(d for d in documents if d.sha256 in out)
    assert _kept(identities, documents) == _at_once(documents)


def _seance(make, member, day):
    return make.document(
        [make.act(title=f"Acte {day}")],
        [make.session(make.roster([member]), date=dt.date(2023, 1, day))],
        file_name=f"{day}.txt",
    )


def test_an_update_tells_what_it_merged_and_which_documents_that_concerns(make):
    first, second = _seance(make, "Mme Océane GODARD", 1), _seance(make, "Mme Océane CHARRET", 2)
    third = _seance(make, "Mme Océane CHARRET-GODARD", 3)
    other = _seance(make, "M. Paul PETIT", 4)
    identities = _identities([first, second, third, other])
    identities.update([first, second, other])
    before = {identities.keys(d.sha256)["session 0/member 0"] for d in (first, second)}
    assert len(before) == 2
    changes = identities.update([third])
    (kept,) = {identities.keys(d.sha256)["session 0/member 0"] for d in (first, second, third)}
    ((_, gone),) = [thing for thing in changes.merged if thing[0] == "person"]
    assert {f"person/{gone}", kept} == before
    assert other.sha256 not in changes.documents
    assert third.sha256 in changes.documents
    assert ("person", "paul-petit") not in changes.touched
    back = identities.update(remove=[third.sha256])
    assert len({identities.keys(d.sha256)["session 0/member 0"] for d in (first, second)}) == 2
    assert back.split


def test_a_judgement_is_applied_to_what_was_taken_in_before(make):
    documents = [_seance(make, "M. Jean DUPONT", 1), _seance(make, "M. Paul DURAND", 2)]
    registry = Registry()
    identities = _identities(documents, registry=registry)
    identities.update(documents)
    keys = [identities.keys(d.sha256)["session 0/member 0"] for d in documents]
    judgement = Judgement(verb="merge", left=keys[0], right=keys[1], author="m", date=dt.date(2024, 1, 1), reason="r")
    changes = _identities(documents, [judgement], registry).update()
    assert len({identities.keys(d.sha256)["session 0/member 0"] for d in documents}) == 1
    assert changes.merged
    _identities(documents, [], registry).update()
    assert len({identities.keys(d.sha256)["session 0/member 0"] for d in documents}) == 2


def test_what_fails_changes_nothing(make):
    documents = [_seance(make, "M. Jean DUPONT", 1)]
    identities = _identities(documents)
    identities.update(documents)

    def broken():
        yield documents[0]
        raise OSError("disque")

    with pytest.raises(OSError, match="disque"):
        identities.update(broken())
    assert identities.documents == {documents[0].sha256}
