"""Public housing offices and the commune, group of communes or département that each belongs to.

An office stays an organisation like any other, with its own numbers and names; its place says what it belongs to, that
"OPAC de Dole" and "OPH de Dole" are one (ordonnance no. 2007-137 made every OPAC and OPHLM an OPH), and that the
offices of two authorities are two. The words are in ``data/organisations.toml``, ``[housing]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from graph.normal import words
from graph.remembered import remembered
from graph.resolve.organisation_nodes import OrganisationNode, chosen_kind
from graph.resolve.places import Body, Context, area_called, around, body, bracketed, of_reference, settings, undotted

_PARENTHESIS = re.compile(r"\s*\([^)]*\)")
_DEPARTMENT = "departement"


def office_of(node: OrganisationNode) -> Body | None:
    """The authority whose housing office the node is, None where its names tell none, or several."""
    if node.body or node.normal[0] not in settings()["housing"]["first"]:
        return None
    contexts = [node.contexts[signature] for signature in sorted(node.contexts)]
    found = {b.signature: b for text in node.names.totals() for c in contexts if (b := owner(text, c))}
    return next(iter(found.values())) if len(found) == 1 else None


def owner_among(nodes: Iterable[OrganisationNode]) -> str | None:
    """Signature of what an organisation belongs to: a CCAS to its commune, an office to its authority."""
    every = list(nodes)
    seat = next((node.body.seat for node in every if node.body), None)
    offices = {found.signature for node in every if (found := office_of(node))}
    return seat or (offices.pop() if len(offices) == 1 else None)


def kind_among(nodes: Iterable[OrganisationNode]) -> str:
    """The class of an organisation: that which acts give it, a housing office being a public establishment."""
    every = list(nodes)
    is_office = not any(node.body for node in every) and owner_among(every)
    return settings()["housing"]["class"] if is_office else chosen_kind(every)


@remembered(2048)
def owner(name: str, context: Context) -> Body | None:
    """The authority whose office ``name`` is, in the acts of ``context``.

    >>> found = owner("OPAC de Chenôve", Context(""))
    >>> found.authority.name if found and found.authority else None
    'Chenôve'
    """
    data = settings()["housing"]
    found = _pattern(data["words"]).fullmatch(" ".join(words(_PARENTHESIS.sub("", undotted(name)))))
    if found is None:
        return None
    told = next((found[part] for part in ("sort", "sort2", "sort3") if found[part]), None)
    kinds = data["sorts"].get(told, data["kinds"])
    place = found["place"] or (None if told else bracketed(name))
    if place:
        known = _placed((found["article"] or "").strip(), place, context)
    else:
        known = _own(kinds[0], context) if told else None
    return known if known and known.authority and known.authority.kind in kinds else None


def _placed(article: str, place: str, context: Context) -> Body | None:
    """The authority called ``place``; none where a commune and a département are and neither article nor act tells.

    "OPH de la Vienne" is the département's, "OPH de Vienne" in an act of the Isère that town's.
    """
    named = body(place, context)
    if named and named.authority:
        return named
    area = area_called(_DEPARTMENT, place)
    if area and (place[0].isdigit() or article in _own_articles(area.insee)):
        return of_reference(area)
    town = body(f"Commune de {place}", context)
    if town is None or town.authority is None:
        return of_reference(area) if area else None
    return town if area is None or town.authority.department == context.department else None


def _own_articles(code: str | None) -> list[str]:
    """What brings in the name of a département, where it is more than "de": "de la", "des"."""
    return [" ".join(words(article)) for article, codes in settings()["articles"].items() if code in codes]


def _own(kind: str, context: Context) -> Body | None:
    """ "l'office municipal d'HLM": that of the deciding authority of the kind; of the département that it lies in."""
    if context.authority and context.authority.kind == kind:
        return of_reference(context.authority)
    found = around(kind, context) if kind == _DEPARTMENT else None
    return of_reference(found) if found else None


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression)
