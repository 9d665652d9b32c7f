"""A sieve leaves out only what cannot match."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.openings import needed
from extract.patterns import named, pattern
from extract.sieve import Sieve, sieve, sieve_of
from extract.text import fold

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))
LINES = [fold(line) for path in SAMPLES for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
SOURCES = ("(?:vers|attribu)er", "subvention", r"\baide\b.{0,9}loyer", r"\d+", "(?:re)?fus[ée]", "(?i)Octroi")


@given(
    st.lists(st.sampled_from(["verser", "refuse", "une aide", " au loyer", "subvention", "12", "OCTROI"]), max_size=6)
)
def test_whatever_matches_is_tried(parts: list[str]) -> None:
    forms = [re.compile(source) for source in SOURCES]
    text = " ".join(parts)
    tried = Sieve((form, needed(form)) for form in forms).of(text)
    assert tried == tuple(form for form in forms if form in tried)
    assert all(form in tried for form in forms if form.search(text))


@pytest.mark.parametrize(
    ("file", "section"), [("constructions", "nobody"), ("constructions", "asks"), ("fundings", "award")]
)
def test_whatever_matches_a_line_of_an_act_is_tried(file: str, section: str) -> None:
    for line in LINES:
        found = {(section, name) for name, expression in named(file, section) if expression.search(line)}
        assert found <= {*sieve(file, section).of(line)}
        assert found <= {*sieve(file, section, alike=("€", "¤")).of(line.replace("€", "¤"))}


def test_builds_of_two_sums_are_not_tried_where_one_stands() -> None:
    one = "d'attribuer a ◆ une subvention de ¤"
    tried = {*sieve("constructions", "built", alike=("€", "¤")).of(one)}
    fewer = {*sieve("constructions", "built", alike=("€", "¤"), lacking="¤").of(one)}
    assert ("built", "given_then_sum") in fewer < tried
    assert not any(pattern("constructions", ".".join(each)).search(one.replace("¤", "€")) for each in tried - fewer)


def test_a_text_without_the_words_is_not_looked_at() -> None:
    assert not sieve_of("fundings", "undone.put_off").of("le conseil attribue 500 € au club")
    text = "ce point est ajourne a une seance ulterieure"
    assert pattern("fundings", "undone.put_off").search(text)
    assert sieve_of("fundings", "undone.put_off").of(text) == ("undone.put_off",)


@given(st.text("abc ", max_size=30))
def test_of_many_words_all_that_stand_in_a_text_are_found(text: str) -> None:
    words = ["".join(letters) for length in (1, 2, 3) for letters in product("abc", repeat=length)]
    tried = Sieve((word, frozenset([word])) for word in [*words, "€", "cab abc"])
    assert tried.of(text) == tuple(word for word in [*words, "€", "cab abc"] if word in text)
