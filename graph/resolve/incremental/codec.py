"""Nodes as plain values and back, and what several documents say of one node added up, or taken away again.

All that documents say is counted, so that taking one out is the exact opposite of taking it in: ``counts`` holds, for
each field, how often each value was said; ``fixed`` is what the signature alone decides.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import orjson

from extract.facts import PersonName
from graph.resolve.acts import OrganNode
from graph.resolve.identifiers import Identifiers
from graph.resolve.incremental.packing import dump
from graph.resolve.names import PersonForm
from graph.resolve.organisation_nodes import OrganisationNode
from graph.resolve.person_nodes import Group, PersonNode
from graph.resolve.places import Body, Context, told_best
from graph.resolve.spelling import SpellingCounter
from ontology.authorities import Authority, everything

#: A node as plain values.
Plain = dict[str, Any]


def person_to_plain(node: PersonNode) -> Plain:
    """A person node as plain values."""
    form = node.form
    fixed = [node.scope, form.given, form.family, form.generation, node.term, node.number, node.employer]
    dates = {date.isoformat(): 1 for date in (node.first, node.last) if date}
    readings = {dump([text, n.family, n.given, n.honorific]): 1 for text, n in node.names.items()}
    return _plain(
        fixed,
        spellings=node.spellings.totals(),
        readings=readings,
        honorifics=node.honorifics,
        rosters=node.rosters,
        dates=dates,
        towns=node.towns,
        groups=[dump([group.siren, group.is_commune, group.insee]) for group in node.groups],
    )


def person_of_plain(plain: Plain) -> PersonNode:
    """The person node of plain values."""
    scope, given, family, generation, begun, number, employer = plain["fixed"]
    counts = plain["counts"]
    node = PersonNode(scope, PersonForm(tuple(given), tuple(family), None, generation), begun, number, employer)
    node.spellings = _spellings(counts["spellings"])
    for reading in sorted(counts["readings"], key=lambda text: [part or "" for part in orjson.loads(text)]):
        text, family_name, given_name, honorific = orjson.loads(reading)
        name = PersonName(written=text, family=family_name, given=given_name, honorific=honorific)
        node.names.setdefault(text, name)
    node.honorifics = Counter(counts["honorifics"])
    node.rosters = set(counts["rosters"])
    node.groups = {Group(*orjson.loads(group)) for group in counts["groups"]}
    node.towns = set(counts["towns"])
    dates = sorted(map(dt.date.fromisoformat, counts["dates"]))
    node.first, node.last = (dates[0], dates[-1]) if dates else (None, None)
    return node


def organisation_to_plain(node: OrganisationNode) -> Plain:
    """An organisation node as plain values; the name and the acts of a body are left out, no match asks for them."""
    fixed = [
        [] if node.body else node.normal,
        _body_to_plain(node.body),
        node.identifiers.siren,
        node.identifiers.rna,
    ]
    return _plain(
        fixed,
        contexts={dump([s, *_context_to_plain(c)]): 1 for s, c in node.contexts.items()},
        names=node.names.totals(),
        aliases=node.aliases.totals(),
        sigles=node.sigles,
        kinds=node.kinds,
        other_forms=map(" ".join, node.other_forms),
        former=map(" ".join, node.former),
        legal_forms=node.legal_forms,
        acts=() if node.body else node.acts,
    )


def organisation_of_plain(signature: str, plain: Plain) -> OrganisationNode:
    """The organisation node of plain values."""
    normal, body, siren, rna = plain["fixed"]
    counts = plain["counts"]
    node = OrganisationNode(signature, tuple(normal), _body_of_plain(body), identifiers=Identifiers(siren, rna))
    for text in counts["contexts"]:
        of, *told = orjson.loads(text)
        context = _context_of_plain(of, told)
        node.contexts[of] = min(context, node.contexts.get(of, context), key=told_best)
    node.names, node.aliases = _spellings(counts["names"]), _spellings(counts["aliases"])
    node.sigles, node.kinds = Counter(counts["sigles"]), Counter(counts["kinds"])
    node.other_forms = {tuple(form.split()) for form in counts["other_forms"]}
    node.former = {tuple(form.split()) for form in counts["former"]}
    node.legal_forms, node.acts = set(counts["legal_forms"]), set(counts["acts"])
    return node


def organ_to_plain(node: OrganNode) -> Plain:
    """A governing body as plain values."""
    return _plain([node.authority], names=node.names.totals())


def organ_of_plain(plain: Plain) -> OrganNode:
    """The governing body of plain values."""
    return OrganNode(plain["fixed"][0], _spellings(plain["counts"]["names"]))


def accumulate(sum_: Plain, said: Plain, times: int) -> None:
    """Add to ``sum_`` what a document says (1), or take it away (-1); what is left may be less than nothing."""
    sum_["documents"] += times * said["documents"]
    sum_["fixed"] = said["fixed"]
    for name, values in said["counts"].items():
        summed = sum_["counts"].setdefault(name, {})
        for value, count in values.items():
            summed[value] = summed.get(value, 0) + times * count


def nothing() -> Plain:
    """What no document says."""
    return {"documents": 0, "fixed": None, "counts": {}}


def add_up(total: Plain | None, change: Plain) -> Plain | None:
    """``total`` with what documents say more, or less; None where no document is left."""
    summed = total or nothing()
    accumulate(summed, change, 1)
    if not summed["documents"]:
        return None
    counts = {name: {value: n for value, n in values.items() if n} for name, values in summed["counts"].items()}
    return {**summed, "counts": counts}


def _plain(fixed: list[Any], **said: Mapping[str, int] | Iterable[str]) -> Plain:
    counts = {name: dict(v) if isinstance(v, Mapping) else dict.fromkeys(v, 1) for name, v in said.items()}
    return {"documents": 1, "fixed": fixed, "counts": counts}


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
