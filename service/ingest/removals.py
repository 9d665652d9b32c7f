"""Documents that were removed: what is remembered of each, and the bin in which its bytes wait.

::

    removed/<sha256>.json   Removal; from the moment it is there the document is no part of the dataset
    bin/<sha256>            the bytes as received, of a document that was removed and not erased

A removal that was killed half-way is completed by the next writer (:meth:`Removals.complete`).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from graph.release import Removed, drop_holding
from service.ingest.documents import DocumentRecord, DocumentStore
from service.ingest.files import sweep_partial, write_atomically

#: There while what is erased has not yet left every file.
_PURGING: Final = ".purging"


class Removal(BaseModel):
    """One removed document. ``names`` are empty where it is erased: they may tell of whom it was.

    ``at`` is an ISO time, ``reason`` is published, ``author`` is not. ``record`` is what was known of it, None where
    it is erased. ``gone`` are the fingerprints of the addresses that it may have taken away.
    """

    model_config = ConfigDict(frozen=True)

    sha256: str
    names: tuple[str, ...]
    at: str
    reason: str
    author: str
    record: DocumentRecord | None
    gone: tuple[str, ...] = ()

    @property
    def erased(self) -> bool:
        """Whether its bytes are gone too."""
        return self.record is None

    @property
    def key(self) -> str:
        """Its key in IRIs."""
        return self.sha256[:16]

    @property
    def day(self) -> str:
        """The date of the removal."""
        return self.at[:10]

    def purged(self) -> Removal:
        """The same, once the document is erased."""
        return self.model_copy(update={"record": None, "names": ()})


class Removals:
    """The `removed/` and `bin/` folders of one data directory. Writers hold the lock of the directory."""

    def __init__(self, data: Path, store: DocumentStore) -> None:
        """Nothing is made before something is removed."""
        self._data, self._store = data, store
        self._removed, self._bin = data / "removed", data / "bin"

    def find(self, sha256: str) -> Removal | None:
        """The removal of a document, None where it was not removed."""
        path = self._removed / f"{sha256}.json"
        return Removal.model_validate_json(path.read_bytes()) if path.exists() else None

    def all(self) -> list[Removal]:
        """Every removal, in the order of the hashes."""
        return [Removal.model_validate_json(path.read_bytes()) for path in sorted(self._removed.glob("*.json"))]

    def add(self, removal: Removal) -> None:
        """Remove a document, or erase one that was removed before."""
        write_atomically(self._removed / f"{removal.sha256}.json", removal.model_dump_json(indent=1).encode())
        self._complete(removal)

    def complete(self) -> None:
        """Finish what a killed removal left half done."""
        if self._removed.is_dir():
            sweep_partial(self._removed)
        known = self.all()
        for removal in known:
            self._complete(removal)
        if self._bin.is_dir():
            for path in self._bin.iterdir():
                if path.name not in {removal.sha256 for removal in known}:
                    path.unlink()

    def purging(self) -> None:
        """Note that what is erased must leave every file, which :meth:`purge` does once it is published without."""
        write_atomically(self._removed / _PURGING, b"")

    def purge(self) -> None:
        """Where that was noted, take what is erased out of older releases, the cache, and the free pages of SQLite."""
        marker = self._removed / _PURGING
        if not marker.exists():
            return
        drop_holding(self._data, [removal.key for removal in self.all() if removal.erased])
        shutil.rmtree(self._data / "cache", ignore_errors=True)
        with closing(sqlite3.connect(self._data / "identities.sqlite")) as registry:
            registry.execute("VACUUM")
        marker.unlink()

    def take_back(self, sha256: str) -> None:
        """Forget the removal of a document whose bytes are in the store again."""
        for path in (self._removed / f"{sha256}.json", self._bin / sha256):
            path.unlink(missing_ok=True)

    def undo(self, removal: Removal) -> None:
        """Bring back a document from the bin; it must not be erased."""
        if removal.record is None:
            raise ValueError(f"{removal.key} is erased")
        raw = self._store.raw_path(removal.sha256)
        if not raw.exists():
            os.link(self._bin / removal.sha256, raw)
        self._store.accept(removal.record)
        # Forgotten last: a killed undo leaves the document removed.
        self.take_back(removal.sha256)

    def gone(self) -> dict[str, Removed]:
        """Why addresses are gone, by fingerprint: what a release tells of them."""
        told = sorted(self.all(), key=lambda removal: (removal.at, removal.sha256))
        return {print_: Removed(removal.day, removal.reason) for removal in told for print_ in removal.gone}

    def _complete(self, removal: Removal) -> None:
        raw, kept = self._store.raw_path(removal.sha256), self._bin / removal.sha256
        self._store.dismiss(removal.sha256)
        if removal.erased:
            for path in (raw, kept):
                path.unlink(missing_ok=True)
        elif raw.exists():
            self._bin.mkdir(exist_ok=True)
            raw.replace(kept)
            raw.unlink(missing_ok=True)  # both may be names of one file: then the system renames nothing


def names(removals: Iterable[Removal]) -> str:
    """Removed documents as a message names them: by file name, by key where it is erased."""
    return ", ".join(removal.names[0] if removal.names else removal.key for removal in removals)
