"""Removing documents: out of the dataset and of the release, their addresses gone with a reason, the bytes in a bin.

Which of a document's addresses are gone is not worked out here: all that its graph names are noted, and the service
says of one that no release knows any more why that is (:mod:`graph.release.removed`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from graph.iri import Iris
from graph.release import Release, fingerprint, standing
from service.ingest.documents import DocumentRecord, DocumentStore
from service.ingest.intake import Doors
from service.ingest.removals import Removal, Removals
from service.ingest.report import IngestReport, Watcher
from service.ingest.run import at_work, take_in
from service.settings import Settings

_HASH = re.compile(r"[0-9a-f]{16}(?:[0-9a-f]{48})?")
#: What is told of a removal for which nobody gave a reason.
NO_REASON = "document retiré par son éditeur"


class RemovalError(Exception):
    """A document to remove, or to bring back, is not there or not the only one; str() is in French."""


#: A document, removed or not.
_Document = TypeVar("_Document", DocumentRecord, Removal, DocumentRecord | Removal)


@dataclass(frozen=True)
class Wish:
    """What to remove: `documents` by key, SHA-256, file name, address, or the file itself. `purge` erases for good."""

    documents: tuple[str, ...]
    reason: str
    author: str
    purge: bool = False


@dataclass(frozen=True)
class Outcome:
    """The removals made or undone, and the report of the release made without them, or with them again."""

    removals: tuple[Removal, ...]
    report: IngestReport


def chosen(wish: Wish, settings: Settings, *, wait: float = 0.0) -> list[DocumentRecord | Removal]:
    """What a wish is about: documents, and where it erases, removed ones too. Raises RemovalError, as `remove` does."""
    with at_work(settings, wait) as doors:
        return _chosen(wish, doors)


def remove(wish: Wish, settings: Settings, watch: Watcher, *, wait: float = 0.0) -> Outcome:
    """Remove the documents and publish without them; with `purge`, older releases go too, since they hold them.

    Raises RemovalError, DataDirectoryBusy, ReleaseError, OSError.
    """
    with at_work(settings, wait) as doors:
        found, live = _chosen(wish, doors), standing(settings.data)
        made = [each if isinstance(each, Removal) else _removal(each, wish, live) for each in found]
        if wish.purge:
            doors.removals.purging()
            made = [removal.purged() for removal in made]
        for removal in made:
            doors.removals.add(removal)
        return Outcome(tuple(made), take_in((), doors, settings, watch))


def bring_back(documents: Sequence[str], settings: Settings, watch: Watcher, *, wait: float = 0.0) -> Outcome:
    """Take removed documents out of the bin and publish with them. Raises RemovalError and what `remove` raises."""
    with at_work(settings, wait) as doors:
        known = doors.removals.all()
        found = [_one(each, known, "retiré") for each in documents]
        if erased := [removal for removal in found if removal.erased]:
            raise RemovalError(
                f"{erased[0].key} : document effacé, il n'est plus dans la corbeille. Redonnez le fichier :"
                " delibgraph ingest --take-back FICHIER."
            )
        for removal in found:
            doors.removals.undo(removal)
        return Outcome(tuple(found), take_in((), doors, settings, watch))


def removed(settings: Settings) -> list[Removal]:
    """Every removal in force."""
    return Removals(settings.data, DocumentStore(settings.data)).all()


def _chosen(wish: Wish, doors: Doors) -> list[DocumentRecord | Removal]:
    known: list[DocumentRecord | Removal] = [*doors.store.accepted()]
    if wish.purge:
        known += [removal for removal in doors.removals.all() if not removal.erased]
    found = {each.sha256: each for each in (_one(text, known, "connu") for text in wish.documents)}
    return list(found.values())


def _one(text: str, known: Iterable[_Document], state: str) -> _Document:
    """The only document that a user can mean."""
    asked = text.rstrip("/").rsplit("/", 1)[-1]
    found = [each for each in known if _means(asked, each)]
    if not found and Path(text).is_file():
        with Path(text).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        found = [each for each in known if each.sha256 == digest]
    if len(found) == 1:
        return found[0]
    if found:
        keys = ", ".join(each.sha256[:16] for each in found)
        raise RemovalError(f"{text} : {len(found)} documents portent ce nom. Donnez la clé de l'un : {keys}.")
    raise RemovalError(
        f"{text} : aucun document {state} de ce nom. Donnez sa clé (/document/CLE), son empreinte SHA-256, son nom de"
        " fichier, ou le fichier ; la liste des documents retirés : delibgraph remove --list."
    )


def _means(asked: str, document: DocumentRecord | Removal) -> bool:
    return asked in document.names or (_HASH.fullmatch(asked) is not None and document.sha256.startswith(asked))


def _removal(record: DocumentRecord, wish: Wish, live: Release | None) -> Removal:
    return Removal(
        sha256=record.sha256,
        names=record.names,
        at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        reason=wish.reason.strip() or NO_REASON,
        author=wish.author,
        record=record,
        gone=() if live is None else _addresses(record.key, live),
    )


def _addresses(key: str, live: Release) -> tuple[str, ...]:
    """Fingerprints of every address of ours that the graph of a document names, and of that graph."""
    iris = Iris(live.base)
    graph = ox.NamedNode(str(iris.graph(key)))
    terms = (term for quad in live.store().quads_for_pattern(None, None, None, graph)
             for term in (quad.subject, quad.object))  # fmt: skip
    ours = {term.value for term in terms if isinstance(term, ox.NamedNode)}
    ours |= {graph.value, str(iris.report(key)), str(iris.thing("document", key))}
    paths = (iri.removeprefix(iris.base) for iri in ours if iri.startswith(f"{iris.base}/"))
    return tuple(sorted(map(fingerprint, paths)))
