"""The words of a text as they are searched: folded, and without their endings; and the query made of a user's words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph.normal import fold, words
from graph.remembered import remembered

#: Words of a query that count; those behind them are not looked for.
MOST_WORDS = 24
_QUOTED = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”')
_WRITTEN = re.compile(r"[^\W_]+")


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "stems.toml").read_text(encoding="utf-8"))


@remembered(16384)
def stem(word: str) -> str:
    """A folded word without the endings of ``stems.toml``.

    >>> stem("associations"), stem("municipaux"), stem("financees")
    ('association', 'municipal', 'financ')
    """
    rules = _rules()
    if len(word) < rules["letters"] or not word.isalpha():
        return word
    for ending, instead in rules["plural"]:
        if word.endswith(ending):
            word = word.removesuffix(ending) + instead
            break
    for ending in rules["endings"]:
        word = word.removesuffix(ending)
    if rules["single_last"] and word[-1] == word[-2]:
        word = word[:-1]
    return word


@dataclass(frozen=True)
class Wanted:
    """What a user looks for: words, all of them, the last one perhaps unfinished; and phrases, word for word."""

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, text: str) -> Wanted:
        """What a search field holds. Nothing in it is an operator but quotation marks."""
        quoted = [words(next(part for part in found.groups() if part is not None)) for found in _QUOTED.finditer(text)]
        phrases = tuple(phrase[:MOST_WORDS] for phrase in quoted if phrase)[:MOST_WORDS]
        return cls(words(_QUOTED.sub(" ", text))[:MOST_WORDS], phrases)

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words or self.phrases)

    @property
    def name(self) -> str:
        """All of it as one folded name, to be compared with whole names."""
        return " ".join(word for part in (*self.phrases, self.words) for word in part)

    def expression(self) -> str:
        """As an FTS5 expression: each word is quoted, so that no character of the user's is an operator."""
        parts = [f'"{" ".join(phrase)}"' for phrase in self.phrases]
        for place, word in enumerate(self.words, start=1):
            star = " *" if place == len(self.words) else ""
            parts.append(f'("{word}"{star} OR stems : "{stem(word)}"{star})')
        return " AND ".join(parts)

    def any_word(self) -> str:
        """As an FTS5 expression that one of the words is enough for; stems, none of them a prefix."""
        every = dict.fromkeys(stem(word) for part in (*self.phrases, self.words) for word in part)
        return " OR ".join(f'stems : "{word}"' for word in every)

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where ``text`` has a word that is looked for: offsets in characters."""
        every = {word for part in (*self.phrases, self.words) for word in part}
        roots, last = set(map(stem, every)), self.words[-1] if self.words else None
        for found in _WRITTEN.finditer(text):
            written = fold(found[0])
            if written in every or stem(written) in roots or (last and written.startswith(last)):
                yield found.span()
