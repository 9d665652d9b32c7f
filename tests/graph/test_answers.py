"""What a release keeps of questions asked when it was made."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyoxigraph as ox
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.question import Question
from graph.release import answers

ROWS = [
    {"name": "Les Amis du Livre", "name_iri": "http://localhost:8000/id/organisation/amis", "acts": "2"},
    {"name": "École de l’Œuvre", "name_iri": "http://localhost:8000/id/organisation/ecole"},
    {"name": "CCAS de Saint-Étienne", "name_iri": "http://localhost:8000/id/organisation/ccas", "acts": "12"},
]


def kept(folder: Path, rows: list[dict[str, str]], question: str = "SELECT 1") -> answers.Answer:
    answers.write(folder / answers.FILE, lambda _: rows, [question])
    found = answers.find(folder, question)
    assert found is not None
    return found


def test_rows_come_back_in_their_order_cut_into_pages(tmp_path: Path) -> None:
    found = kept(tmp_path, ROWS)
    assert found.rows() == ROWS
    assert found.rows(start=1, size=1) == ROWS[1:2]
    assert found.count() == 3


def test_a_search_knows_no_accents_case_hyphens_or_addresses(tmp_path: Path) -> None:
    found = kept(tmp_path, ROWS)
    assert found.rows("oeuvre") == ROWS[1:2]
    assert found.rows("saint etienne") == ROWS[2:]
    assert found.count("organisation") == 0
    assert found.count("12") == 1


def test_another_text_is_not_answered_by_these_rows(tmp_path: Path) -> None:
    kept(tmp_path, ROWS)
    assert answers.find(tmp_path, "SELECT 2") is None
    assert answers.find(tmp_path / "elsewhere", "SELECT 1") is None


@given(
    rows=st.lists(st.dictionaries(st.sampled_from(["a", "b", "c_iri"]), st.text(max_size=12)), max_size=30),
    wanted=st.text(max_size=4),
    start=st.integers(0, 12),
)
def test_pages_of_any_search_are_slices_of_the_whole(
    rows: list[dict[str, str]], wanted: str, start: int, tmp_path_factory: object
) -> None:
    folder = tmp_path_factory.mktemp("answers")  # type: ignore[attr-defined]
    found = kept(folder, rows)
    word = answers.searched({"a": wanted})
    matching = [row for row in rows if word in answers.searched(row)]
    assert found.rows(word, start, 5) == matching[start : start + 5]
    assert found.count(word) == len(matching)


TERMS = st.one_of(
    st.none(),
    st.integers(-(10**6), 10**6).map(ox.Literal),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5).map(ox.Literal),
    st.sampled_from("abc").map(lambda end: ox.NamedNode(f"urn:{end}")),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)).map(
        lambda day: ox.Literal(day.isoformat(), datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    ),
)


@given(rows=st.lists(st.tuples(TERMS, TERMS), max_size=8), down=st.booleans())
def test_rows_are_sorted_as_sparql_sorts_them(rows: list[tuple[ox.Literal | None, ...]], down: bool) -> None:
    """By kind and value; of a column all literals are of a kind here, as they are in the questions of pages."""
    columns = zip(*rows, strict=True)
    literals = [{term.datatype for term in column if isinstance(term, ox.Literal)} for column in columns]
    assume(all(len(each) < 2 for each in literals))
    values = " ".join(f"({' '.join('UNDEF' if t is None else str(t) for t in row)})" for row in rows)
    order = "DESC(?a) ?b" if down else "?a ?b"
    text = f"SELECT ?a ?b WHERE {{ VALUES (?a ?b) {{ {values} }} }}\nORDER BY {order}"
    asked = [(row["a"], row["b"]) for row in ox.Store().query(text)]
    question = Question.of(text)
    assert sorted(rows, key=lambda row: question.place(dict(zip("ab", row, strict=True)), "ab")) == asked
