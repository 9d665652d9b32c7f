"""Answers compressed for whom asks (zstd, brotli, gzip), but where a page carries a secret."""

from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette_compress import CompressMiddleware, add_compress_type

from service.negotiation import GRAPHS, RESULTS

#: Bytes below which compressing saves less than it costs.
FROM_BYTES: Final = 1000
#: Levels. Of 16 MB of SPARQL results zstd makes 0.62 MB in 45 ms, brotli 0.55 MB and gzip 0.76 MB in 250 ms each.
GZIP: Final = 5
BROTLI: Final = 4
ZSTD: Final = 4
# The length of a compressed page betrays a secret that stands beside what a visitor can choose (BREACH, 2013): the
# forms of the review and of uploads carry theirs.
_SECRET: Final = ("/review", "/ingest")

for _media in ("application/problem+json", *(offer.media for offer in (*RESULTS, *GRAPHS))):
    add_compress_type(_media)


class Compression(CompressMiddleware):
    """Compression for all but the pages of the owner; never of what is small, or compressed already."""

    def __init__(self, app: ASGIApp) -> None:
        """Wraps an ASGI application."""
        super().__init__(app, minimum_size=FROM_BYTES, gzip_level=GZIP, brotli_quality=BROTLI, zstd_level=ZSTD)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        secret = scope["type"] == "http" and scope["path"].startswith(_SECRET)
        await (self.app if secret else super().__call__)(scope, receive, send)
