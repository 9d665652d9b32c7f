"""The scores on gold that the page /quality shows: ``scores.json``, which ``make scores`` writes and nobody types."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Field:
    """Precision and recall of one field, from 0 to 1, with what they count."""

    name: str
    precision: float
    recall: float
    right: int
    wrong: int
    missed: int


@dataclass(frozen=True)
class Scored:
    """One set of acts that those who write the rules have read. ``titles`` by language; ``money``: awards."""

    titles: Mapping[str, str]
    folder: str
    documents: int
    fields: tuple[Field, ...]
    money: Field | None
    all: Field | None


@dataclass(frozen=True)
class Blind:
    """One set scored once, before anyone read it: (precision, recall) of awards and, where its gold has them, of
    organisations.
    """

    name: str
    date: str
    documents: int | None
    awarded: tuple[float, float]
    organisations: tuple[float, float] | None


@dataclass(frozen=True)
class Scores:
    """The whole file: when, of which commit, by which command."""

    date: str
    commit: str
    command: str
    sets: tuple[Scored, ...]
    blind: tuple[Blind, ...]


@functools.cache
def read() -> Scores:
    """The scores that the package holds."""
    told = json.loads(resources.files("service.pages").joinpath("scores.json").read_text(encoding="utf-8"))
    return Scores(
        told["date"], told["commit"], told["command"], tuple(map(_set, told["sets"])), tuple(map(_blind, told["blind"]))
    )


def _set(told: Mapping[str, Any]) -> Scored:
    fields = {
        name: Field(name, each["precision"], each["recall"], each["tp"], each["fp"], each["fn"])
        for name, each in told["fields"].items()
    }
    whole = fields.pop("all", None)
    money = fields.get("financements attribués")
    return Scored(
        {"fr": told["fr"], "en": told["en"]}, told["folder"], told["documents"], tuple(fields.values()), money, whole
    )


def _blind(told: Mapping[str, Any]) -> Blind:
    awarded, organisations = (told[name] for name in ("awarded", "organisations"))
    return Blind(
        told["set"],
        told["date"],
        told["documents"],
        (float(awarded[0]), float(awarded[1])),
        (float(organisations[0]), float(organisations[1])) if organisations else None,
    )
