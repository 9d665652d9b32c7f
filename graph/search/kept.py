"""What a search index was made from, kept beside the releases, so that the next one is a copy with what changed.

::

    cache/indexed.sqlite   what each graph told of things, and how many tell it; a stamp of each document
    cache/indexed.json     hashes of this file and of the index it belongs to, the version of the code

Nothing depends on them: where a file is gone or not the one that is told, the index is made anew.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any, Final

from graph.version import graph_version

_FILE: Final = "indexed.sqlite"
_STATE: Final = "indexed.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """The folder of what is kept, and how many indices were made from the one before since one was made anew."""

    folder: Path
    increments: int = 0

    def take_over(self, before: Path, index: Path, told: Path, most: int) -> Kept | None:
        """Copy the index ``before`` to ``index`` and what it was made from to ``told``; None where one is to be made.

        ``most``: how many may be made from the one before.
        """
        try:
            state: dict[str, Any] = json.loads((self.folder / _STATE).read_text(encoding="utf-8"))
            increments = int(state["increments"])
            if state["version"] != graph_version() or increments >= most:
                return None
            shutil.copyfile(before, index)
            shutil.copyfile(self.folder / _FILE, told)
            is_whole = (_digest(index), _digest(told)) == (state["index"], state["told"])
        except (OSError, ValueError, KeyError, TypeError):
            is_whole = False
        if is_whole:
            return Kept(self.folder, increments + 1)
        for path in (index, told):
            path.unlink(missing_ok=True)
        return None

    def keep(self, index: Path, told: Path) -> None:
        """Keep what the finished ``index`` was made from; ``told`` goes. A disk that takes nothing keeps nothing."""
        try:
            state = {"version": graph_version(), "increments": self.increments, "index": _digest(index)}
            state["told"] = _digest(told)
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / _STATE).unlink(missing_ok=True)
            shutil.move(told, self.folder / _FILE)
            (self.folder / _STATE).write_text(json.dumps(state), encoding="utf-8")
        except OSError:
            told.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
