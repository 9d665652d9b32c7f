"""PDF: words by their coordinates, page by page, so that memory does not grow with the drawings.

Stamps are parted from the text, ruled tables read row by row, running headers and page numbers dropped, cut words made
whole. Pages that are images go to tesseract. Lines set another way than the page's text (watermarks, stamps in a
margin) stand after it.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.errors import ReadError
from extract.facts import Evidence
from extract.read.columns import in_reading_order
from extract.read.furniture import without_furniture
from extract.read.hyphens import rejoined
from extract.read.ocr import INSTALL, PIXELS, Recogniser, check, is_available
from extract.read.pdfium import Page, Pdf
from extract.read.plain import even, paged
from extract.read.ruled import table_rows
from extract.read.stamps import without_repeats, without_stamps
from extract.read.words import Row, Word, rows_of, text_of
from extract.read.wrapped import unwrapped

#: Fewer letters than this on a page under an image, and the page is a scan (a stamp may have been typed on it).
_FEWEST_LETTERS = 250
#: How much of a page an image covers for that.
_PICTURED = 0.5
#: A page whose letters are so often unknown is read as an image.
_MOST_UNKNOWN = 0.3
_UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class _Read:
    """A page read: its lines, those of its stamps, those that run another way; whether it is an image left unread."""

    rows: list[Row]
    stamps: list[str]
    askew: list[str]
    unread: bool = False


def read_pdf(name: str, data: bytes, max_pages: int) -> tuple[str, tuple[Evidence, ...], tuple[str, ...]]:
    """Text, pages and notices of a PDF; pages that are images are read by tesseract where it is installed.

    Raises:
        ReadError: encrypted, damaged, without anything to read, or longer than ``max_pages``.
    """
    recogniser = Recogniser(name)
    with Pdf(name, data) as pdf:
        if len(pdf) > max_pages:
            raise ReadError(
                name,
                f"{len(pdf)} pages, plus que la limite de {max_pages}",
                "Coupez le document ou relevez la limite",
            )
        read = [_read(pdf, index, recogniser) for index in range(len(pdf))]
    if not any(row.text.strip() for page in read for row in page.rows):
        if any(page.unread for page in read):
            check(name)
        raise ReadError(name, "ce PDF n'a pas de texte", "Fournissez un PDF avec du texte, ou numérisé à 300 ppp")
    cleaned = without_furniture([page.rows for page in read])
    stamps = without_repeats([page.stamps for page in read])
    askew = without_repeats([page.askew for page in read])
    parts = zip(stamps, map(text_of, cleaned.pages), askew, strict=True)
    pages = ["\n\n".join(filter(None, ("\n".join(stamp), text, "\n".join(other)))) for stamp, text, other in parts]
    text, extents = paged(rejoined([even(page) for page in pages]))
    unread = [number for number, page in enumerate(read, 1) if page.unread]
    return text, extents, (*_notices(text, cleaned.dropped, unread), *recogniser.notices())


def _read(pdf: Pdf, index: int, recogniser: Recogniser) -> _Read:
    page = pdf.page(index)
    words, stamps = without_stamps(page.words)
    if _is_image(page, words):
        if not is_available():
            return _Read(rows_of(words), stamps, page.askew, unread=True)
        rows = recogniser.read(index + 1, pdf.picture(index, PIXELS, grey=True))
        return _Read(unwrapped(in_reading_order(rows)), stamps, [])
    tables, rest = table_rows(words, page.edges)
    rows = in_reading_order(sorted([*tables, *rows_of(rest)], key=lambda row: row.top))
    return _Read(unwrapped(rows), stamps, page.askew)


def _is_image(page: Page, words: list[Word]) -> bool:
    letters = sum(len(word.text) for word in words)
    unknown = sum(word.text.count(_UNKNOWN) for word in words)
    return (letters < _FEWEST_LETTERS and page.pictured >= _PICTURED) or unknown > _MOST_UNKNOWN * max(letters, 1)


def _notices(text: str, dropped: tuple[str, ...], unread: list[int]) -> list[str]:
    notices = [f"En-tête, pied ou numéro de page laissé de côté : « {line} »" for line in dropped]
    if _UNKNOWN in text:
        notices.append(f"{text.count(_UNKNOWN)} caractères que le PDF ne permet pas de lire, marqués « {_UNKNOWN} »")
    if unread:
        shown = ", ".join(map(str, unread[:12])) + (" …" if len(unread) > 12 else "")
        notices.append(
            f"Images sans texte non lues (pages {shown}) : tesseract ou son modèle français manque. {INSTALL}"
        )
    return notices
