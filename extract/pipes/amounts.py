"""Amounts of money: figures in every usual writing, and sums in words.

Registered as ``delibgraph_amounts``; patterns in ``patterns/amounts.toml``. Example::

    « verser 12.000 € (douze mille euros) par an »  →  Amount(12000, "12.000 €", per_year=True)
"""

from __future__ import annotations

import re
from decimal import Decimal

from spacy.language import Language
from spacy.tokens import Doc

from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.model import Amount, Found
from extract.pipes.reading import Reading

_NEAR = 110
_CLAUSE = 180
_UNITS = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
}  # fmt: skip
_SCALES = {"mil": 1000, "mille": 1000, "million": 10**6, "millions": 10**6}
_PARENTHESIS = re.compile(r"^\s*[(\[]\s*$")


def number(written: str) -> Decimal:
    """The value of figures as French acts write them: "12.000", "1 697,50", "22'973,41", "627 090.00".

    A dot or an apostrophe before exactly three digits groups thousands; before one or two it is decimal.
    """
    text = re.sub(r"[\s']|[.,]-+$", "", written)
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text):
        text = text.replace(".", "")
    elif text.count(".") > 1:
        whole, _, cents = text.rpartition(".")
        text = whole.replace(".", "") + "." + cents
    return Decimal(text)


def number_in_words(words: str) -> int | None:
    """The value of a folded French numeral ("trois mille deux cents"), None where it is none."""
    total = group = 0
    for word in re.split(r"[\s-]+", words):
        if word == "et":
            continue
        if word in ("cent", "cents"):
            group = max(group, 1) * 100 if group < 100 else group + 100
        elif word in _SCALES:
            total += max(group, 1) * _SCALES[word]
            group = 0
        elif word in _UNITS:
            value = _UNITS[word]
            # quatre-vingt(s): four times twenty
            group = group + 76 if value == 20 and group % 100 == 4 else group + value
        else:
            return None
    return total + group or None


def _figures(text: str, folded: str) -> list[Found[Amount]]:
    found = []
    for match in finder("amounts", "amount.figures").finditer(folded):
        value = number(match["number"])
        if match["thousand"]:
            value *= 1000
        elif match["million"]:
            value *= 1_000_000
        found.append(_found(text, folded, match.start(), match.end(), value))
    return found


def _words(text: str, folded: str) -> list[Found[Amount]]:
    found = []
    for match in finder("amounts", "amount.words").finditer(folded):
        value = number_in_words(match["words"])
        if value is not None and value > 1:
            found.append(_found(text, folded, match.start(), match.end(), Decimal(value)))
    return found


def _found(text: str, folded: str, start: int, end: int, value: Decimal) -> Found[Amount]:
    left, right = folded[max(0, start - _NEAR) : start], folded[end : end + _NEAR]
    clause = folded[max(0, start - _CLAUSE) : start]
    yearly = finder("amounts", "context.yearly_left")

    def said(name: str, where: str) -> bool:
        return pattern("amounts", f"context.{name}").search(where) is not None

    return Found(
        start,
        end,
        Amount(
            value=value,
            written=" ".join(text[start:end].split()),
            per_year=said("per_year", right) or yearly.search(clause) is not None,
            unit=said("per_unit", right)
            or said("times", right)
            or said("difference", right)
            or said("unit_left", left),
            ceiling=said("ceiling_left", left) or said("ceiling_right", right),
            tax=said("tax_free", right) or said("with_tax", right),
        ),
    )


def _told_twice(first: Found[Amount], second: Found[Amount], folded: str) -> bool:
    """Figures with the same sum in words in parentheses, or the other way round, are one amount."""
    between = folded[first.end : second.start]
    return first.value.value == second.value.value and _PARENTHESIS.match(between) is not None


def find_amounts(text: str, folded: str) -> list[Found[Amount]]:
    """Every amount of a text, in order; a sum in figures and words is one."""
    found: list[Found[Amount]] = []
    for each in sorted(_figures(text, folded) + _words(text, folded), key=lambda f: (f.start, -f.end)):
        if found and each.start < found[-1].end:
            continue
        if found and _told_twice(found[-1], each, folded):
            found.append(_merged(text, folded, found.pop(), each))
        else:
            found.append(each)
    return found


def _merged(text: str, folded: str, first: Found[Amount], second: Found[Amount]) -> Found[Amount]:
    """One amount out of figures and words; what stands right of the parenthesis counts for both."""
    closing = folded.find(")", second.end, second.end + 3)
    whole = _found(text, folded, first.start, closing + 1 if closing > 0 else second.end, first.value.value).value
    inner = second.value
    return Found(
        first.start,
        second.end,
        Amount(
            first.value.value,
            first.value.written if first.value.written[:1].isdigit() else inner.written,
            per_year=first.value.per_year or inner.per_year or whole.per_year,
            unit=inner.unit or whole.unit,
            ceiling=first.value.ceiling or whole.ceiling,
            tax=first.value.tax or inner.tax or whole.tax,
        ),
    )


@Language.component("delibgraph_amounts")
def amounts_component(doc: Doc) -> Doc:
    """Fill ``doc._.reading.amounts``."""
    reading: Reading = doc._.reading
    reading.amounts = find_amounts(reading.text, reading.folded)
    return doc
