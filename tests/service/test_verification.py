"""A disk that gives back other bytes than were written is found out, file by file, with what to do."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from graph.release import current
from service.ingest import ingest
from service.settings import Settings
from service.verification import verify
from tests.service.cli.conftest import Command, delibgraph
from tests.service.conftest import Plant

__all__ = ["delibgraph"]


@pytest.fixture
def data(tmp_path: Path, plant: Plant) -> Path:
    """Two releases, the second made of the first: most of its store is hard links."""
    for number in range(8):
        plant(tmp_path, f"{number}.txt", amount=1000 + number)
        if number != 6:
            continue
        assert ingest([], Settings(data=tmp_path)).exit_code == 0
    assert ingest([], Settings(data=tmp_path)).exit_code == 0
    return tmp_path


def turned(path: Path) -> None:
    """Turn one bit in the middle of a file, in its place: a copy of it by hard link has it too."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes((byte[0] ^ 4,)))


def test_one_bit_in_any_file_is_found(data: Path, delibgraph: Command) -> None:
    assert delibgraph("verify", "--data", data).code == 0
    live = current(data)
    assert live is not None
    files = [path for path in live.path.rglob("*") if path.is_file() and path.name not in ("LOCK", "SHA256SUMS")]
    files = [path for path in files if path.stat().st_size and not path.name.startswith("LOG")]
    raw = next(path for path in (data / "documents").iterdir() if not path.suffix)
    assert {"search.sqlite", "ledger.sqlite", "manifest.json", "delibgraph.nq.gz"} <= {path.name for path in files}
    for path in (*files, raw):
        before = path.read_bytes()
        turned(path)
        told = json.loads(delibgraph("verify", "--json", "--data", data).out)
        assert [fault["file"] for fault in told["faults"] if fault["file"] != str(data / "current")] in (
            [str(path)],
            [],  # the manifest cannot be read at all
        )
        assert told["faults"]
        path.write_bytes(before)
    assert verify(data).faults == ()


def test_what_a_release_takes_over_is_not_taken_for_good(data: Path, plant: Plant) -> None:
    live = current(data)
    assert live is not None
    table = max((live.path / "store").glob("*.sst"), key=lambda path: path.stat().st_size)
    turned(table)
    plant(data, "neuf.txt", amount=77)
    ingest([], Settings(data=data))
    after = current(data)
    assert after is not None
    # Where the damage was met, the store was made anew, and its files may be called the same.
    taken_over = any(path.samefile(table) for path in (after.path / "store").iterdir())
    assert bool(verify(data).faults) == taken_over


def test_what_is_gone_is_told(data: Path, delibgraph: Command) -> None:
    raw = next(path for path in (data / "documents").iterdir() if not path.suffix)
    raw.unlink()
    (data / "identities.sqlite").write_bytes(b"SQLite format 3\0" + bytes(500))
    (data / "curation").mkdir(exist_ok=True)
    (data / "curation" / "judgements.jsonl").write_text("{}\n")
    outcome = delibgraph("verify", "--data", data)
    assert outcome.code == 1
    assert "3 fichiers abîmés" in outcome.out
    for told in (
        f"{raw} : les octets de ce document manquent",
        "identities.sqlite : base abîmée",
        "judgements.jsonl:1",
    ):
        assert told in outcome.err


def test_nothing_and_a_release_of_before_are_told(data: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert verify(tmp_path_factory.mktemp("empty")).files == 0
    live = current(data)
    assert live is not None
    (live.path / "SHA256SUMS").unlink()
    found = verify(data)
    assert (found.unsigned, found.faults) == (True, ())
