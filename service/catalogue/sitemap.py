"""The sitemap (sitemaps.org protocol 0.9): at most 50,000 addresses a file, an index of files beyond.

Persons are left out: their pages are public, but nobody's name is pushed to search engines.
"""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

from pyoxigraph import NamedNode

from service.labels import local_path
from service.prepared import catalogue_query
from service.store import ReleaseReader

#: Addresses a file may hold.
MOST: Final = 50_000
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: Pages that are of no resource.
_FIXED: Final = (
    "/", "/funding", "/document", "/organisation", "/programme", "/session", "/queries", "/quality", "/data",
    "/catalog", "/ns", "/shapes", "/dump/", "/sparql",
)  # fmt: skip
# Costly, endless or not for the public.
_CLOSED: Final = ("/sparql?", "/review", "/ingest", "/queries/*?", "/search?", "/funding?", "/dump/", "/metrics")


def whole(reader: ReleaseReader, base: str) -> bytes:
    """The sitemap, or the index of its parts. Raises NoReleaseError."""
    paths = _paths(reader, base)
    if len(paths) <= MOST:
        return _urls(base, paths)
    parts = range(1, -(-len(paths) // MOST) + 1)
    return _written("sitemapindex", "sitemap", [f"{base}/sitemap-{number}.xml" for number in parts])


def part(reader: ReleaseReader, base: str, number: int) -> bytes | None:
    """The part ``number`` (from 1), None where there is none. Raises NoReleaseError."""
    paths = _paths(reader, base)[(number - 1) * MOST : number * MOST]
    return _urls(base, paths) if paths else None


def robots(base: str) -> str:
    """robots.txt (RFC 9309)."""
    closed = "\n".join(f"Disallow: {path}" for path in _CLOSED)
    return f"User-agent: *\nAllow: /\n{closed}\n\nSitemap: {base}/sitemap.xml\n"


def _paths(reader: ReleaseReader, base: str) -> list[str]:
    found = list(_FIXED)
    for row in reader.select(catalogue_query("pages.rq")):
        page = row.get("page")
        if isinstance(page, NamedNode) and (path := local_path(page.value, base)):
            found.append(path.replace("/id/document/", "/document/", 1))
    return found


def _urls(base: str, paths: list[str]) -> bytes:
    return _written("urlset", "url", [base + path for path in paths])


def _written(root: str, entry: str, addresses: list[str]) -> bytes:
    element = ET.Element(root, xmlns=_NAMESPACE)
    for address in addresses:
        ET.SubElement(ET.SubElement(element, entry), "loc").text = address
    written: bytes = ET.tostring(element, encoding="utf-8", xml_declaration=True)
    return written
