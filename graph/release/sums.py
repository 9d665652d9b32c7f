"""Digests of the files of a release, by which a disk that gives back other bytes than were written is found out.

RocksDB looks at its own files as it reads them; the search index, the ledger, the dump and the kept answers have nobody
who does. The texts have their digests in :mod:`graph.release.contents`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph.release import contents
from graph.release.layout import Release

#: Name of the file in the directory of a release: a line a file, as ``sha256sum --check`` reads it.
FILE: Final = "SHA256SUMS"
_TEXTS: Final = "texts"
#: What RocksDB writes for itself, or when the store is opened.
_OWN: Final = ("LOCK", "LOG")


def write(folder: Path, before: Path | None) -> None:
    """Put the file into the directory of a release, once all others are there.

    A file that is a hard link to one of the release ``before`` keeps the digest that it had there: bytes that have
    changed since are not taken for good.
    """
    known = read(before) if before is not None else {}
    lines = []
    for name in _names(folder):
        kept = before / name if before is not None and name in known else None
        same = kept is not None and kept.is_file() and kept.samefile(folder / name)
        lines.append(f"{known[name] if same else digest(folder / name)}  {name}\n")
    (folder / FILE).write_text("".join(lines), encoding="utf-8")


def read(folder: Path) -> dict[str, str]:
    """Digests by name, with slashes; none where the file is not there or says nothing that can be read."""
    try:
        lines = (folder / FILE).read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError):
        return {}
    return {name: told for told, _, name in (line.partition("  ") for line in lines) if name}


def damaged(release: Release) -> Iterator[tuple[str, bool]]:
    """Each file of a release that has a digest, and whether it is gone or another than was written."""
    known = read(release.path)
    texts = contents.read(release.path)
    for key, told in sorted(texts.texts.items()) if texts is not None else ():
        known.setdefault(f"{_TEXTS}/{key}.json", told)
    for name, told in known.items():
        try:
            yield name, digest(release.path / name) != told
        except OSError:
            yield name, True


def _names(folder: Path) -> list[str]:
    found = []
    for directory, folders, files in os.walk(folder):
        here = Path(directory).relative_to(folder)
        if here == Path():
            folders[:] = [name for name in folders if name != _TEXTS]
        found += [(here / name).as_posix() for name in files]
    return sorted(name for name in found if not _is_own(name) and name != FILE)


def _is_own(name: str) -> bool:
    return name.startswith("store/") and name.rpartition("/")[2].startswith(_OWN)


def digest(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError."""
    with path.open("rb") as stream:
        return str(hashlib.file_digest(stream, "sha256").hexdigest())
