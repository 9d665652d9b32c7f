"""Files to text: plain text in any usual encoding, PDF with a text layer; the rest is refused, with a remedy."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath

from extract.errors import DocumentError, NotAnAct, ReadError
from extract.read.charset import decode
from extract.read.kinds import PDF, kind_of
from extract.read.pdf import read_pdf
from extract.read.plain import read_plain
from extract.read.source import Source

__all__ = ["MAX_BYTES", "MAX_PAGES", "DocumentError", "NotAnAct", "ReadError", "Source", "read_bytes", "read_file"]

#: Larger files and longer PDF are refused unless the caller says otherwise.
MAX_BYTES = 100_000_000
MAX_PAGES = 2_000


def read_file(path: Path, *, max_bytes: int = MAX_BYTES, max_pages: int = MAX_PAGES) -> Source:
    """Read one file; its size is looked at before its content.

    Raises:
        ReadError: missing, too large, empty, encrypted, damaged, without text, or of a kind not read.
    """
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise _too_large(path.name, size, max_bytes)
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadError(path.name, f"fichier inaccessible ({reason})", "Vérifiez son chemin et ses droits") from error
    return read_bytes(path.name, data, max_bytes=max_bytes, max_pages=max_pages)


def read_bytes(name: str, data: bytes, *, max_bytes: int = MAX_BYTES, max_pages: int = MAX_PAGES) -> Source:
    """Read the content of a file called ``name``; raises as :func:`read_file`."""
    name = PurePath(name).name
    if len(data) > max_bytes:
        raise _too_large(name, len(data), max_bytes)
    if not data.strip(b" \t\r\n\f\0"):
        raise ReadError(name, "le fichier est vide", "Téléchargez-le de nouveau depuis sa source")
    kind = kind_of(name, data)
    if kind.refusal:
        raise ReadError(name, kind.refusal, kind.remedy)
    sha256 = hashlib.sha256(data).hexdigest()
    if kind.media_type == PDF:
        read = read_pdf(name, data, max_pages)
        return Source(name, sha256, PDF, read.text, read.pages, read.notices)
    decoded = decode(data)
    if decoded is None:
        raise ReadError(name, "ce n'est pas un texte", "Donnez la délibération en texte ou en PDF")
    text, pages = read_plain(decoded)
    if not text.strip():
        raise ReadError(name, "le fichier est vide", "Téléchargez-le de nouveau depuis sa source")
    return Source(name, sha256, kind.media_type, text, pages)


def _too_large(name: str, size: int, limit: int) -> ReadError:
    return ReadError(
        name,
        f"{size / 1_000_000:.0f} Mo, plus que la limite de {limit / 1_000_000:.0f} Mo",
        "Coupez le document ou relevez la limite",
    )
