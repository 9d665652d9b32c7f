"""Where known names stand, so that new ones do not reach over them."""

from __future__ import annotations

from collections.abc import Callable

from extract.pipes.orgbook import OrgBook
from extract.pipes.reading import Reading


def in_programme(reading: Reading, position: int) -> bool:
    """Whether a character lies in a programme's name."""
    return position in reading.programme_places


def known_names(book: OrgBook, reading: Reading) -> Callable[[int], object]:
    """A test of whether a known name begins at an index."""
    programmes = reading.programme_places
    if not programmes:
        return book.begins
    return lambda position: book.begins(position) or position in programmes
