"""Images of acts (PNG, JPEG, TIFF of several pages), read by recognition of characters."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

from extract.errors import ReadError
from extract.facts import Evidence
from extract.read.ocr import Recogniser, check
from extract.read.plain import even, paged
from extract.read.words import text_of
from extract.read.wrapped import unwrapped

#: A sheet of A3 at 600 dots an inch has 70 million.
_MOST_PIXELS = 80_000_000


def read_image(name: str, data: bytes, max_pages: int) -> tuple[str, tuple[Evidence, ...], tuple[str, ...]]:
    """Text, pages and notices of an image.

    Raises:
        ReadError: tesseract is missing, the image is damaged or too large, or shows no text.
    """
    check(name)
    recogniser = Recogniser(name)
    pages = [
        even(text_of(unwrapped(recogniser.read(number, image)))) for number, image in _frames(name, data, max_pages)
    ]
    if not any(c.isalpha() for page in pages for c in page):
        raise ReadError(name, "aucun texte n'est reconnu dans cette image", "Numérisez l'acte de nouveau, à 300 ppp")
    text, extents = paged(pages)
    return text, extents, tuple(recogniser.notices())


def frame(name: str, data: bytes, number: int) -> Any:
    """Page ``number`` (from 1) of an image, None where it has no such page. Raises ReadError."""
    return next((image for at, image in _frames(name, data, number) if at == number), None)


def _frames(name: str, data: bytes, max_pages: int) -> Iterator[tuple[int, Any]]:
    """The pages of an image, one at a time, upright as its camera says."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
        with opened:
            for index in range(max_pages):
                try:
                    opened.seek(index)
                except EOFError:
                    return
                if opened.width * opened.height > _MOST_PIXELS:
                    raise ReadError(name, "image démesurée", "Enregistrez-la à 300 points par pouce au plus")
                yield index + 1, ImageOps.exif_transpose(opened)
    except Image.DecompressionBombError as error:
        raise ReadError(name, "image démesurée", "Enregistrez-la à 300 points par pouce au plus") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, LookupError) as error:
        raise ReadError(name, "cette image est endommagée", "Téléchargez-la de nouveau depuis sa source") from error
