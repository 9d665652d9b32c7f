"""Pages whose first part is sent before the rest is known: a reader sees the form while a long answer is made."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

from fastapi import Request
from fastapi.responses import StreamingResponse
from markupsafe import Markup

from service.language import VARY, Language
from service.pages.render import environment, saying

#: Where a template writes it, all that stands before is sent.
PAUSE: Final = Markup("<!---->")
_GZIP: Final = 16 + zlib.MAX_WBITS


def streamed(request: Request, template: str, language: Language, **context: Any) -> StreamingResponse:
    """Answer with a page in parts: what stands before ``{{ pause }}`` at once, the rest as the template gets it.

    It is compressed here, part by part: compression of whole answers would wait for the last.
    """
    pieces = (
        environment()
        .get_template(template)
        .generate(request=request, language=language, say=saying(language), pause=PAUSE, **context)
    )
    headers = {"Vary": f"{VARY}, Accept-Encoding"}
    parts: Iterable[bytes] = _parts(pieces)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        parts = _compressed(parts)
    return StreamingResponse(parts, headers=headers, media_type="text/html; charset=utf-8")


def _parts(pieces: Iterable[str]) -> Iterator[bytes]:
    waiting: list[str] = []
    for piece in pieces:
        if piece == PAUSE:
            yield "".join(waiting).encode()
            waiting.clear()
        else:
            waiting.append(piece)
    yield "".join(waiting).encode()


def _compressed(parts: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(wbits=_GZIP)
    for part in parts:
        yield packer.compress(part) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()
