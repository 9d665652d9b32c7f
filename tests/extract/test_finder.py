"""A finder finds what its pattern finds, whatever the expression: it may only be faster."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import patterns
from extract.finder import Finder, finder, hastened, may_match
from extract.openings import always, needed
from extract.text import fold

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))
TEXTS = [fold(path.read_text(encoding="utf-8")) for path in SAMPLES]
SEARCHED = ("segment", "roster", "view", "headings", "header", "vote", "citations", "decisions", "untitled")

#: Expressions in the manner of ours: anchors, choices, what may be left out or come again, what stands around.
ATOMS = st.sampled_from(
    ["a", "b", "é", "\n", " ", r"\d", r"\s", r"\w", "[ab]", "[^a]", "[a-z]", ".", r"\.", "ab", "ba", "abc", "cab", "1b"]
)
ANCHORS = st.sampled_from(["^", "$", r"\b", "(?<!a)", "(?<=a)", r"(?<![\w'])", "(?=b)", "(?!b)", r"\A", r"\Z"])
REPEATS = st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "{1,3}", "??", "*+"])


def grown(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inside, min_size=1, max_size=4).map("".join),
        st.lists(inside, min_size=2, max_size=3).map(lambda choices: f"(?:{'|'.join(choices)})"),
        st.tuples(inside, REPEATS).map(lambda parts: f"(?:{parts[0]}){parts[1]}"),
        inside.map(lambda source: f"({source})"),
    )


EXPRESSIONS = st.recursive(st.one_of(ATOMS, ANCHORS), grown, max_leaves=12)


def spans(found: Finder | re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in found.finditer(text, start, end)]


@given(EXPRESSIONS, st.text("abéc1 .\n'", max_size=40), st.integers(0, 12), st.integers(0, 40))
def test_finds_what_the_expression_finds(source: str, text: str, start: int, end: int) -> None:
    form = re.compile(source, re.MULTILINE)
    tried = Finder(form)
    assert spans(tried, text, start, end) == spans(hastened(form), text, start, end) == spans(form, text, start, end)
    first, found = form.search(text, start, end), tried.search(text, start, end)
    assert (first and first.span()) == (found and found.span())


#: Expressions that begin with so many letters that they are looked for behind what parts words.
WIDE = "|".join("abcdefghilm")
MANY = [
    rf"\b(?:{WIDE})[aé]",
    rf"\b(?:{WIDE})[aé]|(?<=\()1[a ]",
    rf"(?<![a-z'])(?:{WIDE})[aé1]|^ *b[ac]",
    rf"(?:{WIDE})[aé]",
]


@given(st.sampled_from(MANY), st.text("abéc1 (\n'", max_size=40), st.integers(0, 12))
def test_finds_what_begins_with_many_letters(source: str, text: str, start: int) -> None:
    form = re.compile(source, re.MULTILINE)
    assert spans(Finder(form), text, start, 40) == spans(form, text, start, 40)


@given(EXPRESSIONS, st.text("abéc1 .\n'", max_size=40))
def test_what_every_match_holds_is_in_each(source: str, text: str) -> None:
    form = re.compile(source, re.MULTILINE)
    words = needed(form, frozenset(["abc"]))
    for found in form.finditer(text):
        assert always(form) <= set(found.group())
        assert not words or any(word in found.group() for word in words)


def names(file: str) -> list[str]:
    tables = patterns.table(file)
    alone = [name for name, value in tables.items() if not isinstance(value, dict)]
    within = [f"{section}.{name}" for section, each in tables.items() if isinstance(each, dict) for name in each]
    return [name for name in [*alone, *within] if not name.startswith(("pieces.", "cased.", "codes."))]


@pytest.mark.parametrize("file", SEARCHED)
def test_finds_in_acts_what_the_patterns_find(file: str) -> None:
    for name in names(file):
        form = patterns.pattern(file, name)
        for text in TEXTS:
            assert spans(finder(file, name), text, 0, len(text)) == spans(form, text, 0, len(text)), name


REMARKS = ("excused", "arrival", "departure", "proxy_alone")


@given(st.lists(st.sampled_from(["m. roy", ", ", "excuse", " (", "pouvoir", " a ", "parti", "20h"]), max_size=6))
def test_what_may_not_match_matches_nothing(parts: list[str]) -> None:
    written = "".join(parts)
    if not may_match("roster", REMARKS)(written):
        assert not any(patterns.pattern("roster", name).search(written) for name in REMARKS)


def test_figures_of_any_script_are_figures() -> None:
    """A scanner's "２０２３" is found where figures are looked for."""
    assert fold("séance du ２ mars ２０２３") == "seance du 2 mars 2023"
