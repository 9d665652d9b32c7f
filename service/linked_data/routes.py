"""Routes of /id and /graph: a resource or a named graph, by content negotiation or by suffix."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pyoxigraph import NamedNode, Triple

from service import rdf
from service.caching import CACHE_CONTROL, etag, not_modified
from service.labels import local_path
from service.linked_data import files, health, vocabulary
from service.linked_data.resource import find, read, read_graph, rejection, successor
from service.linked_data.view import view
from service.negotiation import HTML, TRIPLES, Choice, Format
from service.pages.render import page
from service.problems import Problem
from service.settings import Settings
from service.store import LiveRelease

router = APIRouter()
OFFERS: Final = (*TRIPLES, HTML)
_SUFFIXES: Final = {offer.suffix: offer for offer in OFFERS}
_MAX_PAGE: Final = 1_000_000


async def dereference(request: Request) -> Response:
    """A resource (/id/{type}/{key}) or a named graph (/graph/{document}), with or without suffix."""
    return await run_in_threadpool(_dereference, request)


for prefix in ("id", "graph"):
    router.add_route(f"/{prefix}/{{path:path}}", dereference, methods=["GET"], name=prefix)
for part in (vocabulary.router, files.router, health.router):
    router.include_router(part)


def _dereference(request: Request) -> Response:
    settings: Settings = request.app.state.settings
    live: LiveRelease = request.app.state.reader.live()
    raw = _raw_path(request)
    node, suffix = find(live.store, settings.base, raw), ""
    if node is None:
        stem, _, suffix = raw.rpartition(".")
        node = find(live.store, settings.base, stem) if suffix in _SUFFIXES else None
    if node is None:
        detail = "La version publiée ne connaît pas cette adresse."
        raise Problem(404, "not-found", "Introuvable", detail, iri=settings.base + raw)
    path = local_path(node.value, settings.base) or raw
    if (moved := successor(live.store, node)) is not None:
        return _moved(moved, settings.base, suffix)
    if (judged := rejection(live.store, node)) is not None:
        judgement, reason = judged
        detail = f"Ce fait, lu de travers, a été rejeté : {reason}. La décision : {judgement}"
        raise Problem(410, "rejected", "Fait rejeté", detail, iri=node.value, judgement=judgement)
    choice = rdf.negotiate(request, OFFERS, suffix or request.query_params.get("format"))
    if path.startswith("/graph/"):
        return _graph(request, live, node, path, choice)
    return _resource(request, live, node, path, choice)


def _resource(request: Request, live: LiveRelease, node: NamedNode, path: str, choice: Choice) -> Response:
    settings: Settings = request.app.state.settings
    number = _page_number(request)
    headers = _headers(path, f"?page={number}" if number > 1 else "")
    tag = etag(live.id, path, str(number), choice.format.name)
    if choice.format is not HTML and (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    resource = read(live.store, node, number, settings.page_size)
    if resource.has_next:
        headers["Link"] += f', <{path}?page={number + 1}>; rel="next"'
    if choice.format is HTML:
        shown = view(live.store, resource, settings.base)
        response: Response = page(
            request, "resource.html", view=shown, resource=resource, path=path, formats=_links(path)
        )
        response.headers.update(headers)
        return response
    return _rdf((*resource.outgoing, *resource.incoming), choice, {**headers, "ETag": tag})


def _graph(request: Request, live: LiveRelease, node: NamedNode, path: str, choice: Choice) -> Response:
    headers = _headers(path)
    tag = etag(live.id, path, choice.format.name)
    if choice.format is HTML:
        about = view(live.store, read(live.store, node, 1, request.app.state.settings.page_size), _base(request))
        count = sum(1 for _ in read_graph(live.store, node))
        response: Response = page(request, "graph.html", view=about, count=count, path=path, formats=_links(path))
        response.headers.update(headers)
        return response
    if (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    return _rdf(read_graph(live.store, node), choice, {**headers, "ETag": tag})


def _rdf(triples: Iterable[Triple], choice: Choice, headers: dict[str, str]) -> Response:
    body = rdf.write(triples, choice.format.name)
    return Response(body, headers=headers, media_type=choice.content_type)


def _moved(node: NamedNode, base: str, suffix: str) -> Response:
    """301 to what replaced the resource: on this host where it is ours, in the format that was asked for."""
    target = local_path(node.value, base) or node.value
    return Response(status_code=301, headers={"Location": f"{target}.{suffix}" if suffix else target})


def _headers(path: str, query: str = "") -> dict[str, str]:
    links = (f'<{href}{query}>; rel="alternate"; type="{offer.media}"' for offer, href in _links(path))
    return {"Link": ", ".join(links), "Vary": "Accept", "Cache-Control": CACHE_CONTROL}


def _links(path: str) -> list[tuple[Format, str]]:
    return [(offer, f"{path}.{offer.suffix}") for offer in OFFERS]


def _raw_path(request: Request) -> str:
    """The path as the client sent it, still percent-encoded."""
    raw: bytes | None = request.scope.get("raw_path")
    return raw.decode("latin-1").partition("?")[0] if raw is not None else quote(request.url.path)


def _base(request: Request) -> str:
    settings: Settings = request.app.state.settings
    return settings.base


def _page_number(request: Request) -> int:
    """The page asked for, from 1. Raises Problem 400."""
    asked = request.query_params.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= len(str(_MAX_PAGE)) and int(asked) > 0):
        raise Problem(400, "bad-request", "Demande mal formée", "page se donne en chiffres, à partir de 1.")
    return int(asked)
