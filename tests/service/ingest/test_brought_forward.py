"""What a release keeps for pages, brought forward from the last one, is what its store answers: to the byte."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from benchmarks.register import BASE, THRESHOLD, documents
from extract.facts import DocumentFacts
from graph import ledger
from graph.mapping import map_document, map_identities
from graph.release import BuildOptions, Published, Release, answers, build, derived
from graph.resolve import Registry, resolve
from service.prepared import questions
from tests.examples import examples
from tests.graph.test_release_changes import _report


@cache
def pool() -> Sequence[DocumentFacts]:
    """Acts of few communes, which share séances, members, payers and programmes."""
    return list(islice(documents(60, 3), 14))


def publish(data: Path, made: Sequence[DocumentFacts]) -> Release:
    """Every third act has a report, with blank nodes."""
    made = sorted(made, key=lambda facts: facts.sha256)
    with Registry(data / "identities.sqlite") as registry:
        found = resolve(made, registry)
    items = [
        Published(f, map_document(f, found, BASE, (f.file_name,), THRESHOLD), _report(f.file_name) if n % 3 else None)
        for n, f in enumerate(made)
    ]
    identities = map_identities(found, [facts.sha256 for facts in made], BASE)
    return build(data, items, identities, BuildOptions(base=BASE, questions=questions()))


def changed(facts: DocumentFacts, chance: random.Random) -> DocumentFacts:
    """The same act of which the first sum is read no more, the others otherwise."""
    (act,) = facts.acts
    others = tuple(
        funding.model_copy(update={"status": chance.choice(("awarded", "requested")), "confidence": 0.7})
        for funding in act.fundings[1:]
        if funding.part_of is None
    )
    return facts.model_copy(update={"acts": (act.model_copy(update={"fundings": others}),)})


def is_what_the_store_says(release: Release, anew: Path) -> None:
    """Answers and ledger are, byte for byte, those made from nothing."""
    anew.unlink(missing_ok=True)
    derived.write_answers(release.store(), anew, questions(), None)
    assert (release.path / answers.FILE).read_bytes() == anew.read_bytes()
    anew.unlink()
    derived.write_ledger(release.store(), anew)
    assert (release.path / ledger.FILE).read_bytes() == anew.read_bytes()


@pytest.fixture
def always_forward(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much differs, everything is brought forward."""
    monkeypatch.setattr("graph.release.builder.SHARE", 10.0)
    monkeypatch.setattr("graph.release.builder.PART", 10.0)


@trying(max_examples=examples(1), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1000))
def test_what_is_brought_forward_is_what_the_store_answers(tmp_path: Path, seed: int, always_forward: None) -> None:
    shutil.rmtree(tmp_path / "data", ignore_errors=True)
    (tmp_path / "data").mkdir()
    chance = random.Random(seed)
    acts = chance.sample(pool(), 8)
    for step in range(4):
        release = publish(tmp_path / "data", acts)
        assert release.manifest["increments"] == step
        is_what_the_store_says(release, tmp_path / "anew.sqlite")
        chance.shuffle(acts)
        acts = [changed(acts[0], chance), *acts[1 : chance.randrange(5, 8)]]
        known = {each.sha256 for each in acts}
        acts += chance.sample([each for each in pool() if each.sha256 not in known], 2)


@pytest.mark.parametrize("harm", ["answers", "rubbish", "of another release"])
def test_what_was_damaged_is_not_built_upon(tmp_path: Path, always_forward: None, harm: str) -> None:
    first = publish(tmp_path, pool()[:3])
    path = first.path / answers.FILE if harm == "answers" else tmp_path / "cache" / "told.sqlite"
    if harm == "of another release":
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("UPDATE state SET release = 'x'")
            db.execute("DELETE FROM named")
    else:
        content = bytearray(path.read_bytes())
        content[-4000:] = b"x" * 4000
        path.write_bytes(content)
    second = publish(tmp_path, pool()[:4])
    is_what_the_store_says(second, tmp_path / "anew.sqlite")
