"""Files to text: PDF, images, DOCX, ODT, HTML, Markdown, RTF and plain text; the rest is refused, with a remedy."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath

from extract.errors import DocumentError, NotAnAct, ReadError
from extract.facts import Evidence
from extract.read import kinds
from extract.read.charset import decode
from extract.read.plain import even, read_plain
from extract.read.source import Source

__all__ = [
    "MAX_BYTES",
    "MAX_PAGES",
    "DocumentError",
    "NotAnAct",
    "ReadError",
    "Source",
    "content",
    "read_bytes",
    "read_file",
]

#: Larger files and longer PDF are refused unless the caller says otherwise.
MAX_BYTES = 100_000_000
MAX_PAGES = 2_000


def read_file(path: Path, *, max_bytes: int = MAX_BYTES, max_pages: int = MAX_PAGES) -> Source:
    """Read one file; its size is looked at before its content.

    Raises:
        ReadError: missing, too large, empty, encrypted, damaged, without text, or of a kind not read.
    """
    return read_bytes(path.name, content(path, max_bytes=max_bytes), max_bytes=max_bytes, max_pages=max_pages)


def content(path: Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of one file. Raises ReadError where it is missing, forbidden or too large."""
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise _too_large(path.name, size, max_bytes)
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadError(path.name, f"fichier inaccessible ({reason})", "Vérifiez son chemin et ses droits") from error


def read_bytes(name: str, data: bytes, *, max_bytes: int = MAX_BYTES, max_pages: int = MAX_PAGES) -> Source:
    """Read the content of a file called ``name``; raises as :func:`read_file`."""
    name = PurePath(name).name
    if len(data) > max_bytes:
        raise _too_large(name, len(data), max_bytes)
    if not data.strip(b" \t\r\n\f\0"):
        raise _empty(name)
    kind = kinds.kind_of(name, data)
    if kind.refusal:
        raise ReadError(name, kind.refusal, kind.remedy)
    text, pages, notices = _read(name, data, kind.media_type, max_pages)
    if not text.strip():
        raise _empty(name)
    return Source(name, hashlib.sha256(data).hexdigest(), kind.media_type, text, pages, notices)


Read = tuple[str, tuple[Evidence, ...], tuple[str, ...]]


def _read(name: str, data: bytes, media_type: str, max_pages: int) -> Read:
    """Text, pages and notices; each reader is loaded when first needed."""
    if media_type == kinds.PDF:
        from extract.read.pdf import read_pdf

        return read_pdf(name, data, max_pages)
    if media_type in kinds.IMAGES:
        from extract.read.images import read_image

        return read_image(name, data, max_pages)
    if media_type == kinds.DOCX:
        from extract.read.docx import read_docx

        return read_docx(name, data)
    if media_type in (kinds.ODT, kinds.FODT):
        from extract.read.odt import read_odt

        return read_odt(name, data)
    if media_type == kinds.HTML:
        from extract.read.html import read_html

        text, notices = read_html(name, data)
        return text, (), notices
    if media_type == kinds.RTF:
        from extract.read.rtf import read_rtf

        return even(read_rtf(name, data)), (), ()
    return _read_text(name, data, media_type)


def _read_text(name: str, data: bytes, media_type: str) -> Read:
    decoded = decode(data)
    if decoded is None:
        raise ReadError(name, "ce n'est pas un texte", "Donnez la délibération en texte ou en PDF")
    if media_type == kinds.MARKDOWN:
        from extract.read.markdown import read_markdown

        decoded = read_markdown(even(decoded))
    text, pages = read_plain(decoded)
    return text, pages, ()


def _empty(name: str) -> ReadError:
    return ReadError(name, "le fichier est vide", "Téléchargez-le de nouveau depuis sa source")


def _too_large(name: str, size: int, limit: int) -> ReadError:
    return ReadError(
        name,
        f"{size / 1_000_000:.0f} Mo, plus que la limite de {limit / 1_000_000:.0f} Mo",
        "Coupez le document ou relevez la limite",
    )
