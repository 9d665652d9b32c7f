"""What the styles and the numbering of a DOCX say of a paragraph: the label of its list, the space around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extract.read.numbering import Counter, Level
from extract.read.package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Space between paragraphs (twentieths of a point) that shows as an empty line.
_WIDE = 120
#: Styles based on styles based on … further than this go in circles.
_LONGEST_CHAIN = 12


def _value(element: Any) -> str | None:
    return None if element is None else element.get(f"{_W}val")


def _integer(value: str | None, otherwise: int = 0) -> int:
    plain = value is not None and value.isascii() and value.isdigit() and len(value) < 10
    return int(value) if value is not None and plain else otherwise


class Lists:
    """Labels in the order of the document: each call of :meth:`label` counts."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._default: str | None = None
        self._base: Any = None
        if styles is not None:
            for style in styles.iter(f"{_W}style"):
                identity = style.get(f"{_W}styleId")
                self._styles[identity] = style
                if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true"):
                    self._default = identity
            self._base = styles.find(f"{_W}docDefaults/{_W}pPrDefault/{_W}pPr")
        self._abstract: dict[str, dict[int, Level]] = {}
        self._numbers: dict[str, str] = {}
        if numbering is not None:
            self._read(numbering)
        self._counters: dict[str, Counter] = {}

    @classmethod
    def of(cls, package: Package) -> Lists:
        """From the parts of a package that say it, where it has them."""
        parts = ("word/styles.xml", "word/numbering.xml")
        styles, numbering = (package.xml(part) if part in package else None for part in parts)
        return cls(styles, numbering)

    def _read(self, numbering: Any) -> None:
        for abstract in numbering.iter(f"{_W}abstractNum"):
            self._abstract[abstract.get(f"{_W}abstractNumId")] = dict(map(_level, abstract.iter(f"{_W}lvl")))
        for number in numbering.iter(f"{_W}num"):
            identity, abstract = number.get(f"{_W}numId"), _value(number.find(f"{_W}abstractNumId"))
            if identity and abstract:
                self._numbers[identity] = abstract

    def label(self, paragraph: Any) -> str:
        """The label of a paragraph, empty where it is in no list."""
        identity, depth = self._numbering(paragraph)
        abstract = self._numbers.get(identity or "")
        if abstract is None or not self._abstract.get(abstract):
            return ""
        # lists that share an abstract one go on counting unless they override its start; few do
        counter = self._counters.setdefault(identity or "", Counter(self._abstract[abstract]))
        return counter.label(depth)

    def _numbering(self, paragraph: Any) -> tuple[str | None, int]:
        identity: str | None = None
        depth: str | None = None
        for properties in self._properties(paragraph):
            found = properties.find(f"{_W}numPr")
            if found is None:
                continue
            identity = identity or _value(found.find(f"{_W}numId"))
            depth = depth or _value(found.find(f"{_W}ilvl"))
            if identity and depth:
                break
        return identity, min(_integer(depth), 8)

    def space(self, paragraph: Any) -> tuple[bool, bool]:
        """Whether wide space stands before and after a paragraph."""
        before: str | None = None
        after: str | None = None
        for properties in self._properties(paragraph):
            spacing = properties.find(f"{_W}spacing")
            if spacing is not None:
                before = before or spacing.get(f"{_W}before")
                after = after or spacing.get(f"{_W}after")
        return _integer(before) >= _WIDE, _integer(after) >= _WIDE

    def _properties(self, paragraph: Any) -> Iterator[Any]:
        """The properties of a paragraph: its own, those of its style and the styles that is based on, the default."""
        own = paragraph.find(f"{_W}pPr")
        style = self._default
        if own is not None:
            yield own
            style = _value(own.find(f"{_W}pStyle")) or style
        for _ in range(_LONGEST_CHAIN):
            element = self._styles.get(style or "")
            if element is None:
                break
            properties = element.find(f"{_W}pPr")
            if properties is not None:
                yield properties
            style = _value(element.find(f"{_W}basedOn"))
        if self._base is not None:
            yield self._base


def _level(element: Any) -> tuple[int, Level]:
    form = _value(element.find(f"{_W}numFmt")) or "decimal"
    text = _value(element.find(f"{_W}lvlText")) or ""
    start = _integer(_value(element.find(f"{_W}start")), 1)
    return _integer(element.get(f"{_W}ilvl")), Level(form, text, start)
