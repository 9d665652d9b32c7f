"""Building a release: aside, whole, compared with the live one, then swapped in."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import platform
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import Graph

from extract.facts import FACTS_VERSION, DocumentFacts
from graph import ledger
from graph.delta import MOST, PART, Delta
from graph.iri import DEFAULT_BASE, Iris, dockey
from graph.release import answers, derived, removed, sums
from graph.release.contents import Changes, Contents, changes
from graph.release.history import ROLLED_BACK
from graph.release.last import Last, Texts
from graph.release.last import last as _last
from graph.release.layout import (
    DUMP,
    STORE_ERRORS,
    Release,
    ReleaseError,
    go_live,
    is_sound,
    load,
    names,
    prune,
    sync_tree,
)
from graph.release.piece import Identities, Later, Piece, Prepared, published_text
from graph.release.storing import INCREMENTS, SHARE, Dump, load_all, load_changes
from graph.release.tally import Tally
from graph.search import VERSION, IndexWriter, Kept, Shown


@dataclass(frozen=True, slots=True)
class Published:
    """One document that passed the gate: its facts, its graph, the gate's report where it has warnings.

    In the place of its graph, what was made of graph and report before.
    """

    facts: DocumentFacts | Later
    graph: Graph | Prepared
    report: Graph | None = None
    file_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """``keep``: how many releases stay on disk. ``extra``: further named graphs (the ontology) by IRI, or their pieces.

    ``removed``: why addresses are gone, by their fingerprint. ``fresh``: nothing is taken over from the live release.
    ``seconds``: takes what each stage of the building cost.
    ``questions``: SELECTs whose rows are kept with the release (:mod:`graph.release.answers`).
    """

    base: str = DEFAULT_BASE
    keep: int = 3
    removed: Mapping[str, removed.Removed] = field(default_factory=dict)
    extra: Mapping[str, Graph | Piece] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    fresh: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    questions: frozenset[str] = frozenset()


def build(
    data_dir: Path, published: Iterable[Published], identities: Graph | Identities, options: BuildOptions | None = None
) -> Release:
    """Publish the documents; returns the new release, or the live one where nothing changed.

    Documents are taken one at a time, so that memory does not grow with their number; give them in the order of
    their keys for a dump that is the same byte for byte. Whatever fails, the live release stays as it was.
    Raises :class:`ReleaseError`.
    """
    options = options or BuildOptions()
    releases = data_dir / "releases"
    try:
        releases.mkdir(parents=True, exist_ok=True)
        with _alone(releases):
            aside = releases / ".building"
            shutil.rmtree(aside, ignore_errors=True)
            try:
                return _Builder(data_dir, aside, options).run(published, identities)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
    except (*STORE_ERRORS, sqlite3.Error) as error:
        raise ReleaseError(
            f"{releases} : publication impossible ({error}). L'ancienne reste en ligne ; libérer la place ou les"
            " droits d'écriture, puis relancer « ingest »."
        ) from error


@contextmanager
def _alone(releases: Path) -> Iterator[None]:
    """Only one build at a time; the lock goes with the process, however it ends."""
    with (releases / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ReleaseError(
                f"{releases} : une autre publication est en cours. Attendre qu'elle finisse, puis relancer."
            ) from error
        yield


class _Builder:
    """One release under way, in the directory ``aside``."""

    def __init__(self, data_dir: Path, aside: Path, options: BuildOptions) -> None:
        self._data_dir = data_dir
        self._aside = aside
        self._options = options
        self._iris = Iris(options.base)
        versions = {"search index": str(VERSION), "ledger": str(ledger.VERSION)}
        asked = f"{answers.VERSION} {answers.digest(options.questions)}"
        self._contents = Contents(others={**versions, "answers": asked})
        self._extractors: set[str] = set()
        self._tally: Tally | None = None
        self._quads = 0
        self._last = _last(data_dir)
        self._texts = Texts(aside / "texts", self._last)
        (aside / "dumps").mkdir(parents=True)
        self._dump = Dump(aside / "dumps" / DUMP)

    def run(self, published: Iterable[Published], identities: Graph | Identities) -> Release:
        self._gone()
        self._write(published, identities)
        digest = self._contents.digest
        if (same := self._same(digest)) is not None:
            self._go_live(same.id)
            return same
        increments, counts = self._derive(digest)  # closes the store: readers open it read-only
        self._contents.write(self._aside)
        release_id = self._next_id(digest)
        self._manifest(release_id, digest, counts, increments)
        with self._timed("digests"):
            sums.write(self._aside, self._last.release.path if self._last is not None else None)
        with self._timed("swap"):
            sync_tree(self._aside)
            final = self._data_dir / "releases" / release_id
            self._aside.rename(final)
            self._go_live(release_id)
            prune(self._data_dir, self._options.keep)
        return load(final)

    def _derive(self, digest: str) -> tuple[int, dict[str, int]]:
        """Fill the store and make what is made of it; how many releases it was made from, and what it counts."""
        with self._timed("store"):
            increments, store, delta = self._store(self._dump)
        with self._timed("ledger"):
            before = None if self._last is None else str(self._last.release.manifest.get("digest"))
            kept = ledger.Kept(self._data_dir / "cache" / "told.sqlite", digest, before, delta)
            derived.write_ledger(store, self._aside / ledger.FILE, kept)
        with self._timed("answers"):
            earlier = self._earlier_answers(delta)
            counted = None if self._tally is None else self._tally.counted()
            derived.write_answers(store, self._aside / answers.FILE, self._options.questions, earlier, counted)
        counted = {"documents": len(self._contents.texts), "quads": self._quads}
        return increments, counted | derived.counts(self._aside)

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        seconds = self._options.seconds
        seconds[stage] = seconds.get(stage, 0.0) + time.perf_counter() - begun

    def _go_live(self, release_id: str) -> None:
        go_live(self._data_dir, release_id)
        (self._data_dir / ROLLED_BACK).unlink(missing_ok=True)

    def _same(self, digest: str) -> Release | None:
        """A release that is kept, sound, and this one already."""
        for name in reversed(names(self._data_dir)):
            if name.endswith(f"-{digest[:12]}") and not self._options.fresh:
                with suppress(ReleaseError):  # damaged: this one takes its place
                    found = load(self._data_dir / "releases" / name)
                    if found.manifest.get("digest") == digest and is_sound(found):
                        return found
        return None

    def _write(self, published: Iterable[Published], identities: Graph | Identities) -> None:
        """The dump, the texts and the search index, in one pass over the documents."""
        with self._timed("search index"):
            before = self._last
            index = IndexWriter(
                self._aside / "search.sqlite",
                Kept(self._data_dir / "cache"),
                None if before is None or self._is_anew(before) else before.release.search_index,
            )
        with closing(self._dump):
            for document in published:
                self._document(document, index)
            with self._timed("lines"):
                if isinstance(identities, Graph):
                    identities = Identities.of(identities, self._iris.base)
                self._piece(str(self._iris.identities), identities.graph)
                for name, graph in sorted(self._options.extra.items()):
                    self._piece(name, Piece.beside(graph, name) if isinstance(graph, Graph) else graph)
        with self._timed("search index"):
            index.things(identities.packed)
            index.close()

    def _document(self, document: Published, index: IndexWriter) -> None:
        prepared, key = document.graph, dockey(document.facts.sha256)
        with self._timed("lines"):
            if not isinstance(prepared, Prepared):
                facts, names = _read(document.facts), document.file_names
                prepared = Prepared.of(facts, prepared, document.report, self._iris.base, names)
            self._extractors.add(prepared.extractor)
            self._piece(str(self._iris.graph(key)), prepared.graph)
            if prepared.report is not None:
                self._piece(str(self._iris.report(key)), prepared.report)
        with self._timed("texts"):
            self._texts.write(key, prepared.text, lambda: published_text(_read(document.facts), document.file_names))
            self._contents.texts[key] = prepared.text
        with self._timed("search index"):
            shown = Shown(str(self._iris.thing("document", key)), key, prepared.text, lambda: self._texts.read(key))
            index.document(prepared.packed, shown)

    def _piece(self, name: str, piece: Piece) -> None:
        self._dump.add(name, piece, None if self._last is None else self._last.contents.graphs.get(name))
        self._contents.graphs[name] = piece.digest
        self._quads += piece.quads

    def _gone(self) -> None:
        """The addresses that documents took away with them."""
        if self._options.removed:
            encoded = removed.encode(self._options.removed)
            (self._aside / removed.FILE).write_bytes(encoded)
            self._contents.others["removed"] = sha256(encoded).hexdigest()

    def _earlier_answers(self, delta: Delta | None) -> answers.Earlier | None:
        """The answers of the last release, where they are those of the same code."""
        last, asked = self._last, self._contents.others["answers"].split(" ", 1)[0]
        if last is None or delta is None or last.contents.others.get("answers", "").split(" ", 1)[0] != asked:
            return None
        return derived.earlier_answers(last.release, delta)

    def _store(self, dump: Dump) -> tuple[int, ox.Store, Delta | None]:
        """How many releases it was made from, one after the other, since one was made anew; the store; what differs.

        Nothing is told of the last where the store was made anew, or very much differs.
        """
        path, last = self._aside / "store", self._last
        if last is not None and (differ := self._differ(last)) is not None:
            try:
                changed = (*differ.added, *differ.changed)
                most = min(MOST, int(PART * self._quads))
                store, delta = load_changes(path, last.release.store_path, dump, differ.removed, changed, most)
            except STORE_ERRORS:  # the last one is damaged: that must not keep the next from being made
                shutil.rmtree(path, ignore_errors=True)
            else:
                return last.increments + 1, store, delta
        self._tally = Tally(self._aside)
        return 0, load_all(path, dump, self._tally), None

    def _differ(self, last: Last) -> Changes | None:
        """What differs from the last release; None where the store is to be made anew."""
        differ = changes(last.contents.graphs, self._contents.graphs)
        is_much = last.increments >= INCREMENTS or len(differ) > SHARE * len(self._contents.graphs)
        return None if is_much or self._is_anew(last) else differ

    def _is_anew(self, last: Last) -> bool:
        """Whether store and search index are to be made anew.

        Their files keep what was deleted until they are: so they are when a document was removed.
        """
        return (
            self._options.fresh
            or last.release.base != self._iris.base
            or last.contents.others.get("removed") != self._contents.others.get("removed")
        )

    def _next_id(self, digest: str) -> str:
        numbers = (name.split("-")[0] for name in names(self._data_dir))
        last = max((int(number) for number in numbers if number.isdigit()), default=0)
        return f"{last + 1:06d}-{digest[:12]}"

    def _manifest(self, release_id: str, digest: str, counts: dict[str, int], increments: int) -> None:
        manifest: dict[str, Any] = {
            "id": release_id,
            "digest": digest,
            "base": self._iris.base,
            "created": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "counts": counts,
            "increments": increments,
            "versions": {
                "facts": str(FACTS_VERSION),
                "extractors": ", ".join(sorted(self._extractors)),
                "python": platform.python_version(),
                "pyoxigraph": metadata.version("pyoxigraph"),
                **self._options.versions,
            },
        }
        if self._last is not None:
            documents = changes(self._last.contents.texts, self._contents.texts)
            manifest["changes"] = {"since": self._last.release.id, "documents": asdict(documents)}
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (self._aside / "manifest.json").write_text(text, encoding="utf-8")


def _read(facts: DocumentFacts | Later) -> DocumentFacts:
    return facts.read() if isinstance(facts, Later) else facts
