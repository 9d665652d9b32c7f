"""What the next release takes over from the live one: the files of its store, the texts that are the same."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from graph.release.contents import Contents, read
from graph.release.layout import Release, ReleaseError, current


@dataclass(frozen=True, slots=True)
class Last:
    """The live release, and what it is made of. ``increments``: how many it was made from, one after the other."""

    release: Release
    contents: Contents
    increments: int


def last(data_dir: Path) -> Last | None:
    """The live release of a data directory; None where there is none, or none that can be built upon."""
    try:
        found = current(data_dir)
    except ReleaseError:  # damaged: the next one owes nothing to it
        return None
    contents = None if found is None else read(found.path)
    if found is None or contents is None or "base" not in found.manifest:
        return None
    return Last(found, contents, int(found.manifest.get("increments", 0)))


class Texts:
    """The published texts of a release under way, one file a document."""

    def __init__(self, folder: Path, before: Last | None) -> None:
        """Makes ``folder``; a text that ``before`` has is a hard link to it."""
        folder.mkdir(parents=True)
        self._folder, self._before = folder, before

    def write(self, key: str, digest: str, make: Callable[[], bytes]) -> None:
        """Publish the text of a document; ``make`` gives it, ``digest`` is its SHA-256."""
        if not self._linked(key, digest):
            (self._folder / f"{key}.json").write_bytes(make())

    def read(self, key: str) -> str:
        """The text of a document that was published."""
        return str(json.loads((self._folder / f"{key}.json").read_bytes())["text"])

    def _linked(self, key: str, digest: str) -> bool:
        """Whether the text of the last release could be taken over: its file is the same and undamaged."""
        if self._before is None or self._before.contents.texts.get(key) != digest:
            return False
        # Thousands of texts: no path is taken apart.
        path = f"{self._before.release.path}/texts/{key}.json"
        try:
            with open(path, "rb", buffering=0) as stream:  # noqa: PTH123
                if sha256(stream.read()).hexdigest() != digest:
                    return False
            os.link(path, f"{self._folder}/{key}.json")
        except OSError:  # gone, or a disk without hard links
            return False
        return True
