"""OpenDocument texts (ODT and flat FODT, ISO/IEC 26300): the text of the body as it is printed.

Paragraphs, list labels, tables and text boxes are read; headers, footers, notes, comments and deleted text are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extract.facts import Evidence
from extract.read.blocks import Blocks, Cell
from extract.read.numbering import Counter, Level
from extract.read.package import Package, damaged, encrypted, parse_xml

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"

_PASSED = {
    f"{_TEXT}note", f"{_TEXT}tracked-changes", f"{_TEXT}ruby-text", f"{_OFFICE}annotation", f"{_OFFICE}forms",
    f"{_TEXT}sequence-decls", f"{_TEXT}variable-decls", f"{_OFFICE}annotation-end", f"{_TEXT}table-of-content",
}  # fmt: skip
_MARKS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n", f"{_TEXT}soft-page-break": "\f"}
_GROUPS = {f"{_TEXT}section", f"{_TEXT}index-body", f"{_TEXT}numbered-paragraph", f"{_DRAW}text-box", f"{_DRAW}frame"}
_ROW_GROUPS = {f"{_TABLE}table-header-rows", f"{_TABLE}table-rows", f"{_TABLE}table-row-group"}
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}
_WHITE = re.compile(r"[ \t\r\n]+")
#: A cell or a space may say that it is repeated; what fills the rest of a sheet is cut here.
_MOST_REPEATED = 64
_DEEPEST = 12


def read_odt(name: str, data: bytes) -> tuple[str, tuple[Evidence, ...], tuple[str, ...]]:
    """Text, pages (where the word processor noted them) and notices of an ODT or FODT.

    Raises:
        ReadError: damaged, encrypted, or out of bounds.
    """
    styles: Any = None
    if data.startswith(b"PK"):
        package = Package(name, data)
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise encrypted(name)
        root = package.xml("content.xml")
        styles = package.xml("styles.xml") if "styles.xml" in package else None
    else:
        root = parse_xml(name, data)
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise damaged(name)
    made = Blocks()
    _Reader(root, styles).blocks(body, made, 0)
    text, pages = made.text()
    return text, pages, tuple(_notices(root, styles, body))


def _notices(root: Any, styles: Any, body: Any) -> Iterator[str]:
    pages = root if styles is None else styles
    if any(True for tag in ("header", "footer") for _ in pages.iter(f"{_STYLE}{tag}")):
        yield "En-têtes et pieds de page du document laissés de côté"
    if next(body.iter(f"{_TEXT}note"), None) is not None:
        yield "Notes de bas de page laissées de côté"
    if next(body.iter(f"{_TEXT}tracked-changes"), None) is not None:
        yield "Modifications suivies : le texte supprimé est laissé de côté, le texte ajouté est lu"
    if next(body.iter(f"{_DRAW}image"), None) is not None:
        yield "Images du document non lues"


class _Reader:
    """Walks the body; lists are counted by the style they name."""

    def __init__(self, *roots: Any) -> None:
        self._lists: dict[str, dict[int, Level]] = {}
        for root in roots:
            for style in root.iter(f"{_TEXT}list-style") if root is not None else ():
                self._lists.setdefault(style.get(f"{_STYLE}name"), _levels(style))
        self._running: dict[str, Counter] = {}

    def blocks(self, parent: Any, made: Blocks, depth: int) -> None:
        """Add the paragraphs, lists and tables under an element."""
        if depth > _DEEPEST:
            return
        for child in parent:
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self._paragraph(child, made, depth, "")
            elif child.tag == f"{_TEXT}list":
                self._list(child, made, depth, 0, None)
            elif child.tag == f"{_TABLE}table":
                made.table(self._rows(child, depth))
            elif child.tag in _GROUPS:
                self.blocks(child, made, depth + 1)
            elif child.tag == f"{_TEXT}soft-page-break" and made.lines:
                made.lines[-1] += "\f"

    def _paragraph(self, paragraph: Any, made: Blocks, depth: int, label: str) -> None:
        parts: list[str] = [_white(paragraph.text)]
        boxes: list[Any] = []
        _inline(paragraph, parts, boxes)
        text = "".join(parts)
        heading = paragraph.tag == f"{_TEXT}h" and bool(text.strip())
        if heading:
            made.blank()
        made.line(f"{label} {text.lstrip()}" if label and text.strip() else text)
        if heading:
            made.blank()
        for box in boxes:
            made.blank()
            self.blocks(box, made, depth + 1)
            made.blank()

    def _list(self, element: Any, made: Blocks, depth: int, level: int, counter: Counter | None) -> None:
        if depth > _DEEPEST:
            return
        name = element.get(f"{_TEXT}style-name")
        if counter is None or (name and level == 0):
            goes_on = element.get(f"{_TEXT}continue-numbering") == "true" or element.get(f"{_TEXT}continue-list")
            counter = self._running.get(name) if goes_on else None
            counter = counter or Counter(self._lists.get(name, {}))
            self._running[name] = counter
        for item in element:
            if item.tag not in (f"{_TEXT}list-item", f"{_TEXT}list-header"):
                continue
            counted = item.tag == f"{_TEXT}list-header"
            for child in item:
                if child.tag == f"{_TEXT}list":
                    self._list(child, made, depth + 1, level + 1, counter)
                elif child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                    label = "" if counted else counter.label(level)
                    counted = True
                    self._paragraph(child, made, depth, label)

    def _rows(self, table: Any, depth: int) -> Iterator[list[Cell]]:
        for child in table:
            if child.tag in _ROW_GROUPS:
                yield from self._rows(child, depth)
            elif child.tag == f"{_TABLE}table-row":
                yield [cell for element in child for cell in self._cells(element, depth)]

    def _cells(self, element: Any, depth: int) -> list[Cell]:
        if element.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            return []
        inner = Blocks()
        if element.tag == f"{_TABLE}table-cell":
            self.blocks(element, inner, depth + 1)
        return [[line for line in inner.lines if line]] * _count(element.get(f"{_TABLE}number-columns-repeated"))


def _inline(element: Any, parts: list[str], boxes: list[Any]) -> None:
    """Text under a paragraph in the order of reading; depth is bounded by the parser (256)."""
    for child in element:
        if child.tag in _MARKS:
            parts.append(_MARKS[child.tag])
        elif child.tag == f"{_TEXT}s":
            parts.append(" " * _count(child.get(f"{_TEXT}c")))
        elif child.tag == f"{_DRAW}frame":
            boxes += child.findall(f"{_DRAW}text-box")
        elif child.tag not in _PASSED:
            parts.append(_white(child.text))
            _inline(child, parts, boxes)
        parts.append(_white(child.tail))


def _white(text: str | None) -> str:
    return _WHITE.sub(" ", text or "")


def _count(value: str | None) -> int:
    return min(int(value), _MOST_REPEATED) if value and value.isascii() and value.isdigit() and len(value) < 10 else 1


def _levels(style: Any) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for level in style:
        depth = _count(level.get(f"{_TEXT}level")) - 1
        if level.tag == f"{_TEXT}list-level-style-number":
            form = _FORMS.get(level.get(f"{_STYLE}num-format", ""), "decimal")
            shown = _count(level.get(f"{_TEXT}display-levels"))
            places = ".".join(f"%{d + 1}" for d in range(max(0, depth + 1 - shown), depth + 1))
            prefix, suffix = (level.get(f"{_STYLE}num-{end}", "") for end in ("prefix", "suffix"))
            start = _count(level.get(f"{_TEXT}start-value"))
            found[depth] = Level(form, f"{prefix}{places}{suffix}", start)
        elif level.tag == f"{_TEXT}list-level-style-bullet":
            found[depth] = Level("bullet", level.get(f"{_TEXT}bullet-char", ""))
    return found
