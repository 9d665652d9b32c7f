"""What a release says of addresses that are gone because their document was removed.

Addresses are kept as fingerprints: the name of a person or of an association stands in many of them, and what was
removed must not be published again by the list of what was removed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

#: Name of the file in the directory of a release; absent where nothing was removed.
FILE: Final = "removed.json"
_LENGTH: Final = 32


@dataclass(frozen=True, slots=True)
class Removed:
    """Why an address is gone: `date` (ISO) of the removal of its document, `reason` as its publisher gave it."""

    date: str
    reason: str


def fingerprint(path: str) -> str:
    """Stands for an address of ours: the first half of the SHA-256 of its path ("/id/deliberation/…")."""
    return sha256(path.encode()).hexdigest()[:_LENGTH]


def encode(removed: Mapping[str, Removed]) -> bytes:
    """The content of the file: reasons by fingerprint, in one order."""
    told = {print_: [why.date, why.reason] for print_, why in removed.items()}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=0).encode()


def removal(release: Path, path: str) -> Removed | None:
    """Why the address of this path is gone from a release, by its directory; None where nothing says so."""
    found = _read(release / FILE).get(fingerprint(path))
    return None if found is None else Removed(*found)


@lru_cache(maxsize=2)
def _read(path: Path) -> dict[str, tuple[str, str]]:
    """A release never changes: read once. Its directory may be pruned meanwhile, which says nothing either."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {print_: (date, reason) for print_, (date, reason) in told.items()}
