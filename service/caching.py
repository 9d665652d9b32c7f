"""ETags: an answer is a function of the release, of what was asked and of the format."""

import hashlib

from fastapi import Request, Response

CACHE_CONTROL = "public, no-cache"


def etag(*parts: str) -> str:
    """A weak ETag: the same facts in the same format, though perhaps in another order."""
    digest = hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f'W/"{digest[:32]}"'


def not_modified(request: Request, tag: str) -> Response | None:
    """304 when the client holds that version (weak comparison, RFC 9110 §13.1.2)."""
    header = request.headers.get("if-none-match")
    if header is None or not matches(header, tag):
        return None
    return Response(status_code=304, headers={"ETag": tag, "Cache-Control": CACHE_CONTROL, "Vary": "Accept"})


def matches(header: str, tag: str) -> bool:
    """Whether an If-None-Match names the tag (weak comparison, RFC 9110 §13.1.2)."""
    held = {item.strip().removeprefix("W/") for item in header.split(",")}
    return "*" in held or tag.removeprefix("W/") in held
