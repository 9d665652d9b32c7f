"""Zip archives, opened as hostile: nothing is written under a name they give, and every bound is enforced on
what really comes out, never on what the archive says of itself.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from extract.read.package import ZIP_FAULTS
from service.ingest.report import Refusal

#: PKZIP APPNOTE 4.4.4, general purpose bit 0: the entry is encrypted.
_ENCRYPTED = 0x1


@dataclass(frozen=True)
class ArchiveLimits:
    """Bounds of one archive: entries, bytes in all once unpacked, and times that an entry may swell."""

    entries: int
    total_bytes: int
    ratio: int


@dataclass(frozen=True)
class Entry:
    """One file of an archive: `name` its base name, `shown` "archive.zip/folder/name", `size` as declared."""

    name: str
    shown: str
    size: int
    open: Callable[[], IO[bytes]]


def entries(path: Path, limits: ArchiveLimits) -> Iterator[Entry | Refusal]:
    """The files of the archive, in the order of their names; a refusal for each that is not to be opened.

    The caller must bound the bytes it reads of each entry (a declared size proves nothing). Raises OSError.
    """
    try:
        archive = zipfile.ZipFile(path)
    except OSError:
        raise
    except ZIP_FAULTS as error:
        yield Refusal(str(path), f"archive zip illisible ({error})", "Refaites l'archive ou donnez le dossier.")
        return
    with archive:
        infos = sorted((i for i in archive.infolist() if not i.filename.endswith("/")), key=lambda info: info.filename)
        if (fault := _whole(infos, limits)) is not None:
            yield Refusal(str(path), *fault)
            return
        for info in infos:
            shown = f"{path}/{info.filename}"
            if (fault := _one(info, limits)) is not None:
                yield Refusal(shown, *fault)
            else:
                name = PurePosixPath(info.filename).name
                yield Entry(name, shown, info.file_size, _opener(archive, info))


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(info)


def _whole(infos: list[zipfile.ZipInfo], limits: ArchiveLimits) -> tuple[str, str] | None:
    if len(infos) > limits.entries:
        return (
            f"archive de {len(infos)} fichiers, la limite est {limits.entries}",
            "Divisez l'archive, donnez le dossier, ou relevez DELIBGRAPH_MAX_ARCHIVE_FILES.",
        )
    total, limit = sum(info.file_size for info in infos), limits.total_bytes
    if total > limit:
        return (
            f"archive de {total / 1e6:.0f} Mo une fois ouverte, la limite est {limit / 1e6:.0f} Mo",
            "Divisez l'archive, donnez le dossier, ou relevez DELIBGRAPH_MAX_ARCHIVE_BYTES.",
        )
    return None


def _one(info: zipfile.ZipInfo, limits: ArchiveLimits) -> tuple[str, str] | None:
    parts = PurePosixPath(info.filename).parts
    if not parts or info.filename.startswith(("/", "\\")) or ".." in parts or "\\" in info.filename or ":" in parts[0]:
        return "nom de fichier suspect dans l'archive", "Refaites l'archive avec des noms simples."
    if info.flag_bits & _ENCRYPTED:
        return "fichier chiffré dans l'archive", "Donnez une archive sans mot de passe."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "lien symbolique dans l'archive", "Mettez le fichier lui-même dans l'archive."
    if info.file_size > limits.ratio * max(info.compress_size, 1):
        return (
            f"fichier compressé plus de {limits.ratio} fois, comme le fait une bombe zip",
            "S'il est sain, donnez-le hors de l'archive.",
        )
    if info.filename.lower().endswith(".zip"):
        return "archive dans une archive", "Ouvrez-la et donnez son contenu."
    return None
