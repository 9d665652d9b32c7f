"""The tokens of spaCy's French tokenizer, each word of a language cut once a process.

spaCy keeps how it cut a word only until the first special case of a text ("n°", "M.", a dash): all that follows is cut
anew, by six regular expressions a word. A word that was cut alone before is found again wherever it stands.
"""

from __future__ import annotations

from typing import Any, cast

from spacy.tokens import Doc

_MOST = 50_000


class Tokens:
    """A tokenizer that gives the same tokens as ``inner``; up to ``_MOST`` different words are remembered."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.vocab = inner, inner.vocab
        inner.max_cache_size = _MOST
        self._met: set[str] = set()

    def __call__(self, text: str) -> Doc:
        """The tokens of a text."""
        if len(self._met) < _MOST:
            fresh = {*text.split()} - self._met
            for word in fresh:
                self.inner(word)
            self._met |= fresh
        return cast("Doc", self.inner(text))
