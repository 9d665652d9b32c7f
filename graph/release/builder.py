"""Building a release: aside, whole, compared with the live one, then swapped in."""

from __future__ import annotations

import datetime as dt
import fcntl
import gzip
import json
import platform
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import Graph

from extract.facts import FACTS_VERSION, DocumentFacts
from graph import ledger
from graph.iri import DEFAULT_BASE, Iris, dockey, short_hash
from graph.privacy import Privacy
from graph.rdf import sorted_lines, with_union
from graph.release import removed
from graph.release.layout import DUMP, Release, ReleaseError, current, go_live, load, names, prune, sync_tree
from graph.search import VERSION, IndexWriter

_COUNTS = (Path(__file__).parent / "counts.rq").read_text(encoding="utf-8")
_CHUNK = 1 << 20
_SLICE = 8 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Published:
    """One document that passed the gate: its facts, its graph, the gate's report where it has warnings."""

    facts: DocumentFacts
    graph: Graph
    report: Graph | None = None
    file_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """``keep``: how many releases stay on disk. ``extra``: further named graphs (the ontology) by IRI.

    ``removed``: why addresses are gone, by their fingerprint.
    """

    base: str = DEFAULT_BASE
    keep: int = 3
    removed: Mapping[str, removed.Removed] = field(default_factory=dict)
    extra: Mapping[str, Graph] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)


def build(
    data_dir: Path, published: Iterable[Published], identities: Graph, options: BuildOptions | None = None
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
    except OSError as error:
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
        self._digests = [f"search index {VERSION}", f"ledger {ledger.VERSION}"]
        self._extractors: set[str] = set()
        self._documents = 0
        self._written = 0
        self._quads = 0
        self._cuts: list[int] = []
        for name in ("dumps", "texts"):
            (aside / name).mkdir(parents=True)

    def run(self, published: Iterable[Published], identities: Graph) -> Release:
        plain = self._aside / "dumps" / "plain.nq"
        self._write(plain, published, identities)
        self._gone()
        digest = sha256("\n".join(sorted(self._digests)).encode()).hexdigest()
        live = current(self._data_dir)
        if live is not None and live.manifest.get("digest") == digest:
            return live
        counts = self._load(plain)
        _compress(plain, self._aside / "dumps" / DUMP)
        release_id = self._next_id(digest)
        self._manifest(release_id, digest, counts)
        sync_tree(self._aside)
        final = self._data_dir / "releases" / release_id
        self._aside.rename(final)
        go_live(self._data_dir, release_id)
        prune(self._data_dir, self._options.keep)
        return load(final)

    def _write(self, plain: Path, published: Iterable[Published], identities: Graph) -> None:
        """The dump, the texts and the search index, in one pass over the documents."""
        index = IndexWriter(self._aside / "search.sqlite")
        with plain.open("wb") as dump:
            for document in published:
                self._document(document, dump.writelines, index)
            index.things(identities)
            self._graph(str(self._iris.identities), identities, dump.writelines)
            for name, graph in sorted(self._options.extra.items()):
                self._graph(name, graph, dump.writelines, f"x{short_hash(name)}")
        index.close()

    def _document(self, document: Published, write: Any, index: IndexWriter) -> None:
        facts = document.facts
        key = dockey(facts.sha256)
        self._documents += 1
        self._extractors.add(facts.extractor)
        self._graph(str(self._iris.graph(key)), document.graph, write)
        if document.report is not None:
            self._graph(str(self._iris.report(key)), document.report, write, f"r{key}")
        privacy = Privacy(facts)
        text = privacy.mask_document(facts.text)
        names = [privacy.mask(name) for name in sorted({facts.file_name, *document.file_names})]
        shown = {
            "file_name": privacy.mask(facts.file_name),
            "file_names": names,
            "media_type": facts.media_type,
            "text": text,
            "pages": [page.model_dump() for page in facts.pages],
        }
        encoded = json.dumps(shown, ensure_ascii=False, sort_keys=True).encode()
        (self._aside / "texts" / f"{key}.json").write_bytes(encoded)
        self._digests.append(f"text {key} {sha256(encoded).hexdigest()}")
        index.document(document.graph, str(self._iris.thing("document", key)), key, text)

    def _graph(self, name: str, graph: Graph, write: Any, blank: str = "") -> None:
        lines = sorted_lines(graph, name, blank)
        self._digests.append(f"graph {name} {sha256(b''.join(lines)).hexdigest()}")
        write(lines)
        self._quads += len(lines)
        self._written += sum(map(len, lines))
        if self._written - (self._cuts[-1] if self._cuts else 0) >= _SLICE:
            self._cuts.append(self._written)

    def _gone(self) -> None:
        """The addresses that documents took away with them."""
        if self._options.removed:
            encoded = removed.encode(self._options.removed)
            (self._aside / removed.FILE).write_bytes(encoded)
            self._digests.append(f"removed {sha256(encoded).hexdigest()}")

    def _load(self, plain: Path) -> dict[str, int]:
        """Load the store; returns how many things of each class it holds."""
        store = ox.Store(str(self._aside / "store"))
        for part in self._slices(plain):
            # Our own serialisation: nothing to validate.
            store.bulk_load(with_union(part), ox.RdfFormat.N_QUADS, lenient=True)
        found = store.query(_COUNTS)
        counts = {"documents": self._documents, "quads": self._quads}
        if isinstance(found, ox.QuerySolutions):
            counts |= {_local(row["class"]): int(_value(row["count"])) for row in found}
        ledger.write(self._aside / ledger.FILE, _select(store))
        store.flush()
        del store  # closes the files: readers open them read-only
        return counts

    def _slices(self, plain: Path) -> Iterator[bytes]:
        """The dump in slices of whole graphs: loaded at once, a million quads take a gigabyte of memory."""
        with plain.open("rb") as dump:
            for cut in [*self._cuts, self._written]:
                yield dump.read(cut - dump.tell())

    def _next_id(self, digest: str) -> str:
        numbers = (name.split("-")[0] for name in names(self._data_dir))
        last = max((int(number) for number in numbers if number.isdigit()), default=0)
        return f"{last + 1:06d}-{digest[:12]}"

    def _manifest(self, release_id: str, digest: str, counts: dict[str, int]) -> None:
        manifest = {
            "id": release_id,
            "digest": digest,
            "base": self._iris.base,
            "created": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "counts": counts,
            "versions": {
                "facts": str(FACTS_VERSION),
                "extractors": ", ".join(sorted(self._extractors)),
                "python": platform.python_version(),
                "pyoxigraph": metadata.version("pyoxigraph"),
                **self._options.versions,
            },
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (self._aside / "manifest.json").write_text(text, encoding="utf-8")


def _compress(plain: Path, target: Path) -> None:
    """Gzip without name or time, so that the same dataset gives the same bytes; the plain file goes."""
    with (
        plain.open("rb") as source,
        target.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=0) as packed,
    ):
        shutil.copyfileobj(source, packed, _CHUNK)
    plain.unlink()


def _select(store: ox.Store) -> ledger.Select:
    """How the ledger asks the store."""

    def select(query: str) -> Iterator[dict[str, str]]:
        found = store.query(query)
        if isinstance(found, ox.QuerySolutions):
            names = [variable.value for variable in found.variables]
            for row in found:
                yield {name: _value(term) for name, term in zip(names, row, strict=True) if term is not None}

    return select


def _local(term: object) -> str:
    return _value(term).rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _value(term: object) -> str:
    return str(getattr(term, "value", term))
