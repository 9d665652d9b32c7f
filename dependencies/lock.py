"""A hashed lock as uv writes it: packages, versions, hashes, and who asked for each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"^    #(?: via)? +(?!via$)(.+)$")


@dataclass(frozen=True)
class Locked:
    """One package: `hashes` are the SHA-256 of its files, `wanted_by` the names that ask for it."""

    name: str
    version: str
    hashes: tuple[str, ...]
    wanted_by: tuple[str, ...]


def read_lock(path: Path) -> list[Locked]:
    """The packages of a lock in its order.

    Raises:
        ValueError: a package has no hash, or nothing that asked for it.
    """
    blocks: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if _PACKAGE.match(line):
            blocks.append([line])
        elif blocks:
            blocks[-1].append(line)
    return [_package(block, path) for block in blocks]


def _package(block: list[str], path: Path) -> Locked:
    head = _PACKAGE.match(block[0])
    assert head is not None  # noqa: S101 (blocks open with one)
    hashes = tuple(found for line in block for found in _HASH.findall(line))
    # "delibgraph (pyproject.toml)" names us; "-c file" is a constraint, which asks for nothing.
    via = [found[1] for line in block if (found := _VIA.match(line)) and not found[1].startswith("-c ")]
    if not hashes or not via:
        raise ValueError(f"{path}: {head[1]} has no hash or is wanted by nothing; write the lock anew with `make lock`")
    return Locked(head[1], head[2], hashes, tuple(one.split(" ", 1)[0] for one in via))
