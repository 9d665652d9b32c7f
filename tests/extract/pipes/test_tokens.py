"""The tokenizer that remembers gives the tokens of the one it asks, in whatever order texts come."""

from __future__ import annotations

import spacy
from hypothesis import given
from hypothesis import strategies as st

from extract.pipes.tokens import Tokens

PIECES = [
    "n°12",
    "M.",
    "l'association,",
    "(n°",
    "aujourd'hui",
    "—",
    "\xa0",
    "  ",
    "\t",
    "1 200 €",
    "d'Orvanne-les-Bois",
    ":-)",
]


PLAIN, REMEMBERING = spacy.blank("fr").tokenizer, Tokens(spacy.blank("fr").tokenizer)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=30))
def test_tokens_are_those_of_spacy(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert [(t.text, t.whitespace_) for t in REMEMBERING(text)] == [(t.text, t.whitespace_) for t in PLAIN(text)]
