"""The releases that are kept: their list, and going back to one of them."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from graph.release.layout import Release, ReleaseError, current, go_live, is_sound, load, names, sync_directory

#: Tells, in the data directory, that somebody went back to an older release; the next one that is made removes it.
ROLLED_BACK: Final = "rolled-back.json"
_KINDS: Final = ("added", "removed", "changed")


@dataclass(frozen=True, slots=True)
class Listed:
    """One release that is kept. ``created`` is an ISO time; ``counts`` are those of its manifest.

    ``size`` is that of its files in bytes, ``own`` that of those no other release shares. ``since`` is the release
    it was made after (None: the first, or not known), ``documents`` how many were added, removed, changed since.
    """

    id: str
    live: bool
    created: str
    counts: Mapping[str, int]
    size: int
    own: int
    since: str | None
    documents: Mapping[str, int]

    def as_dict(self) -> dict[str, object]:
        """For a program."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def history(data_dir: Path) -> list[Listed]:
    """The releases of a data directory, latest first; those that are damaged are left out."""
    link = data_dir / "current"
    live = link.readlink().name if link.is_symlink() else None
    kept, found = names(data_dir), []
    for name in reversed(kept):
        try:
            found.append(_listed(load(data_dir / "releases" / name), live, tuple(kept)))
        except (ReleaseError, FileNotFoundError):  # damaged, or pruned at this moment
            continue
    return found


def find(data_dir: Path, wanted: str) -> Release:
    """The release that is kept under this id, or the only one whose id begins so. Raises ReleaseError."""
    kept = names(data_dir)
    found = [name for name in kept if name == wanted] or [name for name in kept if wanted and name.startswith(wanted)]
    if len(found) != 1:
        told = "plusieurs versions commencent ainsi" if found else "aucune version gardée de ce nom"
        raise ReleaseError(f"{wanted} : {told}. Versions gardées : {', '.join(found or kept) or 'aucune'}.")
    return load(data_dir / "releases" / found[0])


def roll_back(data_dir: Path, wanted: str) -> tuple[str, Release]:
    """Make an older release live; returns the id of the one that was, and the one that is. Raises ReleaseError.

    Nothing else is touched: documents, facts, judgements and minted IRIs stay as they are.
    """
    release, live = find(data_dir, wanted), current(data_dir)
    if not is_sound(release):
        raise ReleaseError(f"{release.path} : version abîmée, elle ne peut pas être servie. L'actuelle reste en ligne.")
    if live is None or live.id == release.id:
        raise ReleaseError(f"{release.id} : c'est déjà la version en ligne. Rien n'est changé.")
    told = {"from": live.id, "to": release.id, "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds")}
    (data_dir / ROLLED_BACK).write_text(json.dumps(told), encoding="utf-8")
    sync_directory(data_dir)
    go_live(data_dir, release.id)
    return live.id, release


def rolled_back(data_dir: Path) -> str | None:
    """The release that somebody went back to and that is still live; None where nobody did."""
    link = data_dir / "current"
    try:
        told = json.loads((data_dir / ROLLED_BACK).read_text(encoding="utf-8"))
        return str(told["to"]) if link.readlink().name == told["to"] else None
    except (OSError, ValueError, KeyError):
        return None


def _listed(release: Release, live: str | None, kept: tuple[str, ...]) -> Listed:
    told = release.manifest.get("changes", {})
    size, own = _sizes(str(release.path), release.path.stat().st_ino, kept)
    return Listed(
        id=release.id,
        live=release.id == live,
        created=str(release.manifest.get("created", "")),
        counts=release.manifest.get("counts", {}),
        size=size,
        own=own,
        since=told.get("since"),
        documents={kind: len(told["documents"][kind]) for kind in _KINDS} if told else {},
    )


@lru_cache(maxsize=64)
def _sizes(path: str, made: int, kept: tuple[str, ...]) -> tuple[int, int]:  # noqa: ARG001 - what the answer depends on
    """Bytes of the files of a release, and of those that no other one shares; a text a document, so that many are.

    They change only where it is made anew (``made``: its inode) or another one comes or goes (``kept``).
    """
    size = own = 0
    folders = [path]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    status = entry.stat(follow_symlinks=False)
                    size += status.st_size
                    own += status.st_size if status.st_nlink == 1 else 0
    return size, own
