"""A data directory at one moment, as hard links: the files of the ingest never change in place, they are replaced.

What does change in place is copied: the databases by SQLite's own online backup, the log of judgements to its last
whole line. A snapshot takes a second for ten thousand documents; the archive is made of it at leisure.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from service.backup.archive import BackupError

_DATABASES: Final = ("identities.sqlite", "registers.sqlite")
_LOG: Final = Path("curation") / "judgements.jsonl"
#: Times that the live release may be replaced and pruned while it is being linked.
_TRIES: Final = 5
_PREFIX: Final = ".backup-"


@contextmanager
def snapshot(data: Path) -> Iterator[tuple[Path, str | None]]:
    """The folder of the snapshot, gone afterwards, and the id of the live release. Raises BackupError, OSError."""
    for left in data.glob(f"{_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    aside = data / f"{_PREFIX}{os.getpid()}"
    aside.mkdir()
    try:
        release = _release(data, aside)
        _documents(data, aside)
        for name in ("facts", "removed", "bin", "quarantine"):
            _link_tree(data / name, aside / name)
        _log(data / _LOG, aside / _LOG)
        # Last: it then knows every address of what was linked before.
        for name in _DATABASES:
            if (data / name).exists():
                _copy_database(data / name, aside / name)
        yield aside, release
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _release(data: Path, aside: Path) -> str | None:
    for _ in range(_TRIES):
        try:
            name = (data / "current").readlink().name
        except FileNotFoundError:
            return None
        target = aside / "releases" / name
        try:
            _link_tree(data / "releases" / name, target, strict=True)
        except FileNotFoundError:  # replaced and pruned meanwhile
            shutil.rmtree(target, ignore_errors=True)
        else:
            return name
    raise BackupError(f"{data} : les versions se succèdent trop vite pour être sauvegardées. Recommencez plus tard.")


def _documents(data: Path, aside: Path) -> None:
    """Documents that are accepted, with their bytes: those under way are the next backup's."""
    folder = aside / "documents"
    folder.mkdir()
    for record in sorted((data / "documents").glob("*.json")):
        try:
            _link(record.with_suffix(""), folder / record.stem)
            _link(record, folder / record.name)
        except FileNotFoundError:  # removed meanwhile
            (folder / record.stem).unlink(missing_ok=True)


def _link_tree(source: Path, target: Path, *, strict: bool = False) -> None:
    """Hard links of all files under ``source``; those that go meanwhile are left out, unless ``strict``."""
    for parent, _, names in os.walk(source):
        folder = target / Path(parent).relative_to(source)
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            if name.startswith(".partial-") or name == "LOCK":
                continue
            try:
                _link(Path(parent) / name, folder / name)
            except FileNotFoundError:
                if strict:
                    raise
    if strict and not (target / "manifest.json").exists():
        raise FileNotFoundError(source)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # a disk without hard links
        shutil.copy2(source, target)


def _log(source: Path, target: Path) -> None:
    if source.exists():
        target.parent.mkdir()
        content = source.read_bytes()
        target.write_bytes(content[: content.rfind(b"\n") + 1])


def _copy_database(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
            one.backup(other)
    except sqlite3.Error as error:
        raise BackupError(f"{source} : base illisible ({error}). Restaurez une sauvegarde plus ancienne.") from error
