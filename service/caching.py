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
    if header is None:
        return None
    held = {item.strip().removeprefix("W/") for item in header.split(",")}
    if "*" not in held and tag.removeprefix("W/") not in held:
        return None
    return Response(status_code=304, headers={"ETag": tag, "Cache-Control": CACHE_CONTROL, "Vary": "Accept"})
