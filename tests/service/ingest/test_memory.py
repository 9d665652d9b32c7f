"""What an ingest still holds when its release is made: of the acts no more than what is published of each."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from typing import Any

import pytest

from extract.version import EXTRACTOR
from graph.remembered import held
from graph.resolve.incremental.looked_up import LookedUp
from service.ingest import documents, ingest, run, settle
from service.ingest.documents import DocumentStore
from service.settings import Settings
from tests.service.conftest import Plant


def test_who_is_who_is_gone_when_the_release_is_made(
    tmp_path: Path, plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The resolution remembers thousands of things, and the graph of identities grows with the acts."""
    held: dict[str, weakref.ref[Any]] = {}

    def watched(name: str, part: str = "") -> None:
        make = getattr(run, name)

        def made(*given: object) -> Any:
            found = make(*given)
            held[name] = weakref.ref(getattr(found, part) if part else found)
            return found

        monkeypatch.setattr(run, name, made)

    def build(*given: Any) -> Any:
        gc.unfreeze()
        gc.collect()
        held_then.extend(name for name, each in held.items() if each() is not None)
        return publish(*given)

    held_then: list[str] = []
    publish = run.build
    watched("settle", "resolution")

    monkeypatch.setattr(run, "build", build)
    plant(tmp_path, "a.txt", to="Les Amis du Livre")
    plant(tmp_path, "b.txt", to="Les Amis du Train")
    assert ingest([], Settings(data=tmp_path)).release is not None
    assert held.keys() == {"settle"}
    assert held_then == []


@pytest.mark.parametrize("acts", [2, 6])
def test_what_was_remembered_of_names_is_gone_too(
    acts: int, tmp_path: Path, plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some thousands of each kind, as many as there were acts for: neither the gate nor the release asks for them."""
    held_then: list[int] = []
    publish, gate = run.build, settle.Stamps

    def build(*given: Any) -> Any:
        held_then.append(held())
        return publish(*given)

    def stamps(*given: Any) -> Any:
        held_then.append(held())
        return gate(*given)

    monkeypatch.setattr(run, "build", build)
    monkeypatch.setattr(settle, "Stamps", stamps)
    for number in range(acts):
        plant(tmp_path, f"{number}.txt", to=f"Les Amis du Livre numéro {number}")
    assert ingest([], Settings(data=tmp_path)).release is not None
    assert held_then == [0, 0]
    assert held() > acts


@pytest.mark.parametrize("acts", [3, 9])
def test_of_the_facts_of_many_documents_two_are_kept(
    acts: int, tmp_path: Path, plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are gone through in one order: the last ones of more than are kept are not met again."""
    monkeypatch.setattr(documents, "_RECENT", 3)
    for number in range(acts):
        plant(tmp_path, f"{number}.txt", to=f"Les Amis du Livre numéro {number}")
    store = DocumentStore(tmp_path)
    read = [store.good_facts(record.sha256, record.names[0], extractor=EXTRACTOR) for record in store.records()]
    assert len(read) == acts
    assert len(store._recent) == (3 if acts == 3 else 2)
    last = next(reversed(store._recent))
    assert store.good_facts(last, store._recent[last][1].file_name, extractor=EXTRACTOR) is store._recent[last][1]


def test_things_that_come_back_are_remembered_and_others_are_not() -> None:
    asked: list[str] = []

    def read(key: str) -> str:
        asked.append(key)
        return key.upper()

    things = LookedUp(read, lambda: iter("abcd"), 2)
    assert [things[key] for key in "abacada"] == list("ABACADA")
    assert asked == ["a", "b", "c", "d"]
    assert [things[key] for key in "dcb"] == list("DCB")
    assert asked == ["a", "b", "c", "d", "c", "b"]
