"""Answers compressed for whom asks: Starlette's gzip, but where a page carries a secret."""

from typing import Final

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

#: Bytes below which gzip saves less than it costs, and its level: 13 MB of JSON become 1.04 MB in 76 ms, where level 9
#: makes them 0.90 MB in 203 ms.
FROM_BYTES: Final = 1000
LEVEL: Final = 5
# The length of a compressed page betrays a secret that stands beside what a visitor can choose (BREACH, 2013): the
# forms of the review carry theirs.
_REVIEW: Final = "/review"


class Compression(GZipMiddleware):
    """Gzip for all but the pages of the review."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        secret = scope["type"] == "http" and scope["path"].startswith(_REVIEW)
        await (self.app if secret else super().__call__)(scope, receive, send)
