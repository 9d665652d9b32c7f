"""What a file is: its first bytes decide, its suffix only where they say nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath
from typing import NamedTuple

PDF = "application/pdf"
TEXT = "text/plain"
MARKDOWN = "text/markdown"

#: Formats known and not read yet: name for the message, and what the owner can do meanwhile.
_LATER = "Sa lecture viendra dans une prochaine version ; en attendant, enregistrez-le en PDF ou en texte"
_SCAN = "La reconnaissance de caractères viendra dans une prochaine version ; fournissez un PDF avec du texte"


class Kind(NamedTuple):
    """A media type, or why it is refused: ``refusal`` (reason) and ``remedy``, both in French."""

    media_type: str
    refusal: str | None = None
    remedy: str = ""


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\xd0\xcf\x11\xe0", Kind("application/msword", "c'est un document Word ancien (DOC)", _LATER)),
    (b"{\\rtf", Kind("application/rtf", "c'est un document RTF", _LATER)),
    (b"\x89PNG", Kind("image/png", "c'est une image", _SCAN)),
    (b"\xff\xd8\xff", Kind("image/jpeg", "c'est une image", _SCAN)),
    (b"II*\0", Kind("image/tiff", "c'est une image numérisée", _SCAN)),
    (b"MM\0*", Kind("image/tiff", "c'est une image numérisée", _SCAN)),
    (b"GIF8", Kind("image/gif", "c'est une image", _SCAN)),
    (
        b"\x1f\x8b",
        Kind("application/gzip", "c'est une archive compressée", "Décompressez-la et donnez ses fichiers"),
    ),
)
_OFFICE = {
    "word/": Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "c'est un document Word (DOCX)",
        _LATER,
    ),
    "xl/": Kind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "c'est un classeur (XLSX), non une délibération",
        "Donnez la délibération elle-même",
    ),
    "content.xml": Kind("application/vnd.oasis.opendocument.text", "c'est un document OpenDocument (ODT)", _LATER),
}
_HTML_HEADS = (b"<!doctype html", b"<html", b"<?xml")
_MARKDOWN_SUFFIXES = {".md", ".markdown"}


def kind_of(name: str, data: bytes) -> Kind:
    """The kind of a file from its first bytes, then its suffix. Text is only supposed: decoding settles it."""
    head = data[:1024].lstrip()
    if b"%PDF-" in data[:1024]:
        return Kind(PDF)
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if head.removeprefix(b"\xef\xbb\xbf").lower().startswith(_HTML_HEADS):
        return Kind("text/html", "c'est une page HTML", _LATER)
    return Kind(MARKDOWN if PurePath(name).suffix.lower() in _MARKDOWN_SUFFIXES else TEXT)


def _zip_kind(data: bytes) -> Kind:
    archive = Kind("application/zip", "c'est une archive ZIP", "Donnez les fichiers qu'elle contient")
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except zipfile.BadZipFile:
        return Kind("application/zip", "c'est une archive ZIP illisible", "Téléchargez-la de nouveau")
    return next((kind for part, kind in _OFFICE.items() if any(n.startswith(part) for n in names)), archive)
