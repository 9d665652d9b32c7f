"""Any amount that a writer of French acts can write is read back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.pipes.amounts import find_amounts, number_in_words
from extract.pipes.model import Amount
from extract.text import fold

UNITS = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()  # noqa: SIM905
TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}
SEPARATORS = (" ", "\u00a0", "\u202f", ".", "'", "’", "")
SIGNS = ("€", " €", "\u00a0€", " euros", " EUR")


def below_hundred(value: int) -> str:
    if value < 17:
        return UNITS[value]
    if value < 20:
        return f"dix-{UNITS[value - 10]}"
    if value >= 80:
        return "quatre-vingts" if value == 80 else f"quatre-vingt-{below_hundred(value - 80)}"
    ten, rest = (6, value - 60) if value >= 60 else divmod(value, 10)
    if rest == 0:
        return TENS[ten]
    return f"{TENS[ten]}{' et ' if rest in (1, 11) else '-'}{below_hundred(rest)}"


def in_words(value: int) -> str:
    """A whole number as it is read aloud in France."""
    for size, name in ((1_000_000, "million"), (1000, "mille")):
        if value >= size:
            count, rest = divmod(value, size)
            plural = "s" if size > 1000 and count > 1 else ""
            head = name if count == 1 and size == 1000 else f"{in_words(count)} {name}{plural}"
            return head + (f" {in_words(rest)}" if rest else "")
    hundreds, rest = divmod(value, 100)
    if not hundreds:
        return below_hundred(value)
    head = "cent" if hundreds == 1 else f"{UNITS[hundreds]} cent{'' if rest else 's'}"
    return head + (f" {below_hundred(rest)}" if rest else "")


def only(text: str) -> Amount:
    found = find_amounts(text, fold(text))
    assert len(found) == 1, found
    assert text[found[0].start : found[0].end].strip() == text[found[0].start : found[0].end]
    return found[0].value


@given(
    whole=st.integers(1, 999_999_999),
    cents=st.none() | st.integers(0, 99),
    separator=st.sampled_from(SEPARATORS),
    sign=st.sampled_from(SIGNS),
)
def test_figures_are_read_back(whole: int, cents: int | None, separator: str, sign: str) -> None:
    written = f"{whole:,}".replace(",", separator) + ("" if cents is None else f",{cents:02}")
    amount = only(f"de verser une subvention de {written}{sign} à l'association Horizon.")
    assert amount.value == Decimal(whole) + Decimal(cents or 0) / 100
    assert amount.written == " ".join(f"{written}{sign}".split())


@given(value=st.integers(2, 9_999_999))
def test_words_are_read_back(value: int) -> None:
    assert number_in_words(fold(in_words(value))) == value
    linked = "d'euros" if value % 1_000_000 == 0 else "euros"
    assert only(f"une somme de {in_words(value)} {linked} est versée").value == value


@given(value=st.integers(2, 999_999), separator=st.sampled_from(SEPARATORS[:3]))
def test_figures_and_words_are_one_amount(value: int, separator: str) -> None:
    figures = f"{value:,}".replace(",", separator)
    assert only(f"une aide de {figures} € ({in_words(value)} euros) par an").value == value
    assert only(f"une aide de {in_words(value)} euros ({figures} €)").value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3,5 M€", "3500000"), ("12 k€", "12000"), ("12 K€", "12000"), ("1,2 million d'euros", "1200000"),
        ("5 000,- €", "5000"), ("627 090.00 €", "627090"), ("22'973,41 €", "22973.41"), ("0,50 €", "0.50"),
        ("trois millions deux cent mille euros", "3200000"), ("deux cent\nmille euros", "200000"),
        ("2 000 €uros", "2000"), ("300€uros", "300"), ("175 992, 00 €", "175992"), ("500, 00 €", "500"),
    ],
)  # fmt: skip
def test_other_writings(text: str, value: str) -> None:
    assert only(text).value == Decimal(value)


@pytest.mark.parametrize("text", ["le 12 mars 2024", "article L. 2121-29", "12 000 habitants", "n° 2023-45", "15 %"])
def test_other_numbers_are_no_money(text: str) -> None:
    assert find_amounts(text, fold(text)) == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("12 000 € par an", "per_year"), ("850 €/an", "per_year"), ("une dotation annuelle de 500 €", "per_year"),
        ("15 € par enfant", "unit"), ("plafonnée à 5 000 €", "ceiling"), ("4 000 € maximum", "ceiling"),
        ("1 200 € TTC", "tax"), ("1 200 € HT", "tax"),
    ],
)  # fmt: skip
def test_what_stands_beside_an_amount(text: str, mark: str) -> None:
    marks = {name: getattr(only(text), name) for name in ("per_year", "unit", "ceiling", "tax")}
    assert marks == {name: name == mark for name in marks}
