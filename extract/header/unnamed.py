"""The authority of minutes whose header does not name it: the name of the file and the text tell it together.

A file name alone proves nothing, nor does a place named in the text; a commune of the reference data that both name is
the one whose council sits. Of the minutes of a community, the only community that the text names in full is it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from extract.header.bodies import commune_of
from extract.header.found import Found
from extract.patterns import cased, pattern
from extract.segment.layout import Span
from extract.text import fold, key, squeeze
from ontology.authorities import candidates_for

#: A name shorter than this is too common a word; a place has no more words than this.
_SHORTEST, _MOST_WORDS = 5, 6
#: A text of a commune names it more than once.
_FEWEST = 2


def find_unnamed(text: str, file_name: str, body: str | None) -> Found[str] | None:
    """The authority of a document that names it nowhere in its head, None where the signs do not agree."""
    organ = fold(body or "")
    if pattern("header", "unnamed.community").search(organ):
        return _community(text)
    if organ and not pattern("header", "unnamed.municipal").search(organ):
        return None
    return _commune(text, file_name)


def _commune(text: str, file_name: str) -> Found[str] | None:
    """The one commune that the file name holds and the text names with its capital."""
    found: dict[str, Found[str]] = {}
    taken: list[str] = []
    folded = fold(text)
    for words in _runs(key(PurePath(file_name).stem.replace("_", " ")).split()):
        name = " ".join(words)
        if any(f" {name} " in f" {longer} " for longer in taken):
            continue
        form = re.compile(r"(?<![\w'’-])" + r"[\s'’-]+".join(map(re.escape, words)) + r"(?![\w-])")
        named = [m for m in form.finditer(folded) if text[m.start()].isupper()]
        if len(named) < _FEWEST or not any(known.kind == "commune" for known in candidates_for(f"Commune de {name}")):
            continue
        taken.append(name)
        place = named[0]
        written = squeeze(text[slice(*place.span())])
        found[name] = Found(commune_of(written), Span(*place.span()))
    return next(iter(found.values())) if len(found) == 1 else None


def _runs(words: list[str]) -> Iterator[list[str]]:
    """The runs of words of a file name that may be a place, the longest first; a date or a number is none."""
    for size in range(min(_MOST_WORDS, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            run = words[at : at + size]
            if len("".join(run)) >= _SHORTEST and all(word.isalpha() for word in run):
                yield run


def _community(text: str) -> Found[str] | None:
    """The only community that the text names in full ("Val d'Orne Communauté", "communauté de communes du Val")."""
    found: dict[str, Found[str]] = {}
    for match in cased("header", "cased.community").finditer(text):
        name = squeeze(match.group())
        found.setdefault(key(name), Found(name, Span(*match.span())))
    return next(iter(found.values())) if len(found) == 1 else None
