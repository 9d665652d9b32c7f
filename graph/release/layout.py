"""Where a release keeps what, and which one is live."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.iri import dockey

DUMP = "delibgraph.nq.gz"
#: What the engine raises for a store that it cannot read: files that are missing, and files that are damaged.
STORE_ERRORS = (OSError, RuntimeError)


class ReleaseError(RuntimeError):
    """A release cannot be built or read; str() names the place and says what to do, in French."""


@dataclass(frozen=True, slots=True)
class Release:
    """One release: ``path`` its directory, ``id`` its name, ``manifest`` what it says of itself."""

    path: Path
    id: str
    manifest: Mapping[str, Any]

    @property
    def base(self) -> str:
        """The base of its IRIs."""
        return str(self.manifest["base"])

    @property
    def dump(self) -> Path:
        """The whole dataset as gzipped N-Quads."""
        return self.path / "dumps" / DUMP

    @property
    def search_index(self) -> Path:
        """The full-text index (see :mod:`graph.search`)."""
        return self.path / "search.sqlite"

    @property
    def store_path(self) -> Path:
        """The directory of the store, for processes that open it themselves."""
        return self.path / "store"

    def store(self) -> ox.Store:
        """The store, opened for reading only. Raises :class:`ReleaseError`."""
        try:
            return ox.Store.read_only(str(self.store_path))
        except STORE_ERRORS as error:
            raise ReleaseError(f"{self.store_path} : base illisible ({error}). Relancer « ingest ».") from error

    def text(self, key: str) -> dict[str, Any]:
        """The published text of a document, by its key: file_name, file_names, media_type, text, pages.

        Raises :class:`KeyError` for a document that is not in the release.
        """
        path = self.path / "texts" / f"{dockey(key)}.json"
        if not path.is_file():
            raise KeyError(key)
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found


def current(data_dir: Path) -> Release | None:
    """The live release of a data directory, None before the first. Raises :class:`ReleaseError` if damaged."""
    link = data_dir / "current"
    if not link.is_symlink():
        return None
    return load(link.resolve())


def standing(data_dir: Path) -> Release | None:
    """The live release, None before the first and where it is damaged."""
    try:
        found = current(data_dir)
        return found if found is not None and is_sound(found) else None
    except ReleaseError:
        return None


def load(path: Path) -> Release:
    """The release in a directory. Raises :class:`ReleaseError`."""
    try:
        manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{path} : publication illisible ({error}). Relancer « ingest ».") from error
    return Release(path, path.name, manifest)


def is_sound(release: Release) -> bool:
    """Whether its files are there and its store can be opened and read from; not every byte is looked at."""
    try:
        next(iter(release.store()), None)
    except (ReleaseError, *STORE_ERRORS):
        return False
    return release.dump.is_file() and release.search_index.is_file()


def go_live(data_dir: Path, release_id: str) -> None:
    """Point ``current`` at a release: readers see the old one or the new one, never none."""
    fresh = data_dir / f".current-{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path("releases") / release_id)
    fresh.replace(data_dir / "current")
    sync_directory(data_dir)


def prune(data_dir: Path, keep: int) -> None:
    """Remove all but the ``keep`` latest releases (0: all but the live one); never the live one."""
    live = current(data_dir)
    found = names(data_dir)
    for name in found[: max(0, len(found) - keep)]:
        if live is None or name != live.id:
            shutil.rmtree(data_dir / "releases" / name)


def drop_holding(data_dir: Path, keys: Iterable[str]) -> None:
    """Remove the releases, but for the live one, that hold the text of one of these documents."""
    live = current(data_dir)
    wanted = {f"{key}.json" for key in keys}
    for name in names(data_dir):
        path = data_dir / "releases" / name
        if (live is None or name != live.id) and any((path / "texts" / text).exists() for text in wanted):
            shutil.rmtree(path)


def names(data_dir: Path) -> list[str]:
    """The releases that are kept, oldest first."""
    folder = data_dir / "releases"
    return sorted(path.name for path in folder.iterdir() if path.name[0] != ".") if folder.is_dir() else []


def sync_tree(path: Path) -> None:
    """Write every file and directory under ``path`` through to the disk.

    But for the files that have another name: those of the last release, which was written through before it went live.
    """
    for directory, _, files in os.walk(path):
        for name in files:
            with open(os.path.join(directory, name), "rb") as stream:  # noqa: PTH118, PTH123 (thousands of texts)
                if os.fstat(stream.fileno()).st_nlink == 1:
                    os.fsync(stream.fileno())
        sync_directory(Path(directory))


def sync_directory(path: Path) -> None:
    """Write a directory's entries through to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
