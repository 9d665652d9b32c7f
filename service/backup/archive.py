"""The file of a backup: a tar, compressed as its name says, of plain files and, last, a manifest of their hashes."""

from __future__ import annotations

import gzip
import tarfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO, Any, Final, cast

import zstandard
from pydantic import BaseModel, ConfigDict

#: Name of the last member: what the others are.
MANIFEST: Final = "backup.json"
#: Of the layout below; another one is refused by name.
FORMAT: Final = 1
#: What a backup holds, by first part of the path: folders and files of a data directory.
_FOLDERS: Final = ("documents", "facts", "removed", "bin", "curation", "quarantine", "releases")
PARTS: Final = frozenset((*_FOLDERS, "identities.sqlite", "registers.sqlite"))
_ENDINGS: Final = (".tar.gz", ".tgz", ".tar.zst", ".tar")
_LEVEL: Final = 3


class BackupError(Exception):
    """A backup cannot be made or restored; str() names the file and says why and what to do, in French."""


class Entry(BaseModel):
    """One file of a backup: its size in bytes and its SHA-256."""

    model_config = ConfigDict(frozen=True)

    size: int
    sha256: str


class Manifest(BaseModel):
    """What a backup holds. ``release`` is the live one (None: nothing was published), ``created`` an ISO time."""

    model_config = ConfigDict(frozen=True)

    format: int
    created: str
    version: str
    release: str | None
    files: dict[str, Entry]


@contextmanager
def writing(path: Path) -> Iterator[tarfile.TarFile]:
    """A tar to be written at ``path``, compressed as its name says. Raises BackupError, OSError."""
    ending = _ending(path)
    with (
        path.open("wb") as raw,
        _packing(raw, ending) as stream,
        tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        yield tar


@contextmanager
def reading(path: Path) -> Iterator[tarfile.TarFile]:
    """The tar at ``path``, to be read once from its beginning. Raises BackupError, tarfile.TarError, OSError."""
    with (
        path.open("rb") as raw,
        _unpacking(raw, _ending(path)) as stream,
        tarfile.open(fileobj=stream, mode="r|") as tar,
    ):
        yield tar


def _packing(raw: IO[bytes], ending: str) -> AbstractContextManager[Any]:
    if ending == ".tar.zst":
        return cast("AbstractContextManager[Any]", zstandard.ZstdCompressor(_LEVEL).stream_writer(raw, closefd=False))
    if ending == ".tar":
        return nullcontext(raw)
    return gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=_LEVEL)


def _unpacking(raw: IO[bytes], ending: str) -> AbstractContextManager[Any]:
    if ending == ".tar.zst":
        return cast("AbstractContextManager[Any]", zstandard.ZstdDecompressor().stream_reader(raw, closefd=False))
    return nullcontext(raw) if ending == ".tar" else gzip.GzipFile(fileobj=raw, mode="rb")


def _ending(path: Path) -> str:
    name = path.name.lower().removesuffix(".part")
    for ending in _ENDINGS:
        if name.endswith(ending):
            return ending
    raise BackupError(f"{path} : une sauvegarde s'appelle NOM.tar.gz, NOM.tar.zst ou NOM.tar.")
