"""The W3C SPARQL 1.1 Protocol tests, as shared/tools/w3c_protocol.py runs them, against a real server.

The seven update_* tests do not apply to a read-only service.
"""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

SHARED = Path(__file__).parents[4] / "shared"
MANIFEST = SHARED / "w3c-sparql11-protocol" / "manifest.ttl"
GRAPH = "http://kasei.us/2009/09/sparql/data/data{}.rdf"

pytestmark = pytest.mark.skipif(not MANIFEST.exists(), reason="../shared holds the W3C suite and is not there")


def _runner() -> Any:
    spec = importlib.util.spec_from_file_location("w3c_protocol", SHARED / "tools" / "w3c_protocol.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_query_and_bad_request_test_passes(
    serve: Callable[..., httpx.Client], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = "".join(f"<{GRAPH.format(n)}> {{ {(MANIFEST.parent / f'data{n}.nt').read_text()} }}\n" for n in (1, 2, 3))
    client = serve(data.encode())
    runner = _runner()
    every = list(runner.tests(str(MANIFEST)))
    read_only = [(name, requests) for name, requests in every if not name.startswith("update_")]
    assert len(every) - len(read_only) == 7
    monkeypatch.setattr(runner, "tests", lambda _path: read_only)
    for path in ("sparql", "sparql/"):
        runner.main(str(client.base_url.join(path)), str(MANIFEST))
        assert capsys.readouterr().out.strip() == f"{len(read_only)} passed, 0 failed"
