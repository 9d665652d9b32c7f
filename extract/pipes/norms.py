"""The normal form of each token that phrase matching compares: folded, plural s and x off.

Registered as ``delibgraph_norms``: so "Programmes de Réussite Éducative" and "programme de réussite educative"
are one phrase to a :class:`~spacy.matcher.PhraseMatcher` on ``NORM``.
"""

from __future__ import annotations

from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.pipes.columns import column, set_column
from extract.text import fold

_LONG_ENOUGH = 4


@lru_cache(maxsize=65536)
def norm(word: str) -> str:
    """Folded, and without the s or x of the plural where the word is long enough to have one."""
    folded = fold(word).replace("œ", "oe")
    if len(folded) >= _LONG_ENOUGH and folded[-1] in "sx":
        return folded[:-1]
    return folded


@Language.factory("delibgraph_norms")
def make_norms(nlp: Language, name: str) -> NormsComponent:  # noqa: ARG001 - spaCy's signature
    """The component, with the norms of the words it has met."""
    return NormsComponent(nlp.vocab)


class NormsComponent:
    """Sets ``token.norm_`` of all tokens at once: a Python object for each would cost a tenth of reading."""

    def __init__(self, vocab: Vocab) -> None:
        self.strings = vocab.strings
        self.known: dict[int, int] = {}

    def _norm(self, orth: int) -> int:
        found = self.known[orth] = self.strings.add(norm(self.strings[orth]))
        return found

    def __call__(self, doc: Doc) -> Doc:
        """Set the norms of one doc."""
        known = self.known
        set_column(doc, "NORM", [known.get(orth) or self._norm(orth) for orth in column(doc, "ORTH")])
        return doc
