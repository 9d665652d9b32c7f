"""Rich Text Format, through striprtf: text, rows of tables with their cells parted by tabs."""

from __future__ import annotations

import re

from extract.errors import ReadError

#: Larger ones hold images as text, and take minutes.
_MOST_BYTES = 20_000_000
_PIPES = re.compile(r"[ \t]*\|[ \t]*")
_PICTURE = re.compile(r"\{\\(?:\*\\shppict|pict|nonshppict)\b[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")


def read_rtf(name: str, data: bytes) -> str:
    """The text of an RTF document.

    Raises:
        ReadError: too large, or damaged.
    """
    from striprtf.striprtf import rtf_to_text

    source = data.decode("latin-1")
    if len(data) > _MOST_BYTES:
        raise ReadError(name, "document RTF de plus de 20 Mo", "Enregistrez-le en PDF ou en DOCX")
    try:
        text = str(rtf_to_text(_PICTURE.sub("", source), encoding="cp1252", errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, KeyError, LookupError, OverflowError) as error:
        raise ReadError(name, "ce document RTF est endommagé", "Enregistrez-le de nouveau, ou en PDF") from error
    return "\n".join(_row(line) for line in _whole(text).split("\n"))


def _whole(text: str) -> str:
    """RTF writes a sign beyond U+FFFF as two halves (UTF-16), which striprtf leaves apart; one alone is no sign."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _row(line: str) -> str:
    """striprtf ends each cell of a row with a pipe."""
    return _PIPES.sub("\t", line).strip() if line.rstrip().endswith("|") else line
