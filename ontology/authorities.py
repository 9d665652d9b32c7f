"""Local authorities of France, found by the name an act gives them: communes, EPCI, EPT, départements, régions.

The tables are in ``reference/`` (see its README for source, date and licence). They are read on first use.
A name is found only when it leaves one authority: homonyms need the département or the EPCI they sit in.
"""

from __future__ import annotations

import csv
import gzip
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import TextIOWrapper
from typing import Literal

from ontology import data_path

Kind = Literal["commune", "epci", "ept", "departement", "region"]

#: Words dropped when names are compared.
_ARTICLES = frozenset({"le", "la", "les", "l", "d", "de", "du", "des", "et", "aux", "au"})
_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
#: How an act introduces an authority, and the kinds it may then be. The longest are tried first.
_INTRODUCTIONS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("etablissement public territorial", ("ept",)),
    ("communaute communes", ("epci",)),
    ("communaute agglomeration", ("epci",)),
    ("communaute urbaine", ("epci",)),
    ("conseil departemental", ("departement",)),
    ("conseil general", ("departement",)),
    ("conseil regional", ("region",)),
    ("conseil municipal", ("commune",)),
    ("agglomeration", ("epci",)),
    ("departement", ("departement",)),
    ("metropole", ("epci",)),
    ("commune", ("commune",)),
    ("mairie", ("commune",)),
    ("region", ("region",)),
    ("ville", ("commune",)),
    ("ept", ("ept",)),
    ("cc", ("epci",)),
    ("ca", ("epci",)),
    ("cu", ("epci",)),
)
#: Without an introduction, a bare name is that of a commune before that of a larger area ("Paris", "Vienne").
_ORDER: tuple[Kind, ...] = ("commune", "epci", "ept", "departement", "region")


@dataclass(frozen=True, slots=True)
class Authority:
    """One local authority.

    ``insee`` is the code of the commune, département or région, None for groups of communes. ``siren`` (9 digits)
    is None for départements and régions: the source has none, and none is guessed. ``department`` and ``region``
    are codes; a group of communes is placed in the département of most of its communes. ``epci_siren`` is the
    EPCI with own taxation that a commune belongs to.
    """

    name: str
    kind: Kind
    insee: str | None
    siren: str | None
    department: str | None
    region: str | None
    epci_siren: str | None


def find(name: str, hint_department: str | None = None, hint_epci: str | None = None) -> Authority | None:
    """The one authority called ``name``, None when there is none or several remain.

    ``hint_department`` is a département code ("21", "2A") and ``hint_epci`` the SIREN of an EPCI: they settle
    homonyms, and never turn down a name that only one authority bears.
    """
    candidates = candidates_for(name)
    for hint, field in ((hint_epci, "epci_siren"), (hint_department, "department")):
        if hint is not None and len(candidates) > 1:
            narrowed = tuple(c for c in candidates if getattr(c, field) == hint)
            candidates = narrowed or candidates
    return candidates[0] if len(candidates) == 1 else None


def candidates_for(name: str) -> tuple[Authority, ...]:
    """Every authority of the first kind that ``name`` fits: "Saint-Denis" gives the communes of that name."""
    words = normalise(name)
    index = _index()
    for bare, kinds in _readings(words):
        for kind in kinds:
            found = index.get((kind, _key(kind, bare)))
            if found:
                return found
    return ()


def by_siren(siren: str) -> Authority | None:
    """The authority that has this SIREN (9 digits, no spaces)."""
    return _by_siren().get(siren)


def by_insee(code: str) -> Authority | None:
    """The commune that has this INSEE code (5 characters)."""
    return _by_insee().get(code)


@cache
def members(epci_siren: str) -> tuple[Authority, ...]:
    """The communes of an EPCI, in the order of their codes; empty for an unknown SIREN."""
    return tuple(a for a in everything() if a.kind == "commune" and a.epci_siren == epci_siren)


def normalise(name: str) -> str:
    """``name`` as it is compared: no case, accents, punctuation or articles, "St" spelt out.

    >>> normalise("Ville de L'Haÿ-les-Roses")
    'ville hay roses'
    """
    # The typographic apostrophe is no ASCII: left alone it would vanish and glue the article to the name.
    folded = name.replace("œ", "oe").replace("Œ", "oe").replace("’", "'")
    plain = unicodedata.normalize("NFD", folded).encode("ascii", "ignore").decode("ascii").lower()
    words = [_SHORT.get(word, word) for word in re.findall(r"[a-z0-9]+", plain)]
    return " ".join([word for word in words if word not in _ARTICLES] or words)


def _readings(words: str) -> Iterator[tuple[str, tuple[Kind, ...]]]:
    """The name and the kinds it may be: what follows the introduction, or the whole where there is none."""
    for introduction, kinds in _INTRODUCTIONS:
        if words.startswith(introduction + " "):
            yield words.removeprefix(introduction + " "), kinds
            if kinds == ("epci",):
                yield words, kinds  # the word belongs to the name: "Métropole de Lyon"
            return
    yield words, ("epci",) if "metropole" in words.split() else _ORDER


def _key(kind: Kind, words: str) -> str:
    """Groups of communes are found whatever the order of their words ("Métropole de Lyon", "Lyon Métropole")."""
    if kind not in ("epci", "ept"):
        return words
    kept = [word for word in words.split() if word not in ("cc", "ca", "cu", "communaute", "communes", "urbaine")]
    return " ".join(sorted(kept))


@cache
def everything() -> tuple[Authority, ...]:
    """All authorities, kind after kind, each in the order of its codes."""
    return tuple(_read_all())


def _read_all() -> Iterator[Authority]:
    for insee, name, department, region, epci, siren in _rows("communes"):
        yield Authority(name, "commune", insee, siren or None, department, region, epci or None)
    for siren, name, _type, department, region in _rows("epci"):
        yield Authority(name, "epci", None, siren, department or None, region or None, siren)
    for siren, name, _type, department, region in _rows("ept"):
        yield Authority(name, "ept", None, siren, department or None, region or None, None)
    for code, name, region in _rows("departements"):
        yield Authority(name, "departement", code, None, code, region, None)
    for code, name in _rows("regions"):
        yield Authority(name, "region", code, None, None, code, None)


def _rows(table: str) -> Iterator[list[str]]:
    with (
        data_path(f"reference/{table}.csv.gz").open("rb") as raw,
        gzip.open(raw) as unpacked,
        TextIOWrapper(unpacked, encoding="utf-8", newline="") as text,
    ):
        rows = csv.reader(text)
        next(rows)
        yield from rows


@cache
def _index() -> dict[tuple[Kind, str], tuple[Authority, ...]]:
    index: dict[tuple[Kind, str], tuple[Authority, ...]] = {}
    for authority in everything():
        for key in {_key(authority.kind, words) for words in _forms(authority)}:
            index[authority.kind, key] = (*index.get((authority.kind, key), ()), authority)
    return index


def _forms(authority: Authority) -> Iterable[str]:
    """The name, and for "Dijon Métropole" also what is left of it without its kind, where that says enough."""
    words = normalise(authority.name)
    if authority.kind != "epci":
        return (words,)
    short = [word for word in words.split() if word not in ("metropole", "agglomeration", "cc", "ca", "cu")]
    return (words, " ".join(short)) if short and len(short) < len(words.split()) else (words,)


@cache
def _by_siren() -> dict[str, Authority]:
    return {authority.siren: authority for authority in everything() if authority.siren}


@cache
def _by_insee() -> dict[str, Authority]:
    return {authority.insee: authority for authority in everything() if authority.kind == "commune" and authority.insee}
