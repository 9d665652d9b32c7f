"""What a file is: its first bytes decide, its suffix only where they say nothing."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import NamedTuple

from extract.read.package import ZIP_FAULTS

PDF = "application/pdf"
TEXT = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
RTF = "application/rtf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
FODT = "application/vnd.oasis.opendocument.text-flat-xml"
PNG, JPEG, TIFF = "image/png", "image/jpeg", "image/tiff"
IMAGES = (PNG, JPEG, TIFF)

_AS_PDF = "Enregistrez-le en PDF, en DOCX ou en ODT, et donnez ce fichier"
_THE_ACT = "Donnez la délibération elle-même"
#: How Office wraps a document under a password (MS-OFFCRYPTO): the name of a stream, in UTF-16.
_LOCKED = "EncryptedPackage".encode("utf-16-le")


class Kind(NamedTuple):
    """A media type, or why it is refused: ``refusal`` (reason) and ``remedy``, both in French."""

    media_type: str
    refusal: str | None = None
    remedy: str = ""


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"{\\rtf", Kind(RTF)),
    (b"\x89PNG", Kind(PNG)),
    (b"\xff\xd8\xff", Kind(JPEG)),
    (b"II*\0", Kind(TIFF)),
    (b"MM\0*", Kind(TIFF)),
    (b"GIF8", Kind("image/gif", "c'est une image GIF", "Enregistrez-la en PNG")),
    (
        b"\x1f\x8b",
        Kind("application/gzip", "c'est une archive compressée", "Décompressez-la et donnez ses fichiers"),
    ),
)
_OFFICE = {
    "word/": Kind(DOCX),
    "xl/": Kind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "c'est un classeur (XLSX), non une délibération",
        _THE_ACT,
    ),
    "ppt/": Kind(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "c'est un diaporama (PPTX), non une délibération",
        _THE_ACT,
    ),
    "content.xml": Kind(ODT),
}
_DOCTYPE_OR_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_MARKDOWN_SUFFIXES = {".md", ".markdown"}
_HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
_HEAD = 4096


def kind_of(name: str, data: bytes) -> Kind:
    """The kind of a file from its first bytes, then its suffix. Text is only supposed: decoding settles it."""
    if b"%PDF-" in data[:1024]:
        return Kind(PDF)
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if _LOCKED in data:
            return Kind(DOCX, "ce document est protégé par un mot de passe", "Fournissez-le sans protection")
        return Kind("application/msword", "c'est un document Word ancien (DOC)", _AS_PDF)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    suffix = PurePath(name).suffix.lower()
    return _markup_kind(suffix, data[:_HEAD]) or Kind(MARKDOWN if suffix in _MARKDOWN_SUFFIXES else TEXT)


def _markup_kind(suffix: str, head: bytes) -> Kind | None:
    # UTF-16 without its zeros is ASCII enough for this look
    plain = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    plain = plain.lstrip()
    if not plain.startswith(b"<"):
        return Kind(HTML) if suffix in _HTML_SUFFIXES else None
    if b"urn:oasis:names:tc:opendocument" in plain and b"office:document" in plain:
        return Kind(FODT)
    if _DOCTYPE_OR_HTML.search(plain) or suffix in _HTML_SUFFIXES:
        return Kind(HTML)
    if plain.startswith(b"<?xml"):
        return Kind("application/xml", "c'est un fichier XML, non une délibération", "Donnez-la en texte ou en PDF")
    return None


def _zip_kind(data: bytes) -> Kind:
    archive = Kind("application/zip", "c'est une archive ZIP", "Donnez les fichiers qu'elle contient")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            names = opened.namelist()
            if "content.xml" in names and "mimetype" in names and opened.getinfo("mimetype").file_size < 200:
                kept = opened.read("mimetype").decode("latin-1").strip()
                if kept.startswith("application/vnd.oasis") and "text" not in kept:
                    return Kind(kept, "ce document OpenDocument n'est pas un texte", _THE_ACT)
    except ZIP_FAULTS:
        return Kind("application/zip", "c'est une archive ZIP illisible", "Téléchargez-la de nouveau")
    return next((kind for part, kind in _OFFICE.items() if any(n.startswith(part) for n in names)), archive)
