"""Dates in figures and in words: "16 mars 2023", "16/03/2023", "l'an deux mille vingt-trois, le six mars"."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from extract.header.numbers import number_words
from extract.patterns import table
from extract.text import fold

_WORD = re.compile(r"[a-z]+|\d+")
_NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")


@cache
def _months() -> dict[str, int]:
    return {fold(name): number for number, name in enumerate(table("pieces")["pieces"]["month"], 1)}


def read_date(written: str) -> dt.date | None:
    """The date a passage tells, None if it tells none that exists. Two-figure years are of this century."""
    source = fold(written)
    if found := _NUMERIC.search(source):
        day, month, year = (int(part) for part in found.groups())
        return _date(year + 2000 if year < 100 else year, month, day)
    words = _WORD.findall(source)
    at = next((i for i, word in enumerate(words) if word in _months()), None)
    if at is None:
        return None
    told = _year(words[at + 1 :]) or _year(words[:at])
    number = _day(words[:at])
    return _date(told, _months()[words[at]], number) if told and number else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _year(words: list[str]) -> int | None:
    """A year in four figures, or "deux mille vingt-trois"."""
    for index, word in enumerate(words):
        if word.isdigit() and len(word) == 4:
            return int(word)
        if word == "deux" and words[index + 1 : index + 2] in (["mille"], ["mil"]):
            return 2000 + _sum(words[index + 2 :], stop={"le", "du"})
    return None


def _day(words: list[str]) -> int | None:
    """The day, which stands last before the month: "16", "1er", "vingt et un"."""
    if words[-2:] in (["mois", "de"], ["mois", "d"]):
        words = words[:-3]
    run: list[str] = []
    for word in reversed(words):
        if word.isdigit():
            return int(word) if not run else None
        if word == "er" and not run:
            continue
        if word not in number_words() and word != "et":
            break
        run.insert(0, word)
    return _sum(run, stop=set()) or None


def _sum(words: list[str], stop: set[str]) -> int:
    total = 0
    for word in words:
        if word in stop or (word not in number_words() and word != "et"):
            break
        total += number_words().get(word, 0)
    return total
