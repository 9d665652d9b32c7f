"""A page of a document as a picture, as its author laid it out."""

from __future__ import annotations

import io

from extract.errors import ReadError
from extract.read.images import frame
from extract.read.kinds import IMAGES, PDF
from extract.read.pdfium import Pdf

#: The formats that have pages to show.
PICTURED = (PDF, *IMAGES)


def page_picture(name: str, media_type: str, data: bytes, number: int, width: int) -> bytes:
    """Page ``number`` (from 1) of a document as PNG, ``width`` pixels wide and at most twice as high.

    Raises:
        ReadError: the format has no pages to show, the page is not there, or the document cannot be opened.
    """
    if media_type == PDF:
        with Pdf(name, data) as pdf:
            if not 1 <= number <= len(pdf):
                raise _no_page(name, number)
            image = pdf.picture(number - 1, width)
    elif media_type in IMAGES:
        opened = frame(name, data, number)
        if opened is None:
            raise _no_page(name, number)
        image = opened.convert("RGB")
        image.thumbnail((width, 2 * width))
    else:
        raise ReadError(name, "ce format n'a pas de pages à montrer", "Lisez son texte")
    made = io.BytesIO()
    image.convert("P", palette=1, colors=64).save(made, "PNG")
    return made.getvalue()


def _no_page(name: str, number: int) -> ReadError:
    return ReadError(name, f"il n'a pas de page {number}", "Les pages se comptent à partir de 1")
