"""Files that did not change are not read again; any change, even one that hides, is."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from service.ingest.archive import ArchiveLimits
from service.ingest.documents import DocumentRecord, DocumentStore
from service.ingest.intake import Doors, receive
from service.ingest.removals import Removals
from service.ingest.report import unwatched
from service.ingest.seen import seen
from service.ingest.sources import Limits

LIMITS = Limits(1_000_000, ArchiveLimits(100, 1_000_000, 100))
Take = Callable[[Path], tuple[list[str], int]]


@pytest.fixture
def take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Take:
    """take(folder): hashes of what it holds, and how many files had to be read; what is offered is accepted."""
    data, read = tmp_path / "data", []
    store = DocumentStore(data)
    keep = store.keep

    def watched(stream: IO[bytes], limit: int) -> str:
        read.append(limit)
        return keep(stream, limit)

    monkeypatch.setattr(store, "keep", watched)

    def taken(folder: Path) -> tuple[list[str], int]:
        read.clear()
        with seen(data) as read_before:
            received = receive([folder], Doors(store, Removals(data, store), LIMITS, seen=read_before), unwatched)
        for sha256, names in received.names.items():
            store.accept(
                DocumentRecord(
                    sha256=sha256, names=tuple(sorted(names)), media_type="text/plain", size=1, first_seen="2026"
                )
            )
        return sorted(received.names), len(read)

    return taken


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two files, written long enough ago."""
    folder = tmp_path / "actes"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"Acte {name}")
    now = time.time_ns
    monkeypatch.setattr("service.ingest.seen.time.time_ns", lambda: now() + 10_000_000_000)
    return folder


def test_what_did_not_change_is_not_read_again(take: Take, folder: Path) -> None:
    first, read = take(folder)
    assert (len(first), read) == (2, 2)
    assert take(folder) == (first, 0)
    (folder / "c.txt").write_text("Acte c")
    again, read = take(folder)
    assert (len(again), read) == (3, 1)


def _same_length(path: Path) -> None:
    path.write_text("Acte A.txt")


def _same_length_and_date(path: Path) -> None:
    """What a program does that hides its change: the system's own time of the inode tells."""
    status = path.stat()
    path.write_text("Acte A.txt")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _another_file_in_its_place(path: Path) -> None:
    status = path.stat()
    other = path.with_name("neuf")
    other.write_text("Acte A.txt")
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(path)


@pytest.mark.parametrize("change", [_same_length, _same_length_and_date, _another_file_in_its_place])
def test_a_change_is_seen_however_it_hides(take: Take, folder: Path, change: Callable[[Path], None]) -> None:
    before, _ = take(folder)
    change(folder / "a.txt")
    after, read = take(folder)
    assert read == 1
    assert len(set(after) - set(before)) == 1


def test_a_file_changed_a_moment_before_it_was_read_is_read_again(
    take: Take, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its next change could fall into the same tick of the file system's clock."""
    monkeypatch.setattr("service.ingest.seen.time.time_ns", lambda: (folder / "a.txt").stat().st_ctime_ns + 1)
    take(folder)
    assert take(folder)[1] == 2


def test_what_the_store_no_longer_has_is_read_again(take: Take, folder: Path, tmp_path: Path) -> None:
    first, _ = take(folder)
    DocumentStore(tmp_path / "data").dismiss(first[0])
    assert take(folder) == (first, 1)


def test_a_damaged_memory_is_made_anew(take: Take, folder: Path, tmp_path: Path) -> None:
    first, _ = take(folder)
    (tmp_path / "data" / "cache" / "seen.sqlite").write_bytes(os.urandom(5000))
    assert take(folder) == (first, 2)
    assert take(folder) == (first, 0)
