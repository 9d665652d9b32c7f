"""The pages of a PDF through PDFium: words with their boxes, ruled lines, and how much of the page is an image.

Coordinates are points from the top left as the page is read: a page whose letters mostly run sideways is turned.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from extract.errors import ReadError
from extract.read.inflation import check_inflation
from extract.read.words import Word, rows_of

#: Letters further apart than this (letter heights) are of two words.
_GAP = 0.13
#: A letter whose box is this much off the line before it (letter heights) begins another word.
_SHIFT = 0.35
_RIGHT_ANGLE = math.pi / 2
_NEARLY = 0.1
#: A letter within this (points) of the one before, on its line, is set as that one.
_TOUCHING, _LINE = 0.5, 60.0
#: Paths thinner than this (points) are lines.
_THIN = 3.0
#: Pages with more objects are drawings: their lines are not looked at.
_MOST_OBJECTS = 20_000
_MOST_EDGES = 1_500
_MANY_PATHS = 600
#: Pages with more letters than this are no pages of text.
_MOST_LETTERS = 60_000
#: Signs of the symbol fonts of word processors (Wingdings, Symbol), which have private codes; bullets otherwise.
_SYMBOLS = {
    0x2D: "-", 0x52: "☑", 0x6F: "☐", 0x71: "☐", 0x72: "☐", 0x78: "☒", 0xA8: "☐", 0xD8: "➢", 0xE0: "→", 0xE8: "→",
    0xF0: "→", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Edge:
    """A ruled line: horizontal where ``top == bottom``, else vertical."""

    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """What is on a page: ``words`` run as its text mostly does, in the order in which they were printed.

    ``askew`` are the lines that run another way (watermarks, stamps in a margin). ``pictured`` is the share of the
    page under images.
    """

    words: list[Word]
    askew: list[str]
    edges: list[Edge]
    width: float
    pictured: float


class Pdf:
    """An open PDF. Use as a context manager; pages are loaded one at a time."""

    def __init__(self, name: str, data: bytes) -> None:
        """Raises ReadError: encrypted, damaged, or swelling like a bomb."""
        import pypdfium2

        check_inflation(name, data)

        self._name = name
        try:
            self._document: Any = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower() or "security" in str(error).lower():
                raise ReadError(
                    name, "ce PDF est protégé par un mot de passe", "Fournissez-le sans protection"
                ) from error
            raise damaged(name) from error

    def __enter__(self) -> Pdf:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    def page(self, index: int) -> Page:
        """One page, counted from 0. Raises ReadError where it cannot be loaded."""
        import pypdfium2

        try:
            page = self._document[index]
            try:
                return _page(page)
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            raise damaged(self._name) from error

    def picture(self, index: int, width: int, *, grey: bool = False) -> Any:
        """A page as a Pillow image of a given width, its height at most twice that. Raises ReadError."""
        import pypdfium2

        try:
            page = self._document[index]
            try:
                across, down = page.get_size()
                scale = min(width / max(across, 1.0), 2 * width / max(down, 1.0))
                return page.render(scale=scale, grayscale=grey).to_pil()
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            raise damaged(self._name) from error


def damaged(name: str) -> ReadError:
    """The refusal of a PDF that cannot be opened."""
    return ReadError(name, "ce PDF est endommagé ou incomplet", "Téléchargez-le de nouveau depuis sa source")


def _page(page: Any) -> Page:
    width, height = page.get_size()
    letters = list(_letters(page))
    turns = Counter(letter.turn for letter in letters)
    turn = turns.most_common(1)[0][0] if turns else 0.0
    quarter = _quarter(turn) or 0
    words = list(_words(letters, quarter, turn))
    askew = [line for other in turns if other != turn for line in _askew(letters, other)]
    edges, pictured = _drawn(page, quarter, max(width * height, 1.0))
    return Page(words, askew, edges, height if quarter % 2 else width, pictured)


def _quarter(turn: float) -> int | None:
    """The right angles, clockwise, that a turn is made of; None where it is aslant."""
    quarters = turn / _RIGHT_ANGLE
    return round(-quarters) % 4 if abs(quarters - round(quarters)) < _NEARLY else None


def _askew(letters: list[_Letter], turn: float) -> list[str]:
    quarter = _quarter(turn)
    if quarter is not None:
        return [row.text for row in rows_of(list(_words(letters, quarter, turn)))]
    return [" ".join("".join(letter.sign for letter in letters if letter.turn == turn).split())]


class _Letter(NamedTuple):
    sign: str
    left: float
    bottom: float
    right: float
    top: float
    turn: float
    colour: int


def _letters(page: Any) -> Iterator[_Letter]:
    """The letters of a page in the order of its content; a space is a letter, what PDFium made up is not."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    raw, box = text.raw, pdfium.FS_RECTF()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    turn, colour, right, base = 0.0, 0, math.inf, math.inf
    for at in range(min(text.count_chars(), _MOST_LETTERS)):
        if not pdfium.FPDFText_GetLooseCharBox(raw, at, box) or box.right <= box.left or box.top <= box.bottom:
            right = math.inf
            continue
        if (
            not right - _LINE < box.left <= right or box.bottom != base
        ):  # how a letter is set is asked where a word may begin
            if pdfium.FPDFText_IsGenerated(raw, at):
                right = math.inf
                continue
            turn = round(pdfium.FPDFText_GetCharAngle(raw, at), 1) % 6.3
            pdfium.FPDFText_GetFillColor(raw, at, red, green, blue, alpha)
            colour = red.value << 16 | green.value << 8 | blue.value
        sign = _sign(pdfium.FPDFText_GetUnicode(raw, at))
        right, base = (math.inf if sign == " " else box.right + _TOUCHING), box.bottom
        yield _Letter(sign, box.left, box.bottom, box.right, box.top, turn, colour)
    text.close()


@lru_cache(maxsize=4096)
def _sign(code: int) -> str:
    """What a code stands for; private ones are bullets of symbol fonts."""
    if code in (0, 0xFFFE, 0xFFFF):
        return _UNKNOWN
    if code in (2, 0xAD):  # PDFium's sign for a hyphen at the end of a line
        return "-"
    if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return _UNKNOWN
    if 0xE000 <= code < 0xF900:
        return _SYMBOLS.get(code & 0xFF, "•")
    return _CONTROL.sub(" ", chr(code))


def _words(letters: list[_Letter], quarter: int, turn: float) -> Iterator[Word]:
    """Letters that run one way, gathered into words."""
    held: list[tuple[str, float, float, float, float]] = []
    colour, spaced = 0, True
    for letter in letters:
        if letter.turn != turn:
            continue
        x0, x1, top, bottom = _turned(letter.left, letter.right, -letter.top, -letter.bottom, quarter)
        if letter.sign.isspace():
            if held:
                yield _word(held, colour, spaced)
                held = []
            spaced = True
            continue
        if held and not _goes_on(held[-1], x0, top, bottom, colour == letter.colour):
            yield _word(held, colour, spaced)
            held, spaced = [], False
        colour = letter.colour
        held.append((letter.sign, x0, x1, top, bottom))
    if held:
        yield _word(held, colour, spaced)


def _goes_on(last: tuple[str, float, float, float, float], x0: float, top: float, bottom: float, same: bool) -> bool:
    if x0 == last[1]:  # the second letter of a ligature has the box of the first
        return same
    size = max(min(last[4] - last[3], bottom - top), 1.0)
    return (
        same
        and abs((top + bottom) - (last[3] + last[4])) / 2 <= _SHIFT * size
        and -0.6 * size <= x0 - last[2] <= _GAP * size
    )


def _word(held: list[tuple[str, float, float, float, float]], colour: int, spaced: bool) -> Word:
    return Word(
        "".join(part[0] for part in held),
        min(part[1] for part in held),
        max(part[2] for part in held),
        min(part[3] for part in held),
        max(part[4] for part in held),
        colour,
        spaced,
    )


def _turned(x0: float, x1: float, top: float, bottom: float, quarter: int) -> tuple[float, float, float, float]:
    """A box on a page turned so that text turned by ``quarter`` right angles stands upright."""
    if quarter == 1:
        return -bottom, -top, x0, x1
    if quarter == 2:
        return -x1, -x0, -bottom, -top
    if quarter == 3:
        return top, bottom, -x1, -x0
    return x0, x1, top, bottom


def _drawn(page: Any, quarter: int, area: float) -> tuple[list[Edge], float]:
    """The ruled lines of a page, and the share of it under images."""
    import pypdfium2.raw as pdfium

    edges: list[Edge] = []
    pictured, paths = 0.0, 0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for count, item in enumerate(page.get_objects(max_depth=3)):
        if count > _MOST_OBJECTS:
            return [], pictured
        if item.type not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            continue
        if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            continue
        box = (left.value, right.value, -top.value, -bottom.value)
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictured += abs(right.value - left.value) * abs(top.value - bottom.value) / area
        else:
            paths += 1
        if item.type == pdfium.FPDF_PAGEOBJ_PATH and len(edges) < _MOST_EDGES:
            edges += _edges(*_turned(*box, quarter), framed=_is_stroked(item))
    # letters drawn as paths are a picture too
    return edges, 1.0 if paths > _MANY_PATHS else pictured


def _is_stroked(path: Any) -> bool:
    """Whether a path is drawn as a line; one that is only filled is a background, unless it is as thin as a line."""
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path, fill, stroke)) and bool(stroke.value)


def _edges(x0: float, x1: float, top: float, bottom: float, *, framed: bool) -> list[Edge]:
    """A thin box is a line along its middle; any other, the four sides of a frame where it has one."""
    if bottom - top <= _THIN or x1 - x0 <= _THIN:
        if x1 - x0 >= bottom - top:
            middle = (top + bottom) / 2
            return [Edge(x0, x1, middle, middle)]
        middle = (x0 + x1) / 2
        return [Edge(middle, middle, top, bottom)]
    if not framed:
        return []
    return [Edge(x0, x1, top, top), Edge(x0, x1, bottom, bottom), Edge(x0, x0, top, bottom), Edge(x1, x1, top, bottom)]
