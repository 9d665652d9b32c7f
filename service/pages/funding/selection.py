"""One selection of fundings, as the address tells it: read, checked, resolved, written again.

A party or a theme is told by a name or a part of one (``funder=cesam``: whatever its accents and case, in every known
spelling) or exactly, by the path of its IRI (``funder=/id/organisation/cesam``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

import queries
from graph.ledger import Criteria
from queries.loader import DG, MAX_VALUE, STATUSES
from service.pages.money import Money

#: What tells a party or a theme; the first three are roles of a funding.
NAMED: Final = ("funder", "programme", "beneficiary", "theme")
_LABELS: Final = {
    "year": "année",
    "from": "depuis",
    "to": "jusqu’à",
    "funder": "financeur",
    "programme": "dispositif",
    "beneficiary": "bénéficiaire",
    "theme": "thème",
    "status": "statut",
    "min": "montant, au moins",
    "max": "montant, au plus",
    "confidence": "sûreté",
}


class SelectionError(queries.ValueRefusedError):
    """A filter whose value cannot be read; str() is a French sentence with the remedy."""

    def __init__(self, parameter: str, value: str, expected: str, example: str) -> None:
        super().__init__("flows", parameter, f"valeur « {value} » refusée", expected, example)
        self.args = (f"Filtre « {_LABELS[parameter]} » : la valeur « {value[:60]} » est refusée. {expected}",)


@dataclass(frozen=True)
class Selection:
    """What is asked for; "" and None mean all. Amounts in whole euros, ``confidence`` in hundredths at least."""

    status: str = "Awarded"
    years: tuple[int, ...] = ()
    first: int | None = None
    last: int | None = None
    funder: str = ""
    programme: str = ""
    beneficiary: str = ""
    theme: str = ""
    least: int | None = None
    most: int | None = None
    confidence: int | None = None

    def pairs(self) -> list[tuple[str, str]]:
        """The filters as parameters of an address, those that ask for nothing left out, always in the same order."""
        found = [("year", str(year)) for year in self.years]
        found += [(name, str(value)) for field, name in _NUMBERS if (value := getattr(self, field)) is not None]
        found += [(name, value) for name in NAMED if (value := getattr(self, name))]
        return found if self.status == "Awarded" else [*found, ("status", self.status)]

    def address(self, **more: str) -> str:
        """The same, encoded, with ``more`` parameters where they have a value."""
        return urlencode([*self.pairs(), *((name, value) for name, value in more.items() if value)])

    def with_(self, **changed: object) -> Selection:
        """The selection with other filters; a year takes the place of all that said which years."""
        if "years" in changed:
            changed |= {"first": None, "last": None}
        return replace(self, **changed)  # type: ignore[arg-type]

    @property
    def filtered(self) -> bool:
        """Whether it asks for anything but the awarded fundings, all of them."""
        return self != Selection()


_NUMBERS: Final = (("first", "from"), ("last", "to"), ("least", "min"), ("most", "max"), ("confidence", "confidence"))


def read(values: Iterable[tuple[str, str]], base: str = "") -> Selection:
    """The selection of an address, given as (name, value) pairs; other parameters are not looked at.

    ``base``: that of the IRIs, so that a whole IRI of ours is as good as its path. Raises SelectionError.
    """
    given: dict[str, list[str]] = {}
    for parameter, value in values:
        if value.strip():
            given.setdefault(parameter, []).append(value.strip())
    single = {parameter: found[-1] for parameter, found in given.items()}

    def number(parameter: str) -> int | None:
        return _READERS[parameter](parameter, single[parameter]) if parameter in single else None

    def name(parameter: str) -> str:
        return _name(parameter, single.get(parameter, ""), base)

    return Selection(
        status=_status(single.get("status", "Awarded")),
        years=tuple(sorted({_year("year", value) for value in given.get("year", ())})),
        first=number("from"),
        last=number("to"),
        funder=name("funder"),
        programme=name("programme"),
        beneficiary=name("beneficiary"),
        theme=name("theme"),
        least=number("min"),
        most=number("max"),
        confidence=number("confidence"),
    )


def criteria(selection: Selection, money: Money, base: str) -> Criteria:
    """The selection in the ids of a ledger."""
    return Criteria(
        status=selection.status,
        years=frozenset(selection.years),
        first=selection.first,
        last=selection.last,
        funder=ids_of(selection.funder, money, base),
        programme=ids_of(selection.programme, money, base),
        beneficiary=ids_of(selection.beneficiary, money, base),
        theme=ids_of(selection.theme, money, base),
        least=selection.least,
        most=selection.most,
        confidence=selection.confidence,
    )


def ids_of(value: str, money: Money, base: str) -> frozenset[int] | None:
    """Ids of what a name or a path stands for; None where nothing is asked, none where it is not known."""
    if not value:
        return None
    if is_path(value):
        return frozenset(filter(None, [money.ids.get(iri(value, base))]))
    return money.ledger.named(queries.fold(value))


def is_path(value: str) -> bool:
    """Whether a value tells its thing exactly."""
    return value.startswith(("/id/", "dg:"))


def iri(path: str, base: str) -> str:
    """The IRI of a path; concepts of the vocabulary (themes of the ACTES nomenclature) are ``dg:matter-7``."""
    return DG + path.removeprefix("dg:") if path.startswith("dg:") else base + path


def path_of(iri: str, base: str) -> str:
    """How the address tells an IRI exactly."""
    return f"dg:{iri.removeprefix(DG)}" if iri.startswith(DG) else iri.removeprefix(base)


def _status(value: str) -> str:
    found = next((status for status in STATUSES if status.casefold() == value.removeprefix(DG).casefold()), None)
    if found is None:
        raise SelectionError("status", value, f"Choisir parmi : {', '.join(STATUSES)}.", "Awarded")
    return found


def _year(name: str, value: str) -> int:
    if not re.fullmatch(r"[12][0-9]{3}", value):
        raise SelectionError(name, value, "Donner une année sur quatre chiffres, par exemple 2023.", "2023")
    return int(value)


def _euros(name: str, value: str) -> int:
    plain = re.sub(r"[\s\u00a0\u202f]|€", "", value)
    if not re.fullmatch(r"[0-9]{1,12}", plain):
        raise SelectionError(name, value, "Donner un nombre entier d’euros, par exemple 10000.", "10000")
    return int(plain)


def _percent(name: str, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}|100", value):
        raise SelectionError(name, value, "Donner un nombre entier de 0 à 100.", "95")
    return int(value)


def _name(name: str, value: str, base: str) -> str:
    if len(value) > MAX_VALUE:
        raise SelectionError(name, value, f"{MAX_VALUE} caractères au plus.", "cesam")
    if base and value.startswith(base + "/id/"):
        value = value.removeprefix(base)
    if is_path(value) and not re.fullmatch(r"/id/[a-z-]+/[^\s<>\"{}|\\^`?#]+|dg:[\w-]+", value):
        raise SelectionError(name, value, "Donner un nom, ou l’adresse d’une fiche.", "/id/organisation/cesam")
    return value if is_path(value) or queries.fold(value) else ""


_READERS: Final[Mapping[str, Callable[[str, str], int]]] = {
    "from": _year,
    "to": _year,
    "min": _euros,
    "max": _euros,
    "confidence": _percent,
}
