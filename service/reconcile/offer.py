"""What the service offers, from ``offer.toml``: types and properties, and the manifest made of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata, resources
from typing import Any, Final

from ontology.terms import PREFIXES

#: Queries of one batch at most; things of one extension.
BATCH: Final = 50
MOST_ROWS: Final = 500
PREVIEW: Final = (420, 220)
_BY_YEAR: Final = re.compile(r"^(?P<id>[a-z]+)-(?P<year>\d{4})$")


@dataclass(frozen=True)
class Type:
    """A type of things; ``broader`` is the id of the type that it is a sort of, ``en`` its name in English."""

    id: str
    name: str
    en: str
    broader: str | None = None

    def told(self) -> dict[str, Any]:
        """As the protocol tells a type."""
        wider = types()[self.broader] if self.broader else None
        return {"id": self.id, "name": self.name, **({"broader": [wider.told()]} if wider else {})}


@dataclass(frozen=True)
class Property:
    """A property; ``source`` is where its values come from, None for one that only narrows queries."""

    id: str
    name: str
    description: str
    en: str
    en_description: str
    types: tuple[str, ...]
    hint: bool = False
    source: str | None = None
    by_year: bool = False
    year: int | None = None

    def fits(self, kind: str) -> bool:
        """Whether things of a type have it."""
        wider = types()[kind].broader if kind in types() else None
        return kind in self.types or wider in self.types


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("service.reconcile").joinpath("offer.toml").read_text(encoding="utf-8"))


@cache
def types() -> Mapping[str, Type]:
    """The types by id, in the order of the file."""
    return {entry["id"]: Type(**entry) for entry in _data()["type"]}


@cache
def properties() -> Mapping[str, Property]:
    """The properties by id, in the order of the file."""
    found = {}
    for entry in _data()["property"]:
        rest = {key: value for key, value in entry.items() if key not in ("from", "types")}
        found[entry["id"]] = Property(**rest, types=tuple(entry["types"]), source=entry.get("from"))
    return found


def find_property(identifier: str) -> Property | None:
    """The property of that id, also one by year ("received-2023"); None for one that is not offered."""
    known = properties().get(identifier)
    dated = _BY_YEAR.match(identifier)
    if known is None and dated and (whole := properties().get(dated["id"])) and whole.by_year:
        return of_year(whole, dated["year"])
    return known


def of_year(whole: Property, year: str) -> Property:
    """A property that comes by year, of one year."""
    return replace(whole, id=f"{whole.id}-{year}", name=f"{whole.name} en {year}", year=int(year))


def to_fetch(kind: str | None, years: Iterable[str]) -> list[Property]:
    """What can be fetched for things of a type (None: of any), those by year for each of ``years``."""
    found: list[Property] = []
    for each in properties().values():
        if each.source and (kind is None or each.fits(kind)):
            found.append(each)
            found += [of_year(each, year) for year in years] if each.by_year else []
    return found


def types_of(kind: str, classes: Iterable[str]) -> list[Type]:
    """The types of a thing, the narrowest first."""
    every = [types()[name] for name in dict.fromkeys((*classes, kind)) if name in types()]
    return sorted(every, key=lambda each: each.broader is None)


def manifest(base: str, root: str) -> dict[str, Any]:
    """The service manifest. ``base`` is that of the IRIs, ``root`` where this service is met."""
    endpoint = f"{root}/reconcile"

    def suggest(what: str) -> dict[str, str]:
        return {
            "service_url": endpoint,
            "service_path": f"/suggest/{what}",
            "flyout_service_url": endpoint,
            "flyout_service_path": f"/flyout/{what}?id=${{id}}",
        }

    width, height = PREVIEW
    return {
        "versions": ["0.1", "0.2"],
        "name": _data()["name"],
        "identifierSpace": f"{base}/id/",
        "schemaSpace": PREFIXES["dg"],
        "defaultTypes": [each.told() for each in types().values()],
        "documentation": f"{root}/reconcile/help",
        "logo": f"{root}/static/icon.svg",
        "serviceVersion": metadata.version("delibgraph"),
        "view": {"url": f"{base}/id/{{{{id}}}}"},
        "feature_view": {"url": f"{root}/reconcile/help#{{{{id}}}}"},
        "preview": {"url": f"{endpoint}/preview?id={{{{id}}}}", "width": width, "height": height},
        "suggest": {what: suggest(what) for what in ("entity", "type", "property")},
        "extend": {"propose_properties": {"service_url": endpoint, "service_path": "/properties"}},
        "batchSize": BATCH,
    }
