"""The authority that a query tells, as the resolution needs it: one of the graph where it is one, else by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from graph.resolve.asking import AskedOrganisation, KnownOrganisation, Seat, ask_organisation
from graph.search import entities
from graph.search.entities import Entity
from ontology.authorities import find

#: Authorities of like names that are looked at.
_COMPARED = 20


class Authorities:
    """The authorities of one release, looked up by IRI, number or name; what was asked is remembered."""

    def __init__(self, index: Path, ids: str) -> None:
        """``ids`` is what the IRIs of things begin with."""
        self._index = index
        self._ids = ids
        self._seats: dict[str, Seat | None] = {}

    def of(self, entity: Entity) -> tuple[Seat, ...]:
        """The authorities whose acts name a thing."""
        asked = [iri for iri in entity.authorities if iri not in self._seats]
        if asked:
            found = {each.iri: _seat(each) for each in entities.find(self._index, asked)}
            self._seats.update({iri: found.get(iri) for iri in asked})
        return tuple(seat for iri in entity.authorities if (seat := self._seats[iri]) is not None)

    def told(self, hints: Mapping[str, tuple[str, ...]]) -> Seat | None:
        """The authority that the hints tell, None where they tell none."""
        for text in hints.get("authority", ()):
            return self._find(text)
        for text in hints.get("commune", ()):
            return self._by_number("insee", text) or self._find(f"Commune de {text}")
        return None

    def _find(self, text: str) -> Seat:
        iri = text if text.startswith(self._ids) else self._ids + text
        direct = entities.find(self._index, [iri]) if "/" in text else ()
        if direct:
            return _seat(direct[0])
        number = re.sub(r"[\s.]", "", text)
        if number.isdigit() and (numbered := self._by_number("siren", number[:9])):
            return numbered
        known = [each for each in entities.candidates(self._index, text, ("Organisation",)) if _is_authority(each)]
        sure = ask_organisation(AskedOrganisation(text), [_known(each) for each in known[:_COMPARED]]).sure
        if sure is not None:
            return next(_seat(each) for each in known if each.iri == sure)
        place = find(text)  # "Bordeaux": the commune, as the reference data have it
        told = self._by_number("siren", place.siren) if place and place.siren else None
        return told or Seat(f"?{text}", text)

    def _by_number(self, detail: str, number: str) -> Seat | None:
        found = [each for each in entities.numbered(self._index, detail, number) if _is_authority(each)]
        return _seat(found[0]) if len(found) == 1 else None


def _is_authority(entity: Entity) -> bool:
    return "LocalAuthority" in entity.classes


def _seat(entity: Entity) -> Seat:
    return Seat(entity.iri, entity.label, entity.detail("siren"))


def _known(entity: Entity) -> KnownOrganisation:
    return KnownOrganisation(entity.iri, entity.names, "local_authority", siren=entity.detail("siren"))
