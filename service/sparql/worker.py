"""The process that runs users' queries: one store, opened read-only, one query at a time, killed when late.

Started as `python -I service/sparql/worker.py` with an empty environment; it imports nothing of ours but its
sandbox, so that it starts in about 70 ms. Frames both ways: kind (1 byte), length (4 bytes, big-endian), payload.

    in   C {"store", "memory", "base", "prefixes"}     once
    out  R {"thread"}                          the store is open, the sandbox closed; or X
    in   Q {"query", "kind", "format", "default", "named", "seconds", "cap"}
    out  D bytes…                              parts of the result
    out  E {"bytes"}  or  X {"error": syntax|large|network|store|engine|open, "message"}
"""

import json
import os
import signal
import struct
import sys
import threading
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, Store, serialize

HEADER = struct.Struct("!cI")
CONFIGURE, READY, QUERY, DATA, END, ERROR = b"C", b"R", b"Q", b"D", b"E", b"X"

# Deep queries recurse in the engine: its stack must hold what a query of max_query_bytes can nest. Measured:
# 64 KiB of "(", "!" or "OPTIONAL{}" overflow the usual 8 MiB and pass with 256 MiB (of addresses, not memory).
_STACK = 256 * 2**20
_CHUNK = 64 * 2**10
# How RocksDB's words begin when a file is damaged or gone (rocksdb::Status::ToString); the types are of no help.
_DAMAGE = ("Corruption:", "IO error:")
_RESULTS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_GRAPHS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
}


class ResultTooLargeError(Exception):
    """The result passed its cap."""


class _Sink:
    """The writable the engine serialises into: counts, caps, and sends by frames of about 64 KiB."""

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._pending = bytearray()
        self.total = 0

    def write(self, data: bytes) -> int:
        self.total += len(data)
        if self.total > self._cap:
            raise ResultTooLargeError
        self._pending += data
        if len(self._pending) >= _CHUNK:
            _write(_frame(DATA, bytes(self._pending)))
            self._pending.clear()
        return len(data)

    def flush(self) -> None:
        """Called by the engine after its last word: `finish` sends that, with the end."""

    def finish(self) -> None:
        """Send what is left and the end in one write: a short result wakes the service up once."""
        end = _frame(END, json.dumps({"bytes": self.total}).encode())
        _write(_frame(DATA, bytes(self._pending)) + end if self._pending else end)


def _frame(kind: bytes, payload: bytes) -> bytes:
    return HEADER.pack(kind, len(payload)) + payload


def _write(data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(1, rest) :]


def _send_json(kind: bytes, **values: object) -> None:
    _write(_frame(kind, json.dumps(values).encode()))


def _receive() -> dict[str, Any] | None:
    """The next frame's JSON, None when the service has closed the pipe."""
    header = sys.stdin.buffer.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    _kind, length = HEADER.unpack(header)
    values: dict[str, Any] = json.loads(sys.stdin.buffer.read(length))
    return values


def _used(prefixes: dict[str, str], query: str) -> dict[str, str]:
    """The prefixes that stand in a query: to tell the engine all of them takes as long as to read a short query."""
    if "\\" in query:  # which may hide one
        return prefixes
    return {prefix: iri for prefix, iri in prefixes.items() if f"{prefix}:" in query}


def _evaluate(store: Store, job: dict[str, Any], config: dict[str, Any]) -> None:
    """Run one job and send its result; every failure of the engine becomes an X frame."""
    sink = _Sink(job["cap"])
    try:
        result = store.query(
            job["query"],
            base_iri=config["base"],
            prefixes=_used(config["prefixes"], job["query"]),
            default_graph=None if job["default"] is None else [NamedNode(iri) for iri in job["default"]],
            named_graphs=None if job["named"] is None else [NamedNode(iri) for iri in job["named"]],
        )
        if isinstance(result, QueryTriples):
            serialize(result, sink, _GRAPHS[job["format"]], prefixes=config["prefixes"])  # type: ignore[arg-type]
        else:
            result.serialize(sink, _RESULTS[job["format"]])  # type: ignore[arg-type]
        sink.finish()
    except SyntaxError as error:
        _send_json(ERROR, error="syntax", message=str(error))
    except ResultTooLargeError:
        _send_json(ERROR, error="large", message="")
    except (OSError, RuntimeError, ValueError) as error:
        _send_json(ERROR, error=_kind(error), message=str(error))


def _kind(error: Exception) -> str:
    """What failed: the sandbox refused a socket, a file of the store cannot be read, or the engine gave up."""
    if isinstance(error, PermissionError):
        return "network"
    return "store" if str(error).startswith(_DAMAGE) else "engine"


def _serve() -> None:
    config = _receive()
    if config is None:
        return
    # Isolated mode leaves this directory off sys.path; the sandbox stands beside this file.
    sys.path.insert(0, str(Path(__file__).parent))
    from sandbox import SandboxError, lock_down  # type: ignore[import-not-found]

    try:
        store = Store.read_only(config["store"])
        lock_down(Path(config["store"]), config["memory"])
    except SandboxError as error:
        _send_json(ERROR, error="open", message=str(error))
        return
    except (OSError, RuntimeError, ValueError) as error:
        _send_json(ERROR, error="store", message=str(error))
        return
    _send_json(READY, thread=threading.get_native_id())
    while (job := _receive()) is not None:
        # The service kills a late worker; this alarm does it when the service itself is gone.
        signal.setitimer(signal.ITIMER_REAL, job["seconds"] + 1)
        _evaluate(store, job, config)
        signal.setitimer(signal.ITIMER_REAL, 0)


def main() -> None:
    """Serve frames until the pipe closes, on a thread with a deep stack."""
    threading.stack_size(_STACK)
    thread = threading.Thread(target=_serve)
    thread.start()
    thread.join()


if __name__ == "__main__":
    main()
