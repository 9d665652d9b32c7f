"""Plain values as text, and as bytes that tell whether they were damaged."""

from __future__ import annotations

import zlib
from functools import cache
from typing import Any

import orjson
from pydantic import TypeAdapter

from graph.resolve.incremental.state import StateError
from graph.resolve.resolution import DocumentKeys

_DAMAGED = "resolution.sqlite : contenu endommagé. Supprimer ce fichier : il se refait au prochain « ingest »."


def dump(plain: object) -> str:
    """Plain values as text: equal values give equal texts."""
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS).decode()


def packed(plain: object) -> bytes:
    """Plain values, deflated; their checksum comes with it (RFC 1950)."""
    return zlib.compress(dump(plain).encode(), level=1)


def unpacked(content: bytes) -> Any:
    """The values again. Raises :class:`StateError` where they are damaged."""
    try:
        return orjson.loads(zlib.decompress(content))
    except (zlib.error, ValueError) as error:
        raise StateError(_DAMAGED) from error


def packed_keys(keys: DocumentKeys) -> bytes:
    """The keys of a document, deflated."""
    return zlib.compress(_keys().dump_json(keys), level=1)


def unpacked_keys(content: bytes) -> DocumentKeys:
    """The keys of a document again. Raises :class:`StateError` where they are damaged."""
    try:
        return _keys().validate_json(zlib.decompress(content))
    except (zlib.error, ValueError) as error:
        raise StateError(_DAMAGED) from error


@cache
def _keys() -> TypeAdapter[DocumentKeys]:
    return TypeAdapter(DocumentKeys)
