"""A release pushed to a store by the SPARQL 1.1 Graph Store HTTP Protocol (W3C 2013): a PUT for each named graph.

What was pushed is kept in the data directory, by store: an interrupted push goes on where it was, and the next release
sends only the graphs that changed. The default graph, which our endpoint has as the union of the named ones, each
triple once, is sent in parts of whole graphs, so that a blank node is never in two.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

import httpx
import pyoxigraph as ox

from graph.release import Release
from service.remote.errors import refused, unreachable
from service.remote.mark import LOADED, Mark

#: N-Triples are Turtle, which every store reads by this name.
_TURTLE: Final = "text/turtle; charset=utf-8"
_NQUADS: Final = "application/n-quads"
_PART: Final = 8 * 2**20
_SECONDS: Final = 600.0

Watch = Callable[[int, int], None]


@dataclass(frozen=True)
class Pushed:
    """What a push did, in graphs; `kept` were there already."""

    sent: int = 0
    kept: int = 0
    removed: int = 0
    default_graph: bool = False


@dataclass
class Journal:
    """The digest of each graph that a store has of us, appended to as they go; a torn last line is no line."""

    path: Path
    graphs: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Path, endpoint: str) -> "Journal":
        """The journal of a store in a data directory."""
        path = data / "loads" / f"{hashlib.sha256(endpoint.encode()).hexdigest()[:16]}.jsonl"
        journal = cls(path)
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
            try:
                graph, digest = json.loads(line)
            except ValueError:
                continue
            journal.graphs[graph] = digest
        return journal

    def note(self, graph: str, digest: str) -> None:
        """The store now has this graph with this digest (empty: not at all)."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.graphs[graph] = digest
        with self.path.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps([graph, digest]) + "\n")


class GraphStore:
    """A store that speaks the Graph Store Protocol at an address."""

    def __init__(self, endpoint: str, user: str = "", password: str = "") -> None:
        """Basic and digest authentication are both tried where a user is given, as the store asks."""
        self.endpoint = endpoint
        self._user, self._password = user, password
        self._client = httpx.Client(timeout=httpx.Timeout(_SECONDS, connect=10))
        self._auth: httpx.Auth | None = None

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def put(self, graph: str | None, triples: bytes) -> None:
        """Replace a named graph, or the default one (None). Raises RemoteError."""
        self._send("PUT", _where(graph), triples)

    def add(self, graph: str | None, triples: bytes) -> None:
        """Add to a graph. Raises RemoteError."""
        self._send("POST", _where(graph), triples)

    def remove(self, graph: str | None) -> None:
        """Remove a graph, which may not be there. Raises RemoteError."""
        self._send("DELETE", _where(graph), None)

    def replace_all(self, parts: Iterable[bytes]) -> None:
        """Replace the whole dataset by N-Quads, in one request (many stores take it). Raises RemoteError."""
        self._send("PUT", {}, parts, _NQUADS)

    def _send(
        self, method: str, where: dict[str, str], body: bytes | Iterable[bytes] | None, media: str = _TURTLE
    ) -> None:
        headers = {"Content-Type": media} if body is not None else {}
        try:
            answer = self._client.request(
                method, self.endpoint, params=where, content=body, headers=headers, auth=self._auth
            )
            if answer.status_code == httpx.codes.UNAUTHORIZED and self._user and self._auth is None:
                digest = "digest" in answer.headers.get("www-authenticate", "").lower()
                kind = httpx.DigestAuth if digest else httpx.BasicAuth
                self._auth = kind(self._user, self._password)
                self._send(method, where, body, media)
                return
        except httpx.HTTPError as error:
            raise unreachable(self.endpoint, error) from error
        absent = method == "DELETE" and answer.status_code == httpx.codes.NOT_FOUND
        if not (answer.is_success or absent):
            raise refused(self.endpoint, answer)


def _where(graph: str | None) -> dict[str, str]:
    return {"default": ""} if graph is None else {"graph": graph}


def push(
    release: Release,
    target: GraphStore,
    journal: Journal,
    watch: Watch,
    *,
    default_graph: bool = True,
    union: str | None = None,
) -> Pushed:
    """Send what the store does not have, remove what the release no longer has. Raises RemoteError, ReleaseError.

    `union`: the named graph that stands for the default one, None for the store's own.
    """
    store = release.store()
    names = sorted(str(name.value) for name in store.named_graphs() if isinstance(name, ox.NamedNode))
    wanted = {name: _digest(_lines(store, name)) for name in names}
    missing = [name for name in names if journal.graphs.get(name) != wanted[name]]
    gone = [name for name, digest in journal.graphs.items() if digest and name and name not in wanted]
    steps = len(missing) + len(gone) + default_graph
    target.remove(LOADED.value)
    for number, name in enumerate(missing):
        watch(number, steps)
        target.put(name, b"".join(_lines(store, name)))
        journal.note(name, wanted[name])
    for number, name in enumerate(gone):
        watch(len(missing) + number, steps)
        target.remove(name)
        journal.note(name, "")
    whole = _digest(part.encode() for part in (union or "", *(wanted[name] for name in names)))
    if default_graph and journal.graphs.get("") != whole:
        _push_default(store, names, target, union)
        journal.note("", whole)
    if default_graph:
        target.put(LOADED.value, _mark(release, store).turtle())
    watch(steps, steps)
    return Pushed(len(missing), len(names) - len(missing), len(gone), default_graph)


def push_at_once(release: Release, target: GraphStore) -> int:
    """Replace everything that the store has by the release, in one request; its number of named graphs."""
    store = release.store()
    names = sorted(str(name.value) for name in store.named_graphs() if isinstance(name, ox.NamedNode))
    target.replace_all(chain(_quads(store, names), _marked(release, store)))
    return len(names)


def _quads(store: ox.Store, names: Iterable[str]) -> Iterator[bytes]:
    for name in names:
        triples = list(_lines(store, name))
        yield b"".join(triples)
        yield b"".join(f"{line[:-3].decode()} <{name}> .\n".encode() for line in triples)


def _mark(release: Release, store: ox.Store) -> Mark:
    return Mark(release.id, sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph())))


def _marked(release: Release, store: ox.Store) -> Iterator[bytes]:
    for line in _mark(release, store).turtle().splitlines():
        yield line[:-2] + f" {LOADED} .\n".encode()


def _push_default(store: ox.Store, names: Iterable[str], target: GraphStore, union: str | None) -> None:
    """The union, first replaced by nothing: a part is added, and would otherwise stand beside what was there."""
    target.put(union, b"")
    part = bytearray()
    for name in names:
        part += b"".join(_lines(store, name))
        if len(part) >= _PART:
            target.add(union, bytes(part))
            part.clear()
    if part:
        target.add(union, bytes(part))


def _lines(store: ox.Store, name: str) -> Iterator[bytes]:
    """The triples of a graph as sorted lines of N-Triples, each ending in " .\\n"."""
    quads = store.quads_for_pattern(None, None, None, ox.NamedNode(name))
    return (f"{quad.triple} .\n".encode() for quad in sorted(quads, key=str))


def _digest(parts: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(part)
    return found.hexdigest()[:32]
