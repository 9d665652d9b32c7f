"""Nodes as JSON and back, and what several documents say of one node added up.

A node in the store is the sum of its contributions: the counts of its spellings are kept without their documents,
which the contributions know.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

from extract.facts import PersonName
from graph.resolve.identifiers import Identifiers
from graph.resolve.names import PersonForm
from graph.resolve.organisation_nodes import OrganisationNode
from graph.resolve.person_nodes import PersonNode
from graph.resolve.places import Body, Context, told_best
from graph.resolve.spelling import SpellingCounter
from ontology.authorities import Authority, everything

#: A node as plain values.
Plain = dict[str, Any]


def person_to_plain(node: PersonNode) -> Plain:
    """A person node as plain values."""
    form = node.form
    return {
        "scope": node.scope,
        "form": [form.given, form.family, form.generation],
        "term": node.term,
        "number": node.number,
        "employer": node.employer,
        "spellings": _counts(node.spellings),
        "names": {text: [n.family, n.given, n.honorific] for text, n in sorted(node.names.items())},
        "honorifics": dict(node.honorifics),
        "rosters": sorted(node.rosters),
        "first": node.first.isoformat() if node.first else None,
        "last": node.last.isoformat() if node.last else None,
    }


def person_of_plain(plain: Mapping[str, Any]) -> PersonNode:
    """The person node of plain values."""
    given, family, generation = plain["form"]
    return PersonNode(
        plain["scope"],
        PersonForm(tuple(given), tuple(family), None, generation),
        plain["term"],
        plain["number"],
        plain["employer"],
        _spellings(plain["spellings"]),
        {text: PersonName(written=text, family=f, given=g, honorific=h) for text, (f, g, h) in plain["names"].items()},
        Counter(plain["honorifics"]),
        set(plain["rosters"]),
        dt.date.fromisoformat(plain["first"]) if plain["first"] else None,
        dt.date.fromisoformat(plain["last"]) if plain["last"] else None,
    )


def organisation_to_plain(node: OrganisationNode) -> Plain:
    """An organisation node as plain values; the acts of a body are left out, no match asks for them."""
    return {
        "normal": node.normal,
        "body": _body_to_plain(node.body),
        "contexts": {s: _context_to_plain(c) for s, c in sorted(node.contexts.items())},
        "names": _counts(node.names),
        "aliases": _counts(node.aliases),
        "sigles": dict(node.sigles),
        "kinds": dict(node.kinds),
        "other_forms": sorted(node.other_forms),
        "former": sorted(node.former),
        "legal_forms": sorted(node.legal_forms),
        "acts": [] if node.body else sorted(node.acts),
        "identifiers": [node.identifiers.siren, node.identifiers.rna],
    }


def organisation_of_plain(signature: str, plain: Mapping[str, Any]) -> OrganisationNode:
    """The organisation node of plain values."""
    return OrganisationNode(
        signature,
        tuple(plain["normal"]),
        _body_of_plain(plain["body"]),
        {s: _context_of_plain(s, c) for s, c in plain["contexts"].items()},
        _spellings(plain["names"]),
        _spellings(plain["aliases"]),
        Counter(plain["sigles"]),
        {tuple(form) for form in plain["other_forms"]},
        {tuple(form) for form in plain["former"]},
        set(plain["legal_forms"]),
        Identifiers(*plain["identifiers"]),
        Counter(plain["kinds"]),
        set(plain["acts"]),
    )


def add_up(one: Plain, other: Plain) -> Plain:
    """What two documents say of one node, whatever its kind; the order of the two does not matter."""
    total = dict(one)
    for name, value in other.items():
        total[name] = _sum(name, one[name], value)
    return total


def dump(plain: Plain) -> str:
    """Plain values as text: equal values give equal texts."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sum(name: str, one: Any, other: Any) -> Any:
    if name == "contexts":
        return {s: min((c[s] for c in (one, other) if s in c), key=_told_best) for s in sorted({*one, *other})}
    if name in ("spellings", "names", "aliases", "sigles", "kinds", "honorifics"):
        return _merged(one, other)
    if name in ("rosters", "acts", "other_forms", "former", "legal_forms"):
        return sorted({json.dumps(v): v for v in (*one, *other)}.values())
    if name in ("first", "last"):
        known = [value for value in (one, other) if value]
        return (min if name == "first" else max)(known, default=None)
    if name == "normal":
        return min(list(one), list(other))
    return one


def _told_best(plain: list[Any]) -> tuple[bool, str, str]:
    return told_best(Context("", None, plain[1], plain[2]))


def _merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Counts are added; of two readings of one spelling, the first in order is kept."""
    total = dict(one)
    for key, value in other.items():
        known = total.get(key)
        if known is None:
            total[key] = value
        elif isinstance(value, int):
            total[key] = known + value
        else:
            total[key] = min(known, value, key=lambda v: json.dumps(v, sort_keys=True))
    return total


def _counts(counter: SpellingCounter) -> dict[str, int]:
    return {spelling.text: spelling.count() for spelling in counter.spellings()}


def _spellings(counts: Mapping[str, int]) -> SpellingCounter:
    counter = SpellingCounter()
    for text, count in counts.items():
        counter.add(text, "", count)
    return counter


def _body_to_plain(body: Body | None) -> list[Any] | None:
    if body is None:
        return None
    return [body.signature, body.kind, body.label, body.slug, body.siren, body.insee, body.seat, _code(body.authority)]


def _body_of_plain(plain: list[Any] | None) -> Body | None:
    if plain is None:
        return None
    signature, kind, label, shown, siren, insee, seat, code = plain
    return Body(signature, kind, label, shown, siren, insee, seat, _authority(code))


def _context_to_plain(context: Context) -> list[Any]:
    return [_code(context.authority), context.written, context.department, _body_to_plain(context.body)]


def _context_of_plain(signature: str, plain: list[Any]) -> Context:
    return Context(signature, _authority(plain[0]), plain[1], plain[2], _body_of_plain(plain[3]))


def _code(authority: Authority | None) -> str | None:
    return f"{authority.kind}:{authority.insee or authority.siren}" if authority else None


def _authority(code: str | None) -> Authority | None:
    return _authorities().get(code) if code else None


@cache
def _authorities() -> Mapping[str, Authority]:
    return {f"{a.kind}:{a.insee or a.siren}": a for a in everything()}
