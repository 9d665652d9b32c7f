"""Proxies told in sentences beside the lists: "M. BLANC a donné procuration à M. NOIR et Mme ROY à Mme PONT"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extract.facts import PersonName
from extract.finder import finder
from extract.header.found import Found
from extract.header.officers import name_at, name_before
from extract.patterns import pattern
from extract.segment.layout import Span


class ToldProxy(NamedTuple):
    """Who gave a proxy, and to whom."""

    giver: Found[PersonName]
    holder: Found[PersonName]


def told_proxies(text: str, source: str, zone: Span, lists: Iterable[Span]) -> Iterator[ToldProxy]:
    """Giver and holder of each proxy that a sentence tells outside the lists, where both are named beyond doubt.

    Either way round: "X a donné procuration à Y", "Y détient le pouvoir de X".
    """
    taken = tuple(lists)
    for found in finder("roster", "proxy_told").finditer(source, *zone):
        if any(span.start <= found.start() < span.end for span in taken):
            continue
        giver = name_before(text, zone.start, found.start())
        link: re.Match[str] | None = found
        while giver and link and (holder := name_at(text, link.end(), zone.end)):
            if not (_is_sure(giver.value) and _is_sure(holder.value)):
                break
            yield ToldProxy(giver, holder)
            further = pattern("roster", "proxy_further").match(source, holder.span.end, zone.end)
            giver = name_at(text, further.end(), zone.end) if further else None
            link = pattern("roster", "proxy_bare").match(source, giver.span.end, zone.end) if giver else None
    for found in finder("unlabelled", "told.received").finditer(source, *zone):
        holder = name_before(text, zone.start, found.start())
        giver = name_at(text, found.end(), zone.end)
        within = any(span.start <= found.start() < span.end for span in taken)
        if giver and holder and not within and _is_sure(giver.value) and _is_sure(holder.value):
            yield ToldProxy(giver, holder)


def _is_sure(name: PersonName) -> bool:
    """A name with a civility, or a given name and a family name in capitals."""
    return name.honorific is not None or (name.given is not None and name.family.isupper())
