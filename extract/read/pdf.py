"""PDF with a text layer: words by their coordinates, page by page, so that memory does not grow with the drawings.

Stamps are parted from the text, ruled tables read row by row, running headers and page numbers dropped, cut words made
whole. Lines set another way than the page's text (watermarks, stamps in a margin) stand after it.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.errors import ReadError
from extract.facts import Evidence
from extract.read.furniture import without_furniture
from extract.read.hyphens import rejoined
from extract.read.pdfium import Page, Pdf
from extract.read.plain import even, paged
from extract.read.ruled import table_rows
from extract.read.stamps import without_repeats, without_stamps
from extract.read.words import Row, rows_of, text_of

#: Fewer letters than this a page, on average, and the PDF is a scan.
_FEWEST_LETTERS = 20
_UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class _Read:
    """A page read: its lines, those of its stamps, and those that run another way."""

    rows: list[Row]
    stamps: list[str]
    askew: list[str]


def read_pdf(name: str, data: bytes, max_pages: int) -> tuple[str, tuple[Evidence, ...], tuple[str, ...]]:
    """Text, pages and notices of a PDF.

    Raises:
        ReadError: encrypted, damaged, without a text layer, or longer than ``max_pages``.
    """
    with Pdf(name, data) as pdf:
        if len(pdf) > max_pages:
            raise ReadError(
                name,
                f"{len(pdf)} pages, plus que la limite de {max_pages}",
                "Coupez le document ou relevez la limite",
            )
        read = [_read(pdf.page(index)) for index in range(len(pdf))]
    if sum(_letters(page) for page in read) < _FEWEST_LETTERS * max(len(read), 1):
        raise ReadError(
            name,
            "ce PDF n'a pas de texte : c'est sans doute une numérisation",
            "La reconnaissance de caractères viendra dans une prochaine version ; fournissez un PDF avec du texte",
        )
    cleaned = without_furniture([page.rows for page in read])
    stamps = without_repeats([page.stamps for page in read])
    askew = without_repeats([page.askew for page in read])
    parts = zip(stamps, map(text_of, cleaned.pages), askew, strict=True)
    pages = ["\n\n".join(filter(None, ("\n".join(stamp), text, "\n".join(other)))) for stamp, text, other in parts]
    text, extents = paged(rejoined([even(page) for page in pages]))
    return text, extents, tuple(_notices(text, cleaned.dropped))


def _read(page: Page) -> _Read:
    words, stamps = without_stamps(page.words)
    tables, rest = table_rows(words, page.edges)
    rows = sorted([*tables, *rows_of(rest)], key=lambda row: row.top)
    return _Read(rows, stamps, page.askew)


def _letters(page: _Read) -> int:
    return sum(c.isalpha() for row in page.rows for c in row.text)


def _notices(text: str, dropped: tuple[str, ...]) -> list[str]:
    notices = [f"En-tête, pied ou numéro de page laissé de côté : « {line} »" for line in dropped]
    if _UNKNOWN in text:
        notices.append(f"{text.count(_UNKNOWN)} caractères que le PDF ne permet pas de lire, marqués « {_UNKNOWN} »")
    return notices
