"""Dates in figures and words: "16 mars 2023", "16/03/23", "2023-03-16", "l'an deux mille vingt-trois, le six mars"."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from extract.header.numbers import number_words
from extract.patterns import table
from extract.text import fold

_WORD = re.compile(r"[a-z]+|\d+")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")


@cache
def _months() -> dict[str, int]:
    return {fold(name): number for number, name in enumerate(table("pieces")["pieces"]["month"], 1)}


@cache
def _short_months() -> dict[str, int]:
    return {fold(name): int(number) for name, number in table("numbers")["months"].items()}


def _month(words: list[str]) -> tuple[int, int] | None:
    """Where the month stands, and which it is; cut short ("sept.") only where none is whole."""
    for months in (_months(), _short_months()):
        for index, word in enumerate(words):
            if word in months:
                return index, months[word]
    return None


def read_date(written: str) -> dt.date | None:
    """The date a passage tells, None if it tells none that exists. Two-figure years are of this century."""
    source = fold(written)
    if figures := _ISO.search(source):
        return _date(*(int(part) for part in figures.groups()))
    if figures := _NUMERIC.search(source):
        day, number, year = (int(part) for part in figures.groups())
        return _date(year + 2000 if year < 100 else year, number, day)
    words = _WORD.findall(source)
    if (found := _month(words)) is None:
        return None
    at, month = found
    told = _year(words[at + 1 :]) or _year(words[:at])
    day_told = _day(words[:at])
    return _date(told, month, day_told) if told and day_told else None


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
    if words[-1:] in (["de"], ["d"]):
        words = words[:-1]
    if words[-2:] == ["du", "mois"]:
        words = words[:-2]
    if len(words) > 1 and all(len(word) == 1 and word.isdigit() for word in words[-2:]):
        return int(words[-2] + words[-1])
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
