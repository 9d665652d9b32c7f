"""Streams of a PDF that swell beyond reason when they are unpacked, found before the PDF is opened.

PDFium unpacks up to 1 GB a filter, and takes more memory still for what is drawn; a few kilobytes can ask for it.
"""

from __future__ import annotations

import re
import zlib

from extract.errors import ReadError

#: Bytes of a stream once unpacked: what is drawn on a page; an image (A3 in colour at 600 dots an inch has 210 MB).
_MOST_BYTES, _MOST_IMAGE_BYTES = 32_000_000, 250_000_000
#: Deflate packs at most so many bytes into one (RFC 1951).
_MOST_PACKED = 1_032
_CHUNK = 1 << 16
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_TWICE = re.compile(rb"/(?:Fl(?:ateDecode)?|LZW(?:Decode)?)\b[^\]>]{0,60}/Fl(?:ateDecode)?\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
#: Where the dictionary of a stream stands: at most so many bytes before it.
_DICTIONARY = 1_000


def check_inflation(name: str, data: bytes) -> None:
    """Raises ReadError where a stream of a PDF would swell beyond its bound."""
    for found in _STREAM.finditer(data):
        dictionary = data[max(0, found.start() - _DICTIONARY) : found.start()].rpartition(b" obj")[2]
        if b"/Fl" not in dictionary:
            continue
        if _TWICE.search(dictionary):
            raise _bomb(name)
        most = _MOST_IMAGE_BYTES if _IMAGE.search(dictionary) else _MOST_BYTES
        if (len(data) - found.end()) * _MOST_PACKED > most and _swells(data, found.end(), most):
            raise _bomb(name)


def _swells(data: bytes, start: int, most: int) -> bool:
    """Whether what is packed from ``start`` on is longer than ``most`` once unpacked; never unpacks more."""
    unpacker = zlib.decompressobj()
    made = 0
    view = memoryview(data)
    try:
        for at in range(start, len(data), _CHUNK):
            packed = bytes(view[at : at + _CHUNK])
            while packed and not unpacker.eof:
                made += len(unpacker.decompress(packed, 1 << 20))
                packed = unpacker.unconsumed_tail
                if made > most:
                    return True
            if unpacker.eof:
                break
    except zlib.error:
        return False
    return False


def _bomb(name: str) -> ReadError:
    return ReadError(
        name,
        "ce PDF enfle démesurément une fois ouvert, comme le fait une bombe",
        "S'il est sain, imprimez-le de nouveau en PDF, dessins en image",
    )
