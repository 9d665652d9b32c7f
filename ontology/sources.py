"""The files that a package is made of, by content: what was kept of former work is worth what made it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources.abc import Traversable


def package_files(folder: Traversable, suffixes: Sequence[str]) -> list[tuple[str, bytes]]:
    """Name and content of each file below ``folder`` whose name ends with one of ``suffixes``, in order of names."""
    found: list[tuple[str, bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            found += package_files(entry, suffixes)
        elif entry.name.endswith(tuple(suffixes)):
            found.append((entry.name, entry.read_bytes()))
    return found
