"""What an ingest says of a file, in English: its sentences are French where they are found (refusals-en.toml)."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Final

_NAMED: Final = re.compile(r"\{(\w+)\}")


def english(french: str) -> str:
    """The sentence in English, with what is particular to it as it stands; empty where the list does not know it."""
    known = _sentences()
    if french in known:
        return known[french]
    for pattern, told in _patterns():
        if (found := pattern.fullmatch(french)) is not None:
            return told.format_map(found.groupdict())
    return ""


@functools.cache
def _sentences() -> Mapping[str, str]:
    source = resources.files("service").joinpath("uploads", "refusals-en.toml").read_text(encoding="utf-8")
    found: Mapping[str, str] = tomllib.loads(source)
    return found


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Those that have a place for something particular."""
    return tuple((_pattern(french), told) for french, told in _sentences().items() if _NAMED.search(french))


def _pattern(french: str) -> re.Pattern[str]:
    pieces = _NAMED.split(french)
    written = (f"(?P<{piece}>.+)" if place % 2 else re.escape(piece) for place, piece in enumerate(pieces))
    return re.compile("".join(written), re.DOTALL)
