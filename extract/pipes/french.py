"""spaCy's French, without the seconds that one of its expressions takes to compile.

Words that its tokenizer leaves whole ("porte-monnaie") are told by one expression of 1.4 MB: 266 choices, each of which
spells out the letters of every script. To compile it is more than half of what a process does before it reads a first
act. Choices that begin and end in the same classes of letters are told together here: the same words match.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import spacy
from spacy.language import Language

#: Signs from which an expression is worth shortening; no other of spaCy's is as long.
_LONG: Final = 500_000
_WIDE: Final = r"\[[^\[\]]{1000,}\][*+]?"
#: ``^``, a class of letters perhaps, what tells the choice, the classes of letters that end it, ``$``.
_CHOICE: Final = re.compile(rf"\^((?:{_WIDE})?)((?:(?!{_WIDE}).)+)((?:{_WIDE})+)\$")
_HEAD: Final = "(?iu)(?:"


def french() -> Language:
    """A blank French pipeline: ``spacy.blank("fr")``."""
    with _shortening():
        return spacy.blank("fr")


def shortened(source: str) -> str:
    """An expression that matches the words that ``source`` does; ``source`` itself where it is not built as known."""
    if not (source.startswith(_HEAD) and source.endswith(")")):
        return source
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for choice in source[len(_HEAD) : -1].split(")|(?:"):
        found = _CHOICE.fullmatch(choice)
        if found is None:
            return source
        told[found[1], found[3]].append(found[2])
    return "(?iu)" + "|".join(f"^{head}(?:{'|'.join(middles)}){tail}$" for (head, tail), middles in told.items())


@contextmanager
def _shortening() -> Iterator[None]:
    """Within, long expressions are compiled as shortened: spaCy compiles its own when its French is first imported."""
    compile_ = re.compile

    def shorter(pattern: Any, flags: int = 0) -> Any:
        long = isinstance(pattern, str) and len(pattern) > _LONG
        return compile_(shortened(pattern) if long else pattern, flags)

    re.compile = shorter
    try:
        yield
    finally:
        re.compile = compile_
