"""HTML pages: the text of the page's own content, block by block; menus, scripts and forms are not read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from extract.errors import ReadError
from extract.read.blocks import Blocks, Cell
from extract.read.charset import decode
from extract.read.numbering import BULLET, Counter, Level

_DROPPED = {
    "script", "style", "nav", "aside", "footer", "noscript", "template", "svg", "head", "button", "select", "form",
    "iframe", "object", "video", "audio", "canvas", "textarea", "dialog", "math",
}  # fmt: skip
_DROPPED_ROLES = {"navigation", "search", "banner", "contentinfo", "complementary", "dialog", "alert"}
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "address", "blockquote", "figure", "figcaption", "fieldset",
    "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "pre", "hr", "table", "center", "body",
    "caption", "details", "summary", "hgroup", "menu", "legend",
}  # fmt: skip
_PARTED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "table", "blockquote", "hr", "article"}
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_HEAD = 4096
#: Letters of a <main> that make it the content.
_FEWEST_LETTERS = 200
#: Elements within elements deeper than this are not read: no page is so deep.
_DEEPEST = 200
_MOST_COLUMNS = 64


def read_html(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text and notices of an HTML page.

    Raises:
        ReadError: in no known encoding, or without content.
    """
    from lxml import etree

    markup = _decoded(data)
    if markup is None:
        raise ReadError(name, "ce n'est pas un texte", "Donnez la délibération en texte ou en PDF")
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(_XML_HEAD.sub("", markup), parser)
    except (etree.XMLSyntaxError, etree.ParserError, ValueError) as error:
        raise ReadError(name, "cette page HTML est illisible", "Enregistrez-la de nouveau, ou en PDF") from error
    if root is None:
        raise ReadError(name, "cette page HTML est vide", "Enregistrez-la de nouveau, ou en PDF")
    body = _content(root)
    reader = _Reader()
    reader.walk(body, 0)
    reader.end_line()
    text, _ = reader.made.text()
    left = _left_out(root, body)
    return text, (f"Parties de la page laissées de côté : {', '.join(left)}",) if left else ()


def _decoded(data: bytes) -> str | None:
    """The markup, in the encoding that it declares where that is one, else in the one that fits."""
    declared = _CHARSET.search(data[:_HEAD]) or _XML_CHARSET.search(data[:_HEAD])
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if declared and not marked:
        try:
            encoding = codecs.lookup(declared[1].decode("ascii")).name
            # browsers read what is called Latin-1 as Windows-1252
            return data.decode("cp1252" if encoding in ("iso8859-1", "ascii") else encoding)
        except (LookupError, UnicodeError):
            pass
    return decode(data)


def _content(root: Any) -> Any:
    mains = [element for element in root.iter("main") if not _is_dropped(element)]
    if len(mains) == 1 and sum(c.isalpha() for c in "".join(mains[0].itertext())) >= _FEWEST_LETTERS:
        return mains[0]
    body = root.find(".//body")
    return root if body is None else body


def _left_out(root: Any, body: Any) -> list[str]:
    names = {"nav": "menus", "aside": "encadrés", "footer": "pied de page", "form": "formulaires"}
    found = [shown for tag, shown in names.items() if next(root.iter(tag), None) is not None]
    if body.tag == "main":
        found.append("ce qui entoure le contenu principal")
    return found


def _is_dropped(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _DROPPED:
        return True
    return (
        element.get("role", "").lower() in _DROPPED_ROLES
        or element.get("hidden") is not None
        or _HIDDEN.search(element.get("style", "")) is not None
    )


class _Reader:
    """Gathers a line until a block ends it."""

    def __init__(self) -> None:
        self.made = Blocks()
        self._parts: list[str] = []
        self._label = ""
        self._exact = 0

    def end_line(self) -> None:
        """Put down the line gathered so far."""
        text = "".join(self._parts)
        self._parts.clear()
        if self._exact:
            for line in text.split("\n"):
                self.made.line(line)
            return
        for line in text.split("\n"):
            squeezed = _WHITE.sub(" ", line).strip(" ")
            if squeezed:
                self.made.line(f"{self._label} {squeezed}" if self._label else squeezed)
                self._label = ""

    def walk(self, element: Any, depth: int) -> None:
        """Read an element and what is in it."""
        if depth > _DEEPEST:
            return
        self._say(element.text)
        counter = Counter({0: _list_level(element)}) if element.tag in ("ul", "ol", "menu") else None
        for child in element:
            if _is_dropped(child):
                pass
            elif child.tag == "br":
                self._parts.append("\n")
            elif child.tag == "table":
                self._table(child, depth)
            elif child.tag in _BLOCKS:
                self._block(child, depth, counter)
            else:
                self.walk(child, depth + 1)
            self._say(child.tail)

    def _say(self, text: str | None) -> None:
        if text:
            self._parts.append(text if self._exact else _WHITE.sub(" ", text))

    def _block(self, child: Any, depth: int, counter: Counter | None) -> None:
        self.end_line()
        parted = child.tag in _PARTED
        if parted and not self._label:
            self.made.blank()
        if child.tag == "li":
            self._label = counter.label(0) if counter else BULLET
        self._exact += child.tag == "pre"
        self.walk(child, depth + 1)
        self.end_line()
        self._exact -= child.tag == "pre"
        if child.tag == "li":
            self._label = ""
        if parted:
            self.made.blank()

    def _table(self, table: Any, depth: int) -> None:
        self.end_line()
        for caption in table.findall("caption"):
            self._block(caption, depth, None)
        self.made.table(list(_row(row, depth)) for row in _rows(table))


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr" and not _is_dropped(child):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _row(row: Any, depth: int) -> Iterator[Cell]:
    for cell in row:
        if cell.tag not in ("td", "th") or _is_dropped(cell):
            continue
        reader = _Reader()
        reader.walk(cell, depth + 3)
        reader.end_line()
        yield [line for line in reader.made.lines if line]
        span = cell.get("colspan", "1")
        for _ in range(min(int(span), _MOST_COLUMNS) - 1 if span.isascii() and span.isdigit() else 0):
            yield []


def _list_level(element: Any) -> Level:
    if element.tag != "ol":
        return Level("bullet", "")
    start = element.get("start", "1")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
    return Level(_FORMS.get(element.get("type", "1"), "decimal"), "%1.", first)
