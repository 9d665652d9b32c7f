"""Folding keeps every offset, whatever the typesetter's characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.text import fold, key

LETTERS = "aéÀŒœ€’«–…\u202f\u2009º²ŁΩ字２\x80\x92\x9f\ufffe\n*'"


@given(st.text(st.one_of(st.sampled_from(LETTERS), st.characters(codec="utf-8")), max_size=30))
def test_each_character_is_folded_alone(text: str) -> None:
    text = text.replace("*", "-")
    assert fold(text) == "".join(map(fold, text))
    assert len(fold(text)) == len(text)


@given(st.text(st.sampled_from("aÉŒæ_-’ 1²½\u00a0字"), max_size=20))
def test_a_key_is_the_words_of_a_text(text: str) -> None:
    plain = fold(text).replace("œ", "oe").replace("æ", "ae")
    assert key(text) == " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def test_what_typesetters_use_is_plain() -> None:
    assert fold("L’Œuvre – « Été » : 1\u202f500 €… **gras**") == 'l\'œuvre - " ete " : 1 500 €…   gras  '
