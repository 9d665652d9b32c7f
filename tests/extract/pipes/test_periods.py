"""Years and spans of years."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.pipes.periods import find_periods
from extract.text import fold


def read(text: str) -> list[tuple[int, int]]:
    return [(p.value.first, p.value.last) for p in find_periods(fold(text))]


@given(first=st.integers(1960, 2060), length=st.integers(1, 30), link=st.sampled_from(["-", "–", " - ", "/", " à "]))
def test_spans_are_read_back(first: int, length: int, link: str) -> None:
    assert read(f"Contrat de ville {first}{link}{first + length} de la commune") == [(first, first + length)]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("du 1er janvier 2023 au 31 décembre 2025", [(2023, 2025)]),
        ("pour les années 2022, 2023 et 2024", [(2022, 2024)]),
        ("au titre de l'exercice 2024", [(2024, 2024)]),
        ("2 024 €", []),
        ("une subvention de 2000 €", []),
    ],
)
def test_other_forms(text: str, periods: list[tuple[int, int]]) -> None:
    assert read(text) == periods


def test_the_year_of_a_date_is_marked() -> None:
    (period,) = find_periods(fold("signée le 12 mars 2021"))
    assert period.value.in_date
