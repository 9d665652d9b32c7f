"""The tokens are those of spaCy's French, in whatever order texts come, though fewer seconds are spent on its start."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.util import find_spec, module_from_spec
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.pipes.french import french, shortened
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
#: What words that are left whole begin with, and pieces of any word.
BEGINNINGS = ["porte", "Sous", "vice", "abat", "électro", "ELECTRO", "château", "mi", "r", "entr", "grand", "prud", "a"]
PARTS = [
    "-",
    "–",
    "'",
    "’",
    "en",
    "la",
    "les",
    "l'",
    "saint",
    "watch",
    "hommes",
    "Œuvre",
    "ville",
    "1",
    ".",
    " ",
    "ß",
    "\n",
]


@pytest.fixture(scope="module")
def tokenizers() -> tuple[Any, Tokens]:
    return french().tokenizer, Tokens(french().tokenizer)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=30))
def test_a_tokenizer_that_remembers_gives_the_same_tokens(tokenizers: tuple[Any, Tokens], pieces: list[str]) -> None:
    plain, remembering = tokenizers
    text = " ".join(pieces)
    assert [(t.text, t.whitespace_) for t in remembering(text)] == [(t.text, t.whitespace_) for t in plain(text)]


@pytest.fixture(scope="module")
def expressions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The expression of spaCy, and what is made of it."""
    found = find_spec("spacy.lang.fr.tokenizer_exceptions")
    assert found is not None
    assert found.loader is not None
    made = module_from_spec(found)
    found.loader.exec_module(made)
    whole: re.Pattern[str] = made.TOKEN_MATCH.__self__
    return whole, re.compile(shortened(whole.pattern))


def differing(expressions: tuple[re.Pattern[str], re.Pattern[str]], words: Iterable[str]) -> list[str]:
    whole, short = expressions
    return [word for word in words if bool(short.match(word)) != bool(whole.match(word))]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.lists(st.sampled_from(BEGINNINGS + PARTS) | st.text(max_size=3), max_size=6), max_size=40))
def test_the_words_left_whole_are_those_of_spacy(
    expressions: tuple[re.Pattern[str], re.Pattern[str]], words: list[list[str]]
) -> None:
    assert differing(expressions, map("".join, words)) == []


def test_words_of_each_choice_are_left_whole(expressions: tuple[re.Pattern[str], re.Pattern[str]]) -> None:
    whole, short = expressions
    assert len(short.pattern) * 20 < len(whole.pattern)
    choices = whole.pattern.removeprefix("(?iu)(?:").removesuffix(")").split(")|(?:")
    assert len(choices) > 200
    for choice in choices:
        word = re.sub(r"\[[^\[\]]{1000,}\][*+]?", "v", choice).strip("^$")
        word = re.sub(r"\(\?:([^|()]*)[^()]*\)(\??)", lambda m: "" if m[2] else m[1], word)
        word = re.sub(r"\[(.).*?\]|\?", r"\1", word)
        words = (word, word.upper(), f"x{word}", f"{word}-", word.removesuffix("v"), word.replace("-", ""))
        assert short.match(word), word
        assert differing(expressions, words) == []


@pytest.mark.parametrize("source", ["", "a|b", "(?iu)(?:^a$)|(?:b)", "(?iu)(?:^a[bc]+$)"])
def test_an_expression_that_is_built_otherwise_is_left_as_it_is(source: str) -> None:
    assert shortened(source) == source
