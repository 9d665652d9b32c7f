"""Office files (DOCX, ODT) are zip archives of XML, opened as hostile: every bound is on what really comes out."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from typing import Any

from extract.errors import ReadError

#: Bytes of XML in one part: some 5,000 pages of text.
_MOST_XML = 48_000_000
_CHUNK = 1 << 20
_ENCRYPTED = 0x1
#: What ``zipfile`` raises of an archive that is damaged or made up: not all of it is a BadZipFile.
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    IndexError,
    OSError,
)


class Package:
    """The parts of an office file. Raises ReadError where one is damaged, encrypted or out of bounds."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except ZIP_FAULTS as error:
            raise self.damaged() from error
        self._infos = {info.filename: info for info in self._zip.infolist()}

    def __contains__(self, part: str) -> bool:
        return part in self._infos

    def read(self, part: str) -> bytes:
        """The bytes of a part."""
        info = self._infos.get(part)
        if info is None:
            raise self.damaged()
        if info.flag_bits & _ENCRYPTED:
            raise encrypted(self.name)
        made = bytearray()
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    made += chunk
                    if len(made) > _MOST_XML:
                        raise ReadError(
                            self.name,
                            f"plus de {_MOST_XML / 1e6:.0f} Mo de texte une fois ouvert, comme le fait une bombe zip",
                            "S'il est sain, enregistrez-le en PDF",
                        )
        except ZIP_FAULTS as error:
            raise self.damaged() from error
        return bytes(made)

    def xml(self, part: str) -> Any:
        """The root element of a part, entities and external things left out."""
        return parse_xml(self.name, self.read(part))

    def damaged(self) -> ReadError:
        """The refusal of a file that does not hold what it should."""
        return damaged(self.name)


def parse_xml(name: str, data: bytes) -> Any:
    """The root element of an XML document without entities or document type.

    Raises:
        ReadError: damaged, or declares a document type (an office file never does).
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name) from error
    if root.getroottree().docinfo.doctype:
        raise ReadError(
            name, "ce document déclare des entités XML, comme le fait une attaque", "Enregistrez-le de nouveau en PDF"
        )
    return root


def damaged(name: str) -> ReadError:
    """The refusal of an office file that cannot be opened."""
    return ReadError(name, "ce document est endommagé ou incomplet", "Téléchargez-le de nouveau depuis sa source")


def encrypted(name: str) -> ReadError:
    """The refusal of an office file under a password."""
    return ReadError(name, "ce document est protégé par un mot de passe", "Fournissez-le sans protection")
