"""Making a backup."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import tarfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO

from graph.release import ReleaseError, current
from service.backup.archive import FORMAT, MANIFEST, BackupError, Entry, Manifest, writing
from service.backup.snapshot import snapshot


@dataclass(frozen=True)
class Saved:
    """A backup that was made: its size in bytes, how many documents and files it holds, the live release."""

    path: Path
    size: int
    documents: int
    files: int
    release: str | None


def backup(data: Path, target: Path) -> Saved:
    """Save a data directory into ``target``, which must not exist. Raises BackupError, OSError.

    Neither the service nor an ingest under way is disturbed; an ingest under way is saved as if it were killed now,
    and taken up by the next one.
    """
    if not (data / "documents").is_dir():
        raise BackupError(f"{data} : ce n'est pas un dossier de données, il n'y a rien à sauvegarder. Vérifiez --data.")
    if target.exists():
        raise BackupError(f"{target} : existe déjà. Donnez un autre nom, ou ôtez-la d'abord.")
    _refuse_damaged(data)
    partial = target.with_name(f"{target.name}.part")
    try:
        with snapshot(data) as (aside, release):
            files = _write(aside, partial, release)
        with partial.open("rb") as done:
            os.fsync(done.fileno())
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)
    documents = sum(name.startswith("documents/") and name.endswith(".json") for name in files)
    return Saved(target, target.stat().st_size, documents, len(files), release)


def _refuse_damaged(data: Path) -> None:
    """A backup of what cannot be served would replace, in a rotation, one of what could."""
    seen: Path | None = None
    while True:
        path = None
        try:
            live = current(data)
            if live is not None:
                path = live.path
                live.store()
        except ReleaseError as error:
            if path in (None, seen):
                raise BackupError(f"La version en ligne est abîmée, rien n'est sauvegardé : {error}") from error
            seen = path  # an ingest may have put another in its place, and removed it, meanwhile: look once more
        else:
            return


def _write(aside: Path, partial: Path, release: str | None) -> dict[str, Entry]:
    files: dict[str, Entry] = {}
    with writing(partial) as tar:
        for path in sorted(path for path in aside.rglob("*") if path.is_file()):
            name = path.relative_to(aside).as_posix()
            files[name] = _add(tar, name, path)
        manifest = Manifest(
            format=FORMAT,
            created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            version=version("delibgraph"),
            release=release,
            files=files,
        )
        told = manifest.model_dump_json(indent=1).encode()
        tar.addfile(_member(MANIFEST, len(told)), io.BytesIO(told))
    return files


def _add(tar: tarfile.TarFile, name: str, path: Path) -> Entry:
    size = path.stat().st_size
    with path.open("rb") as stream:
        hashed = _Hashing(stream)
        tar.addfile(_member(name, size, path.stat().st_mtime), hashed)
    return Entry(size=size, sha256=hashed.digest.hexdigest())


def _member(name: str, size: int, mtime: float = 0.0) -> tarfile.TarInfo:
    """A plain file, whatever it is a link to here: owners and rights are those of whoever restores."""
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = size, int(mtime), 0o600
    return member


class _Hashing:
    """A file that is hashed as it is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self.digest = stream, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """As that of the file."""
        content = self._stream.read(size)
        self.digest.update(content)
        return content
