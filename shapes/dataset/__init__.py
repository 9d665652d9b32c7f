"""Checks on the whole dataset: one SPARQL SELECT a file, with its title and severity in header comments.

They tell what no single document can show. Each selects ``?this`` (what the finding is about), ``?about`` (what
tells it to a reader) and, where one is involved, ``?other``. They run on the union of the named graphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import pyoxigraph as ox

from shapes.library import prefixes

Severity = Literal["violation", "warning", "info"]
_HEADER = re.compile(r"^# (title@fr|title@en|description@fr|description@en|severity):\s*(.+)$", re.MULTILINE)
_SEVERITIES: dict[str, Severity] = {"violation": "violation", "warning": "warning", "info": "info"}


class CheckError(ValueError):
    """A check's file is wrong: the message names the file and what is missing."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check on the dataset. ``query`` is complete: prefixes are in it."""

    name: str
    title_fr: str
    title_en: str
    description_fr: str
    description_en: str
    severity: Severity
    query: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: the IRI it is about, what tells it to a reader, and the other IRI involved."""

    check: str
    this: str
    about: str
    other: str | None


@cache
def checks() -> tuple[Check, ...]:
    """All checks, by name. Raises :class:`CheckError` for a file whose header is not complete."""
    entries = (entry for entry in files("shapes.dataset").iterdir() if entry.name.endswith(".rq"))
    return tuple(_read(e.name.removesuffix(".rq"), e.read_text("utf-8")) for e in sorted(entries, key=lambda e: e.name))


def run(check: Check, store: ox.Store) -> tuple[Finding, ...]:
    """The findings of ``check`` on ``store``, in the order of its query."""
    found = store.query(check.query)
    if not isinstance(found, ox.QuerySolutions):
        raise CheckError(f"shapes/dataset/{check.name}.rq : la requête doit être un SELECT. La réécrire.")
    names = {variable.value for variable in found.variables}
    return tuple(
        Finding(
            check.name,
            solution["this"].value,
            solution["about"].value if solution["about"] is not None else "",
            solution["other"].value if "other" in names and solution["other"] is not None else None,
        )
        for solution in found
    )


def _read(name: str, text: str) -> Check:
    header = dict(_HEADER.findall(text))
    missing = {"title@fr", "title@en", "description@fr", "description@en", "severity"} - header.keys()
    if missing or header["severity"] not in _SEVERITIES:
        raise CheckError(
            f"shapes/dataset/{name}.rq : en-tête incomplet ({', '.join(sorted(missing)) or 'severity'}). "
            "Ajouter la ligne « # champ: valeur »."
        )
    return Check(
        name=name,
        title_fr=header["title@fr"],
        title_en=header["title@en"],
        description_fr=header["description@fr"],
        description_en=header["description@en"],
        severity=_SEVERITIES[header["severity"]],
        query=prefixes() + text,
    )
