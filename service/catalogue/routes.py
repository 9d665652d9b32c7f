"""Routes of /catalog, /.well-known/void, /sitemap.xml and /robots.txt."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Path, Request, Response

from graph.export import FORMATS
from service import labels, language, rdf
from service.caching import CACHE_CONTROL, etag, not_modified
from service.catalogue import dcat, sitemap
from service.catalogue import void as vocabulary
from service.catalogue.dcat import File
from service.catalogue.statistics import Counts, Coverage, Statistics
from service.linked_data import described
from service.linked_data.exports import offers
from service.linked_data.files import listed
from service.negotiation import HTML, TRIPLES
from service.pages.render import page
from service.problems import Problem
from service.settings import Settings
from service.store import LiveRelease

router = APIRouter()

_OFFERS = (*TRIPLES, HTML)


@router.get("/.well-known/void")
def void(request: Request) -> Response:
    """VoID with the counts of the live release; a browser is shown the Turtle rather than handed a file."""
    settings, statistics = _state(request)
    choice = rdf.negotiate(request, _OFFERS, request.query_params.get("format"))
    name, content_type = choice.format.name, choice.content_type
    if choice.format is HTML:
        name, content_type = "turtle", "text/plain; charset=utf-8"
    counts, parts = statistics.counts(), statistics.partitions()
    tag = etag(counts.release, settings.base, content_type)
    if (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    headers = {"Vary": "Accept", "Cache-Control": CACHE_CONTROL, "ETag": tag}
    triples = vocabulary.describe(settings.base, counts, parts, [file.name for file in _files(request)])
    return Response(rdf.write(triples, name), headers=headers, media_type=content_type)


@router.get("/catalog.{suffix}")
@router.get("/catalog")
def catalogue(request: Request, suffix: str = "") -> Response:
    """The dataset, its files, its endpoints and its named queries, in DCAT-AP 3 or as a page."""
    settings, statistics = _state(request)
    choice = rdf.negotiate(request, _OFFERS, suffix or request.query_params.get("format"))
    live: LiveRelease = request.app.state.reader.live()
    coverage = statistics.coverage()
    links = [f'</catalog.{offer.suffix}>; rel="alternate"; type="{offer.media}"' for offer in _OFFERS]
    headers = {"Link": ", ".join(links), "Vary": "Accept", "Cache-Control": CACHE_CONTROL}
    created = next((one.created for one in described.kept(live) if one.id == live.id), "")
    files = _files(request)
    if choice.format is HTML:
        response = _page(request, created, statistics.counts(), coverage, files)
        response.headers.update({**headers, "Vary": language.VARY})
        return response
    made = ",".join(file.name for file in files if file.size is not None)
    tag = etag(live.id, str(settings.publisher), settings.contact, choice.format.name, made)
    if (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    triples = dcat.describe(settings, live.id, created, coverage, files)
    release = described.release(settings.base, live, live.id) or []
    body = rdf.write([*triples, *release], choice.format.name)
    return Response(body, headers={**headers, "ETag": tag}, media_type=choice.content_type)


@router.get("/sitemap.xml")
def map_of_site(request: Request) -> Response:
    """The pages of the site, or the list of the parts of that list where one file would be too long."""
    settings, _ = _state(request)
    return _xml(request, sitemap.whole(request.app.state.reader, settings.base))


@router.get("/sitemap-{number}.xml")
def part_of_map(request: Request, number: int = Path(ge=1, le=50_000)) -> Response:
    """One part of it. Raises Problem 404."""
    settings, _ = _state(request)
    found = sitemap.part(request.app.state.reader, settings.base, number)
    if found is None:
        raise Problem(404, "not-found", "Introuvable", "Le plan du site n'a pas cette partie ; voir /sitemap.xml.")
    return _xml(request, found)


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    """What crawlers may ask: everything but queries, which cost, and what changes the data."""
    settings, _ = _state(request)
    return Response(sitemap.robots(settings.base), media_type="text/plain; charset=utf-8")


def _state(request: Request) -> tuple[Settings, Statistics]:
    return request.app.state.settings, request.app.state.statistics


def _files(request: Request) -> list[File]:
    """The files on offer, without those that only come beside another."""
    sizes = {entry["name"]: entry["bytes"] for entry in listed(request.app.state.reader.live())}
    return [
        File(offer.name, offer.format, offer.media, offer.title, sizes.get(offer.name))
        for offer in offers().values()
        if FORMATS[offer.format].file == offer.name
    ]


def _page(request: Request, created: str, counts: Counts, coverage: Coverage, files: list[File]) -> Response:
    spoken = language.of(request)
    known = labels.vocabulary(spoken)
    classes = sorted((known[iri], iri, number) for iri, number in counts.classes.items() if iri in known)
    values: dict[str, Any] = {
        "release": counts.release,
        "created": created[:10],
        "triples": counts.triples,
        "classes": classes,
        "files": files,
        "parts": coverage,
        "formats": [(offer, f"/catalog.{offer.suffix}") for offer in TRIPLES],
        "settings": request.app.state.settings,
    }
    return page(request, "catalog.html", language=spoken, bilingual=True, **values)


def _xml(request: Request, body: bytes) -> Response:
    release = request.app.state.reader.release_id or ""
    tag = etag(release, request.url.path, request.app.state.settings.base)
    headers = {"ETag": tag, "Cache-Control": CACHE_CONTROL}
    return not_modified(request, tag) or Response(body, headers=headers, media_type="application/xml")
