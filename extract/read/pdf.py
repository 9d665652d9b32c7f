"""PDF with a text layer, through pdfplumber: words by their coordinates, page by page."""

from __future__ import annotations

import io
import re
from typing import Any, NamedTuple

from extract.errors import ReadError
from extract.facts import Evidence
from extract.read.furniture import without_furniture
from extract.read.plain import even, paged
from extract.read.words import Row, Word, rows_of, text_of

#: Fewer letters than this a page, on average, and the PDF is a scan.
_FEWEST_LETTERS = 20
#: How pdfminer writes a glyph of unknown meaning, and how we do.
_GLYPH = re.compile(r"\(cid:\d+\)")
_UNKNOWN = "\ufffd"


class PdfText(NamedTuple):
    """Text of a PDF, extent of its pages, and what the owner should know."""

    text: str
    pages: tuple[Evidence, ...]
    notices: tuple[str, ...]


def read_pdf(name: str, data: bytes, max_pages: int) -> PdfText:
    """The text layer of a PDF.

    Raises:
        ReadError: encrypted, damaged, without a text layer, or longer than ``max_pages``.
    """
    cleaned = without_furniture(_pages(name, data, max_pages))
    pages = [even(text_of(rows)) for rows in cleaned.pages]
    if sum(c.isalpha() for page in pages for c in page) < _FEWEST_LETTERS * max(len(pages), 1):
        raise ReadError(
            name,
            "ce PDF n'a pas de texte : c'est sans doute une numérisation",
            "La reconnaissance de caractères viendra dans une prochaine version ; fournissez un PDF avec du texte",
        )
    text, extents = paged(pages)
    notices = tuple(f"En-tête, pied ou numéro de page laissé de côté : « {line} »" for line in cleaned.dropped)
    if _UNKNOWN in text:
        notices += (f"{text.count(_UNKNOWN)} caractères que le PDF ne permet pas de lire, marqués « {_UNKNOWN} »",)
    return PdfText(text, extents, notices)


def _pages(name: str, data: bytes, max_pages: int) -> list[list[Row]]:
    import pdfplumber
    from pdfminer.pdfparser import PDFSyntaxError
    from pdfminer.psparser import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > max_pages:
                raise ReadError(
                    name,
                    f"{len(pdf.pages)} pages, plus que la limite de {max_pages}",
                    "Coupez le document ou relevez la limite",
                )
            return [_rows(page) for page in pdf.pages]
    except PdfminerException as error:
        raise _refused(name, error.args[0] if error.args else error) from error
    except (MalformedPDFException, PDFSyntaxError, PSException, ArithmeticError, LookupError) as error:
        raise _refused(name, error) from error
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError) as error:
        # pdfminer answers damaged objects with whatever Python error they cause.
        raise _refused(name, error) from error


def _rows(page: Any) -> list[Row]:
    words = page.extract_words(keep_blank_chars=False, use_text_flow=False, x_tolerance_ratio=0.15)
    rows = rows_of([Word(_known(w["text"]), w["x0"], w["x1"], w["top"], w["bottom"]) for w in words])
    page.close()
    return rows


def _known(text: str) -> str:
    """A word without the glyphs that the PDF gives no letter for: alone they are bullets, else unknown letters."""
    if "(cid:" not in text:
        return text
    return _GLYPH.sub(_UNKNOWN, text) if _GLYPH.sub("", text) else "•"


def _refused(name: str, cause: object) -> ReadError:
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    if isinstance(cause, (PDFEncryptionError, PDFPasswordIncorrect)):
        return ReadError(name, "ce PDF est protégé par un mot de passe", "Fournissez-le sans protection")
    return ReadError(name, "ce PDF est endommagé ou incomplet", "Téléchargez-le de nouveau depuis sa source")
