"""The classes and what links them, as a drawing: boxes on a grid (diagram.toml), lines from domains and ranges."""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from pyoxigraph import NamedNode

from ontology.terms import PREFIXES
from service import labels
from service.language import Language
from service.vocabulary.terms import ONTOLOGY, triples

_CELL: Final = (336, 150)
_BOX: Final = (168, 44)
_LINE: Final = 15  # px from one label to the next
_DOMAINS: Final = (PREFIXES["rdfs"] + "domain", PREFIXES["schema"] + "domainIncludes")
_RANGES: Final = (PREFIXES["rdfs"] + "range", PREFIXES["schema"] + "rangeIncludes")


@dataclass(frozen=True)
class Box:
    """A class: its corner and size in pixels, its label, its anchor."""

    x: float
    y: float
    width: int
    height: int
    label: str
    name: str
    anchor: str

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True)
class Label:
    """A property on its line; ``anchor`` empty for those of other vocabularies."""

    x: float
    y: float
    text: str
    anchor: str


@dataclass(frozen=True)
class Line:
    """From one box to another, with the properties that go that way."""

    x1: float
    y1: float
    x2: float
    y2: float
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Diagram:
    """The whole drawing."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@functools.cache
def draw(language: Language) -> Diagram:
    """The drawing, its labels in one language."""
    text = resources.files("service.vocabulary").joinpath("diagram.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    boxes: dict[str, Box] = {}
    stands: dict[str, str] = {}
    for entry in told["box"]:
        iri = _iri(entry["term"])
        boxes[iri] = _box(iri, entry["at"], language)
        stands |= {iri: iri, **{_iri(other): iri for other in entry.get("stands_for", ())}}
    found = _links(stands, told.get("line", []), language)
    lines = [_line(boxes[start], boxes[end], named) for (start, end), named in sorted(found.items()) if start != end]
    columns = max(entry["at"][0] for entry in told["box"]) + 1
    rows = max(entry["at"][1] for entry in told["box"]) + 1
    width, height = columns * _CELL[0] - (_CELL[0] - _BOX[0]) + 20, rows * _CELL[1] - (_CELL[1] - _BOX[1]) + 20
    return Diagram(width, height, tuple(boxes.values()), tuple(lines))


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def _box(iri: str, at: list[int], language: Language) -> Box:
    name = iri.removeprefix(ONTOLOGY.namespace)
    return Box(
        at[0] * _CELL[0] + 10, at[1] * _CELL[1] + 10, *_BOX, label=labels.of_term(iri, language), name=name, anchor=name
    )


def _links(
    stands: dict[str, str], further: list[dict[str, Any]], language: Language
) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """By pair of boxes: label and anchor of each property from the one to the other."""
    domains: dict[str, set[str]] = defaultdict(set)
    ranges: dict[str, set[str]] = defaultdict(set)
    for triple in triples(ONTOLOGY.package):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
            target = {**dict.fromkeys(_DOMAINS, domains), **dict.fromkeys(_RANGES, ranges)}.get(triple.predicate.value)
            if target is not None and triple.object.value in stands:
                target[triple.subject.value].add(stands[triple.object.value])
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for iri in sorted(domains.keys() & ranges.keys()):
        told = (labels.of_term(iri, language), iri.removeprefix(ONTOLOGY.namespace))
        for pair in _pairs(domains[iri], ranges[iri]):
            found[pair].append(told)
    for entry in further:
        pair = (_iri(entry["from"]), _iri(entry["to"]))
        if "property" in entry:
            iri = _iri(entry["property"])
            found[pair].append((labels.of_term(iri, language), iri.removeprefix(ONTOLOGY.namespace)))
        else:
            found[pair].append((entry["label"], ""))
    return found


def _pairs(starts: set[str], ends: set[str]) -> Iterator[tuple[str, str]]:
    yield from ((start, end) for start in sorted(starts) for end in sorted(ends))


def _line(start: Box, end: Box, named: list[tuple[str, str]]) -> Line:
    (x1, y1), (x2, y2) = _edge(start, end), _edge(end, start)
    diagonal = start.x != end.x and start.y != end.y
    along = 0.36 if diagonal else 0.5
    x, y = x1 + (x2 - x1) * along, y1 + (y2 - y1) * along
    top = y - (len(named) - 1) * _LINE / 2 + 4 - (0 if start.y != end.y else len(named) * _LINE / 2 + 3)
    told = tuple(Label(x, top + index * _LINE, text, anchor) for index, (text, anchor) in enumerate(named))
    return Line(x1, y1, x2, y2, told)


def _edge(start: Box, end: Box) -> tuple[float, float]:
    """Where the line from one box to another leaves it."""
    (x, y), (to_x, to_y) = start.centre, end.centre
    dx, dy = to_x - x, to_y - y
    reach = min(start.width / 2 / abs(dx) if dx else 9.0, start.height / 2 / abs(dy) if dy else 9.0)
    return x + dx * reach, y + dy * reach
