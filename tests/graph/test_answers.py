"""What a release keeps of questions asked when it was made."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

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
