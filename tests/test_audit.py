"""`make audit` against a database of our own that speaks OSV: what is not known is never called clean."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dependencies import audit

ROOT = Path(__file__).parents[1]
HASH = "a" * 64
KNOWN = {
    "id": "GHSA-aaaa-bbbb-cccc",
    "aliases": ["CVE-2031-0001"],
    "summary": "Opens what it should not",
    "affected": [
        {
            "package": {"name": "jinja2", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.1.7"}]}],
        }
    ],
}


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.lock"
    path.write_text(f"jinja2==3.1.6 \\\n    --hash=sha256:{HASH}\nrich==15.0.0 \\\n    --hash=sha256:{HASH}\n")
    return path


@contextmanager
def database(answer: Callable[[str], tuple[int, dict]]) -> Iterator[tuple[str, list[str]]]:
    """A server of `answer` to the name of a package; yields its address and the names that it was asked about."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            name = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]["name"]
            asked.append(name)
            status, told = answer(name)
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *told: object) -> None:
            """Silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1/query", asked
        finally:
            server.shutdown()


def test_nothing_known_against_any_package(lock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with database(lambda name: (200, {})) as (address, asked):
        assert audit.main([str(lock), "--osv-url", address]) == 0
    assert sorted(asked) == ["jinja2", "rich"]
    assert "Nothing known against 2 packages" in capsys.readouterr().out


def test_a_vulnerability_is_told_with_what_mends_it(lock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with database(lambda name: (200, {"vulns": [KNOWN]} if name == "jinja2" else {})) as (address, _):
        assert audit.main([str(lock), "--osv-url", address]) == 1
    told = capsys.readouterr().err
    assert "jinja2 3.1.6" in told
    assert "CVE-2031-0001" in told
    assert "mended in 3.1.7" in told
    assert "rich" not in told


def test_a_database_that_fails_is_not_a_clean_audit(lock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with database(lambda name: (503, {})) as (address, _):
        assert audit.main([str(lock), "--osv-url", address]) == 3
    assert "NOT AUDITED" in capsys.readouterr().err


def test_a_database_out_of_reach_is_not_a_clean_audit(lock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with database(lambda name: (200, {})) as (address, _):
        pass
    assert audit.main([str(lock), "--osv-url", address]) == 3
    told = capsys.readouterr()
    assert "NOT AUDITED" in told.err
    assert "Traceback" not in told.err
    assert not told.out


def test_every_lock_is_audited() -> None:
    assert {path.name for path in audit.locks()} >= {"requirements.lock", "requirements-dev.lock"}
    assert all("--hash=sha256:" in path.read_text(encoding="utf-8") for path in audit.locks())
