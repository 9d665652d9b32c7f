"""What reading a file gives: its text and where its pages are."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from extract.facts import Evidence


@dataclass(frozen=True, slots=True)
class Source:
    """A document as text.

    ``file_name`` is the base name as given, ``sha256`` that of the raw bytes. ``text`` has ``\\n`` line breaks,
    columns parted by tabs, and no control characters. ``pages`` gives the extent of each page, counted from 1, and
    is empty for a document without pages. ``notices`` tell the owner, in French, what was left out.
    """

    file_name: str
    sha256: str
    media_type: str
    text: str
    pages: tuple[Evidence, ...] = ()
    notices: tuple[str, ...] = ()

    def page_of(self, offset: int) -> int | None:
        """The page on which a character of ``text`` stands, None in a document without pages."""
        if not self.pages:
            return None
        found = bisect_right(self.pages, offset, key=lambda page: page.start)
        return self.pages[max(found - 1, 0)].page
