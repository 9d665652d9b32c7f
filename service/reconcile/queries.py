"""Reading what a client sends: a batch of queries, a data extension. Raises Problem 400 and 413."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from service.problems import Problem
from service.reconcile.offer import BATCH, MOST_ROWS

#: Characters of a name that count; candidates of one query at most, and where none says how many.
MOST_LETTERS: Final = 300
_MOST_CANDIDATES: Final = 50
_CANDIDATES: Final = 10
_MOST_PROPERTIES: Final = 50


@dataclass(frozen=True)
class Query:
    """One query: a name, types of which the thing has one, hints by property id, each with its values as texts."""

    name: str
    types: tuple[str, ...] = ()
    hints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limit: int = _CANDIDATES


@dataclass(frozen=True)
class Extension:
    """What to fetch: ids of things, ids of properties."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


def read_batch(text: str) -> dict[str, Query]:
    """The queries of a batch by their keys."""
    given = _object(text, "queries")
    if len(given) > BATCH:
        raise Problem(413, "batch-too-large", "Lot trop grand", f"Un lot a {BATCH} requêtes au plus.", most=BATCH)
    return {key: _query(key, value) for key, value in given.items()}


def read_extension(text: str) -> Extension:
    """A data extension query."""
    given = _object(text, "extend")
    ids, wanted = given.get("ids"), given.get("properties")
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise _malformed("extend.ids est une liste d'identifiants.")
    if not isinstance(wanted, list) or not all(
        isinstance(each, dict) and isinstance(each.get("id"), str) for each in wanted
    ):
        raise _malformed('extend.properties est une liste d\'objets {"id": …}.')
    if len(ids) > MOST_ROWS or len(wanted) > _MOST_PROPERTIES:
        detail = f"Une demande a {MOST_ROWS} entités et {_MOST_PROPERTIES} propriétés au plus."
        raise Problem(413, "extension-too-large", "Demande trop grande", detail, most=MOST_ROWS)
    return Extension(tuple(ids), tuple(dict.fromkeys(each["id"] for each in wanted)))


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _malformed(f"{name} n'est pas du JSON ({error}).") from error
    if not isinstance(given, dict):
        raise _malformed(f"{name} est un objet JSON.")
    return given


def _query(key: str, given: object) -> Query:
    if not isinstance(given, dict):
        raise _malformed(f"queries.{key[:40]} est un objet JSON.")
    name, limit = given.get("query") or "", given.get("limit", _CANDIDATES)
    if not isinstance(name, str):
        raise _malformed(f"queries.{key[:40]}.query est un texte.")
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        raise _malformed(f"queries.{key[:40]}.limit est un entier positif.")
    hints = _hints(key, given.get("properties") or [])
    if not name.strip() and not hints:
        raise _malformed(f"queries.{key[:40]} n'a ni query ni properties.")
    return Query(" ".join(name.split())[:MOST_LETTERS], _types(given.get("type")), hints, min(limit, _MOST_CANDIDATES))


def _types(given: object) -> tuple[str, ...]:
    every = given if isinstance(given, list) else [given]
    return tuple(filter(None, (_text(each) for each in every)))


def _hints(key: str, given: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise _malformed(f"queries.{key[:40]}.properties est une liste d'objets.")
    found: dict[str, tuple[str, ...]] = {}
    for each in given[:_MOST_PROPERTIES]:
        pid, values = each.get("pid"), each.get("v")
        texts = tuple(filter(None, map(_text, values if isinstance(values, list) else [values])))
        if isinstance(pid, str) and texts:
            found[pid] = (*found.get(pid, ()), *texts)
    return found


def _text(value: object) -> str:
    """A value as text: of a reconciled one its id; "2023.0" is 2023."""
    if isinstance(value, dict):
        return _text(value.get("id"))
    if isinstance(value, bool) or value is None or isinstance(value, list):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())[:MOST_LETTERS]


def _malformed(detail: str) -> Problem:
    return Problem(400, "bad-request", "Demande mal formée", detail)
