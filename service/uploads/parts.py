"""The files of a posted form (multipart/form-data, RFC 7578), written to disk as they come, within bounds."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from service.problems import Problem

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

#: Files of one form; more go into an archive.
MOST_FILES: Final = 1000
#: Bytes of a file name on disk, and of a field that is no file.
_LONGEST_NAME: Final = 200
_LONGEST_FIELD: Final = 1000
_MOST_FIELDS: Final = 20


def stored(name: str) -> str:
    """The name under which a file is kept: no folder, no control character, short enough for any disk; may be empty."""
    base = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(c for c in unicodedata.normalize("NFC", base) if unicodedata.category(c)[0] != "C").strip(". ")
    stem, dot, suffix = plain.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, dot, suffix = plain, "", ""
    room = _LONGEST_NAME - len(f"{dot}{suffix}".encode())
    return stem.encode()[:room].decode(errors="ignore") + dot + suffix


class Parts:
    """Takes the bytes of a form: fields into `fields`, files into `folder`, each in a numbered folder of its own.

    ``admit`` is called with the fields so far before the first file is written, and raises where they do not do.
    """

    def __init__(self, content_type: str, folder: Path, admit: Callable[[dict[str, str]], None]) -> None:
        """Raises Problem 415 for another type than multipart/form-data, 400 for a boundary that cannot be one."""
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data" or not options.get(b"boundary"):
            detail = "Envoyez un formulaire de fichiers (multipart/form-data)."
            raise Problem(415, "unsupported-media-type", "Type de contenu non pris en charge", detail)
        self.fields: dict[str, str] = {}
        self.names: list[str] = []
        self._folder, self._admit = folder, admit
        self._header, self._headers = [b"", b""], dict[bytes, bytes]()
        self._field: str | None = None
        self._value = bytearray()
        self._file: IO[bytes] | None = None
        callbacks: MultipartCallbacks = {
            "on_part_begin": self._begin,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_header_field": lambda data, start, end: self._told(0, data[start:end]),
            "on_header_value": lambda data, start, end: self._told(1, data[start:end]),
            "on_header_end": self._header_end,
            "on_headers_finished": self._open,
        }
        try:
            self._parser = MultipartParser(options[b"boundary"], callbacks)
        except FormParserError as error:
            raise _broken() from error

    def write(self, chunk: bytes) -> None:
        """Some more of the body. Raises Problem 400 (no such form, too many files), what ``admit`` raises, OSError."""
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise _broken() from error

    def close(self) -> None:
        """Let go of the file under way, where the body ended in it."""
        if self._file is not None:
            self._file.close()

    def _begin(self) -> None:
        self._headers, self._header = {}, [b"", b""]

    def _told(self, place: int, data: bytes) -> None:
        self._header[place] += data

    def _header_end(self) -> None:
        self._headers[self._header[0].lower()] = self._header[1]
        self._header = [b"", b""]

    def _open(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        self._field = options.get(b"name", b"").decode(errors="replace")
        self._value.clear()
        if b"filename" not in options:
            return
        self._field = None
        # as browsers escape it (HTML, "multipart/form-data encoding algorithm")
        given = options[b"filename"].decode(errors="replace").replace("%22", '"')
        name = stored(given)
        if not name:  # a field of files in which none was chosen
            return
        self._admit(self.fields)
        if len(self.names) >= MOST_FILES:
            detail = f"Un envoi tient en {MOST_FILES} fichiers. Mettez-les dans une archive zip."
            raise Problem(400, "too-many-files", "Trop de fichiers", detail)
        place = self._folder / f"{len(self.names):04}"
        place.mkdir(parents=True)
        self._file = (place / name).open("wb")
        self.names.append(name)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self._file.write(data[start:end])
        elif self._field is not None:
            self._value += data[start:end]
            if len(self._value) > _LONGEST_FIELD:
                raise Problem(413, "too-large", "Demande trop longue", "Un champ du formulaire est trop long.")

    def _end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        elif self._field is not None and len(self.fields) < _MOST_FIELDS:
            self.fields[self._field] = self._value.decode(errors="replace")


def _broken() -> Problem:
    return Problem(400, "bad-request", "Demande mal formée", "Le formulaire est abîmé : recommencez l'envoi.")
