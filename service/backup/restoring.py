"""Restoring a backup: nothing of the archive is trusted before it is found to be what its manifest says."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import tarfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

import zstandard
from pydantic import ValidationError

from graph.release import current
from graph.release.layout import is_sound, sync_tree
from service.backup.archive import FORMAT, MANIFEST, PARTS, BackupError, Entry, Manifest, reading

_CHUNK = 1 << 20
#: Bytes that a manifest may have: half a million files.
_MAX_MANIFEST = 128 << 20
#: What the reading of an archive that is cut or damaged raises.
_DAMAGED = (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, zstandard.ZstdError)


@dataclass(frozen=True)
class Restored:
    """A backup that was restored: when it was made, the release that is live now (None: nothing was published)."""

    created: str
    release: str | None
    files: int


def restore(source: Path, data: Path) -> Restored:
    """Make ``data``, which must not exist or be empty, of the backup ``source``. Raises BackupError, OSError.

    It appears whole, by one rename, once every file has been found to have the hash of the manifest.
    """
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise BackupError(f"{data} : n'est pas vide, rien n'est remplacé. Donnez un autre --data, ou ôtez-le d'abord.")
    data.parent.mkdir(parents=True, exist_ok=True)
    aside = data.with_name(f".{data.name}.restoring-{os.getpid()}")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    try:
        manifest = _checked(source, aside)
        _go_live(source, aside, manifest)
        sync_tree(aside)
        aside.chmod(data.stat().st_mode if data.exists() else 0o755)
        if data.exists():
            data.rmdir()
        aside.rename(data)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Restored(manifest.created, manifest.release, len(manifest.files))


def _checked(source: Path, aside: Path) -> Manifest:
    """Unpack, and compare with the manifest."""
    found: dict[str, Entry] = {}
    told: bytes | None = None
    try:
        with reading(source) as tar:
            for member in tar:
                stream = _stream(tar, member, source)
                if member.name == MANIFEST:
                    told = stream.read(_MAX_MANIFEST)
                elif member.name in found:
                    raise BackupError(f"{source} : {member.name!r} y figure deux fois ; archive refusée.")
                else:
                    found[member.name] = _unpack(stream, aside / _safe(member.name, source))
    except _DAMAGED as error:
        raise BackupError(f"{source} : archive abîmée ou incomplète ({error}). Prenez une autre sauvegarde.") from error
    manifest = _manifest(told, source)
    if manifest.files != found:
        wrong = sorted(n for n in found.keys() | manifest.files.keys() if found.get(n) != manifest.files.get(n))
        raise BackupError(
            f"{source} : {len(wrong)} fichiers ne sont pas ceux qui furent sauvegardés ({wrong[0]}…)."
            " Rien n'est restauré ; prenez une autre sauvegarde."
        )
    return manifest


def _stream(tar: tarfile.TarFile, member: tarfile.TarInfo, source: Path) -> IO[bytes]:
    stream = tar.extractfile(member) if member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) else None
    if stream is None:
        raise BackupError(f"{source} : {member.name!r} n'est pas un fichier ordinaire ; archive refusée.")
    return stream


def _safe(name: str, source: Path) -> PurePosixPath:
    """A name as the backup writes them: relative, plain, in a part of a data directory."""
    path = PurePosixPath(name)
    odd = not name or "\\" in name or "\0" in name or path.is_absolute() or str(path) != name
    if odd or ".." in path.parts or path.parts[0] not in PARTS:
        raise BackupError(f"{source} : le nom {name!r} n'est pas celui d'un fichier de données ; archive refusée.")
    return path


def _unpack(stream: IO[bytes], target: Path) -> Entry:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as out:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
    return Entry(size=size, sha256=digest.hexdigest())


def _manifest(told: bytes | None, source: Path) -> Manifest:
    try:
        manifest = Manifest.model_validate_json(told or b"")
    except ValidationError as error:
        raise BackupError(f"{source} : ce n'est pas une sauvegarde de delibgraph, ou elle est incomplète.") from error
    if manifest.format != FORMAT:
        raise BackupError(f"{source} : sauvegarde d'un autre format ({manifest.format}). Mettez delibgraph à jour.")
    return manifest


def _go_live(source: Path, aside: Path, manifest: Manifest) -> None:
    (aside / "documents").mkdir(exist_ok=True)
    if manifest.release is None:
        return
    if not (aside / "releases" / PurePosixPath(manifest.release).name).is_dir():
        raise BackupError(f"{source} : la version {manifest.release!r} n'y est pas. Prenez une autre sauvegarde.")
    (aside / "current").symlink_to(Path("releases") / PurePosixPath(manifest.release).name)
    live = current(aside)
    if live is None or not is_sound(live):
        raise BackupError(f"{source} : la version {manifest.release} ne peut pas être servie. Prenez-en une autre.")
