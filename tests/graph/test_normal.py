"""Folding: no case, no accent, no ligature, whatever the letters."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from graph.normal import fold, folded, words, words_of

TEXTS = st.text(st.sampled_from("aéÉçœŒÆß’ʼ – \u0301\u034f\u0489\u0f39\u1dc4\u3099\U0001d165ﬁ²Å가İ") | st.characters())


@given(TEXTS)
def test_no_mark_of_any_script_is_left_and_nothing_else_is_lost(text: str) -> None:
    ligatures = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "ʼ": "'"})
    decomposed = unicodedata.normalize("NFKD", text.translate(ligatures))
    assert folded(text) == "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


@given(TEXTS, TEXTS)
def test_the_words_of_two_texts_are_those_of_both(one: str, other: str) -> None:
    assert tuple(words_of(f"{fold(one)} {fold(other)}")) == words(f"{one} {other}")
