"""Word documents (DOCX, Office Open XML, ECMA-376): the text of the body as it is printed.

Paragraphs, list labels, tables and text boxes are read; headers, footers, notes, comments and deleted text are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extract.facts import Evidence
from extract.read.blocks import Blocks, Cell, one_line
from extract.read.docx_lists import Lists
from extract.read.package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: What stands in a paragraph without being text of it.
_PASSED = {f"{_W}{tag}" for tag in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sdtPr", "tblPr")}
_GROUPS = {f"{_W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_MARKS = {
    f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}lastRenderedPageBreak": "\f",
}  # fmt: skip
#: Wide space beside a paragraph of so many letters is an empty line; between short ones it is that of a list.
_LONG = 90
#: Tables within tables within … deeper than this are not read.
_DEEPEST = 12


def read_docx(name: str, data: bytes) -> tuple[str, tuple[Evidence, ...], tuple[str, ...]]:
    """Text, pages (where Word noted them) and notices of a DOCX.

    Raises:
        ReadError: damaged, encrypted, or out of bounds.
    """
    package = Package(name, data)
    body = package.xml("word/document.xml").find(f"{_W}body")
    if body is None:
        raise package.damaged()
    reader = _Reader(Lists.of(package))
    made = Blocks()
    reader.blocks(body, made, 0)
    text, pages = made.text()
    return text, pages, tuple(_notices(package, body))


def _notices(package: Package, body: Any) -> Iterator[str]:
    names = [f"word/{part}{n}.xml" for part in ("header", "footer") for n in range(1, 10)]
    if any(name in package for name in names):
        yield "En-têtes et pieds de page du document Word laissés de côté"
    if body.find(f".//{_W}footnoteReference") is not None or body.find(f".//{_W}endnoteReference") is not None:
        yield "Notes de bas de page laissées de côté"
    if any(True for tag in ("del", "moveFrom") for _ in body.iter(f"{_W}{tag}")):
        yield "Modifications suivies : le texte supprimé est laissé de côté, le texte ajouté est lu"
    if body.find(".//{*}blip") is not None:
        yield "Images du document Word non lues"


class _Reader:
    """Walks the body; ``lists`` gives paragraphs their labels and spaces."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    def blocks(self, parent: Any, made: Blocks, depth: int) -> None:
        """Add the paragraphs and tables under an element."""
        length, wide = 0, False
        for child in parent:
            if child.tag == f"{_W}p":
                text, boxes = self._paragraph(child)
                space = self._lists.space(child)
                if (wide or space[0]) and max(length, len(text)) > _LONG:
                    made.blank()
                made.line(text)
                length, wide = len(text), space[1]
                for box in boxes:
                    if depth < _DEEPEST:
                        made.blank()
                        self.blocks(box, made, depth + 1)
                        made.blank()
            elif child.tag == f"{_W}tbl" and depth < _DEEPEST:
                made.table(self._row(row, depth) for row in _children(child, "tr"))
            elif child.tag in _GROUPS and depth < _DEEPEST and not _is_contents(child):
                self.blocks(child, made, depth + 1)

    def _row(self, row: Any, depth: int) -> list[Cell]:
        cells: list[Cell] = []
        for cell in _children(row, "tc"):
            inner = Blocks()
            self.blocks(cell, inner, depth + 1)
            cells.append([line for line in inner.lines if line])
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            cells += [[] for _ in range(min(_number(span), 64) - 1)]
        return cells

    def _paragraph(self, paragraph: Any) -> tuple[str, list[Any]]:
        """The text of a paragraph, and the text boxes anchored in it."""
        parts: list[str] = []
        boxes: list[Any] = []
        _runs(paragraph, parts, boxes)
        text = "".join(parts)
        label = self._lists.label(paragraph) if text.strip() else ""
        return (f"{label} {text.lstrip()}" if label else text), boxes


def _runs(element: Any, parts: list[str], boxes: list[Any]) -> None:
    """Text under an element in the order of reading; depth is bounded by the parser (256)."""
    for child in element:
        if child.tag == f"{_W}t":
            parts.append(one_line(child.text) if "\n" in (child.text or "") else child.text or "")
        elif child.tag in _MARKS:
            parts.append(_MARKS[child.tag])
        elif child.tag == f"{_W}br":
            # a hard page break is counted by Word's own mark in the run that follows
            parts.append("\n")
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{_MC}AlternateContent":
            choice = child.find(f"{_MC}Choice")
            if choice is not None:
                _runs(choice, parts, boxes)
        elif child.tag not in _PASSED:
            _runs(child, parts, boxes)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Children of a kind, also within content controls and tracked insertions."""
    for child in parent:
        if child.tag == f"{_W}{tag}":
            if child.find(f"{_W}trPr/{_W}del") is None:
                yield child
        elif child.tag in _GROUPS:
            yield from _children(child, tag)


def _is_contents(element: Any) -> bool:
    """A table of contents, whose titles are printed again where they belong."""
    gallery = element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return gallery is not None and "contents" in str(gallery.get(f"{_W}val", "")).lower()


def _number(element: Any) -> int:
    value = "" if element is None else str(element.get(f"{_W}val", ""))
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1
