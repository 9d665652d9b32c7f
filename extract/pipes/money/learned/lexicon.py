"""Classes of words by stem, from ``patterns/lexicon.toml``: what a word does with money, met or not."""

from __future__ import annotations

from functools import cache, lru_cache

from extract.patterns import table
from extract.text import fold


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    """First two letters → the stems that begin so, with their class: "give", "cost" …, verbs with a capital first."""
    found: dict[str, list[str]] = {}
    for part, classes in (("v", table("lexicon")["verb"]), ("n", table("lexicon")["noun"])):
        for name, stems in classes.items():
            for stem in stems:
                found.setdefault(fold(stem)[:2], []).append(f"{fold(stem)}|{part}.{name}")
    return {head: tuple(stems) for head, stems in found.items()}


@lru_cache(maxsize=8192)
def classes(word: str) -> tuple[str, ...]:
    """The classes of a folded word: those of the longest stems it begins with, a verb's and a noun's."""
    best: dict[str, tuple[int, set[str]]] = {}
    for entry in _stems().get(word[:2], ()):
        stem, name = entry.split("|")
        if len(word) - len(stem) > 8 or not word.startswith(stem):
            continue
        part = name[0]
        length, names = best.get(part, (0, set()))
        if len(stem) > length:
            best[part] = (len(stem), {name})
        elif len(stem) == length:
            names.add(name)
    return tuple(sorted(name for _, names in best.values() for name in names))
