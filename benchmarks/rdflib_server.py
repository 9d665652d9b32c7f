"""rdflib-endpoint as its `serve` starts it, in an environment of its own: `PYTHON rdflib_server.py DUMP PORT PIDS`.

The dump (N-Quads, gzip) is read once, into its default store (memory, the default graph being the union), which takes
minutes for a million quads; then a child serves it. Who kills the child, whose id is in the file PIDS, because a query
would take for ever (nothing else stops one), has another at once, of the same memory.
"""

from __future__ import annotations

import gzip
import os
import signal
import sys
import time
from pathlib import Path
from typing import IO, cast


def main() -> None:
    """Read the dump, serve until terminated."""
    # Of that other environment alone.
    import uvicorn
    from rdflib import Dataset  # type: ignore[import-not-found, unused-ignore]
    from rdflib_endpoint import SparqlEndpoint  # type: ignore[import-not-found]

    dump, port, pids = sys.argv[1:]
    begun = time.monotonic()
    graph = Dataset(default_union=True)
    with gzip.open(dump) as quads:
        graph.parse(cast("IO[bytes]", quads), format="nquads")
    print(f"{len(graph)} triples, read in {time.monotonic() - begun:.0f} s", flush=True)  # noqa: T201
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    while True:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=int(port), log_level="error")
            os._exit(0)
        Path(pids).write_text(str(child), encoding="ascii")
        try:
            os.waitpid(child, 0)
        except SystemExit:
            os.kill(child, signal.SIGKILL)
            raise


if __name__ == "__main__":
    main()
