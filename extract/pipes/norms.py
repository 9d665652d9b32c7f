"""The normal form of each token that phrase matching compares: folded, plural s and x off.

Registered as ``delibgraph_norms``: so "Programmes de Réussite Éducative" and "programme de réussite educative"
are one phrase to a :class:`~spacy.matcher.PhraseMatcher` on ``NORM``.
"""

from __future__ import annotations

from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from extract.text import fold

_LONG_ENOUGH = 4


@lru_cache(maxsize=65536)
def norm(word: str) -> str:
    """Folded, and without the s or x of the plural where the word is long enough to have one."""
    folded = fold(word).replace("œ", "oe")
    if len(folded) >= _LONG_ENOUGH and folded[-1] in "sx":
        return folded[:-1]
    return folded


@Language.component("delibgraph_norms")
def norms_component(doc: Doc) -> Doc:
    """Set ``token.norm_`` of every token."""
    for token in doc:
        token.norm_ = norm(token.text)
    return doc
