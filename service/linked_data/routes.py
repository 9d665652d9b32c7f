"""Routes of /id and /graph: a resource or a named graph, by content negotiation or by suffix.

No Memento: an older release still says what a person has since rejected or had hidden, and must not be read as a
resource beside the live one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pyoxigraph import NamedNode, Triple

import queries
from service import language, rdf
from service.caching import CACHE_CONTROL, etag, not_modified
from service.catalogue import structured
from service.labels import local_path
from service.language import Language
from service.linked_data import described, files, health, removed
from service.linked_data.resource import Resource, find, read, read_graph, rejection, successor
from service.linked_data.view import FEW, MANY, View, view
from service.negotiation import HTML, TRIPLES, Choice, Format
from service.pages import ask, report
from service.pages.entity import portray
from service.pages.entity.blocks import Portrait
from service.pages.render import keep_language, page
from service.problems import Problem
from service.settings import Settings
from service.store import LiveRelease
from service.vocabulary import routes as vocabulary

router = APIRouter()
OFFERS: Final = (*TRIPLES, HTML)
_SUFFIXES: Final = {offer.suffix: offer for offer in OFFERS}
_MAX_PAGE: Final = 1_000_000


async def dereference(request: Request) -> Response:
    """A resource (/id/{type}/{key}) or a named graph (/graph/{document}), with or without suffix."""
    return await run_in_threadpool(_dereference, request)


for prefix in ("id", "graph"):
    router.add_route(f"/{prefix}/{{path:path}}", dereference, methods=["GET"], name=prefix)
for part in (files.router, health.router, vocabulary.router):
    router.include_router(part)


def _dereference(request: Request) -> Response:
    settings: Settings = request.app.state.settings
    live: LiveRelease = request.app.state.reader.live()
    raw = _raw_path(request)
    if raw.startswith(("/id/query/", "/id/release/")):
        return _ours(request, live, raw)
    node, suffix = find(live.store, settings.base, raw), ""
    if node is None:
        stem, _, suffix = raw.rpartition(".")
        node = find(live.store, settings.base, stem) if suffix in _SUFFIXES else None
    if node is None:
        removed.check(live.path, raw)
        detail = "La version publiée ne connaît pas cette adresse."
        raise Problem(404, "not-found", "Introuvable", detail, iri=settings.base + raw)
    path = local_path(node.value, settings.base) or raw
    if (moved := successor(live.store, node)) is not None:
        return _moved(moved, settings.base, suffix, request.url.query)
    if (judged := rejection(live.store, node)) is not None:
        judgement, reason = judged
        detail = f"Ce fait, lu de travers, a été rejeté : {reason}. La décision : {judgement}"
        raise Problem(410, "rejected", "Fait rejeté", detail, iri=node.value, judgement=judgement)
    choice = rdf.negotiate(request, OFFERS, suffix or request.query_params.get("format"))
    if path.startswith("/graph/"):
        return _graph(request, live, node, path, choice)
    return _resource(request, live, node, path, choice)


def _ours(request: Request, live: LiveRelease, raw: str) -> Response:
    """A named query or a release."""
    settings: Settings = request.app.state.settings
    stem, _, suffix = raw.rpartition(".")
    path, suffix = (stem, suffix) if suffix in _SUFFIXES else (raw, "")
    kind, name = path.split("/", 3)[2:]
    triples = _described(settings.base, live, kind, name)
    if triples is None:
        detail = f"Versions gardées : {', '.join(one.id for one in described.kept(live))}."
        raise Problem(404, "not-found", "Introuvable", detail, iri=settings.base + path)
    choice = rdf.negotiate(request, OFFERS, suffix or request.query_params.get("format"))
    headers = _headers(settings.base, path)
    if choice.format is HTML and kind == "query":
        return Response(status_code=303, headers={**headers, "Location": keep_language(f"/queries/{name}", request)})
    if choice.format is HTML:
        node = NamedNode(settings.base + path)
        outgoing = tuple(triple for triple in triples if triple.subject == node)
        incoming = tuple(triple for triple in triples if triple.object == node)
        spoken = language.of(request)
        shown = _shown(request, live, Resource(node, outgoing, incoming, 1, has_next=False), spoken)
        return _page(request, shown, spoken, path, headers)
    tag = etag(live.id, path, choice.format.name, str(len(triples)))
    return not_modified(request, tag) or _rdf(triples, choice, {**headers, "ETag": tag})


def _described(base: str, live: LiveRelease, kind: str, name: str) -> list[Triple] | None:
    if kind == "release":
        return described.release(base, live, name)
    try:
        return described.query(base, queries.find(name))
    except queries.UnknownQueryError as error:
        raise Problem(404, "unknown-query", "Requête inconnue", str(error)) from error


@dataclass(frozen=True)
class _Shown:
    """What a page tells of a resource."""

    resource: Resource
    """Without its triples, which may be many."""
    view: View
    portrait: Portrait | None
    structured: structured.Block | None


def _shown(request: Request, live: LiveRelease, resource: Resource, spoken: Language) -> _Shown:
    portrait = portray(request, resource.node, resource.outgoing, spoken)
    most = FEW if portrait and resource.page == 1 else MANY
    return _Shown(
        replace(resource, outgoing=(), incoming=()),
        view(live.store, resource, request.app.state.settings.base, spoken, most),
        portrait,
        structured.thing(live.store, resource),
    )


def _page(request: Request, shown: _Shown, spoken: Language, path: str, headers: dict[str, str]) -> Response:
    response: Response = page(
        request,
        "resource.html",
        language=spoken,
        bilingual=True,
        view=shown.view,
        portrait=shown.portrait,
        report=report.address(shown.resource.node.value),
        structured=shown.structured,
        resource=shown.resource,
        path=path,
        formats=_links(path),
    )
    response.headers.update({**headers, "Vary": language.VARY})
    return response


def _resource(request: Request, live: LiveRelease, node: NamedNode, path: str, choice: Choice) -> Response:
    settings: Settings = request.app.state.settings
    number = _page_number(request)
    headers = _headers(settings.base, path, f"?page={number}" if number > 1 else "")
    tag = etag(live.id, path, str(number), choice.format.name)
    if choice.format is not HTML and (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    if choice.format is HTML:
        spoken = language.of(request)
        shown = _remembered(request, live, node, number, spoken)
        _link_pages(headers, path, shown.resource)
        return _page(request, shown, spoken, path, headers)
    resource = read(live.store, node, number, settings.page_size)
    _link_pages(headers, path, resource)
    return _rdf((*resource.outgoing, *resource.incoming), choice, {**headers, "ETag": tag})


def _remembered(request: Request, live: LiveRelease, node: NamedNode, number: int, spoken: Language) -> _Shown:
    """What the page tells. The first page, which most readers come to, is remembered: what all acts name is long to
    read."""

    def make() -> _Shown:
        resource = read(live.store, node, number, request.app.state.settings.page_size)
        return _shown(request, live, resource, spoken)

    if request.query_params.keys() - {"lang"}:
        return make()
    return ask.remember(request, (live.id, node.value, spoken), make, shelf="resources")


def _link_pages(headers: dict[str, str], path: str, resource: Resource) -> None:
    number = resource.page
    around = {"first": 1, "prev": number - 1} if number > 1 else {}
    around |= {"next": number + 1} if resource.has_next else {}
    for relation, other in around.items():
        headers["Link"] += f', <{path}?page={other}>; rel="{relation}"'


def _graph(request: Request, live: LiveRelease, node: NamedNode, path: str, choice: Choice) -> Response:
    settings: Settings = request.app.state.settings
    headers = _headers(settings.base, path)
    tag = etag(live.id, path, choice.format.name)
    if choice.format is HTML:
        spoken = language.of(request)
        about = view(live.store, read(live.store, node, 1, settings.page_size), settings.base, spoken)
        count = sum(1 for _ in read_graph(live.store, node))
        response: Response = page(
            request,
            "graph.html",
            language=spoken,
            bilingual=True,
            view=about,
            count=count,
            path=path,
            formats=_links(path),
        )
        response.headers.update({**headers, "Vary": language.VARY})
        return response
    if (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    return _rdf(read_graph(live.store, node), choice, {**headers, "ETag": tag})


def _rdf(triples: Iterable[Triple], choice: Choice, headers: dict[str, str]) -> Response:
    body = rdf.write(triples, choice.format.name)
    return Response(body, headers=headers, media_type=choice.content_type)


def _moved(node: NamedNode, base: str, suffix: str, query: str) -> Response:
    """301 to what replaced the resource: on this host where it is ours, in the format that was asked for."""
    target = local_path(node.value, base) or node.value
    location = (f"{target}.{suffix}" if suffix else target) + (f"?{query}" if query else "")
    return Response(status_code=301, headers={"Location": location})


def _headers(base: str, path: str, query: str = "") -> dict[str, str]:
    links = [f'<{href}{query}>; rel="alternate"; type="{offer.media}"' for offer, href in _links(path)]
    links += [
        f'<{base}{path}>; rel="canonical"',
        '</.well-known/void>; rel="describedby"',
        f'<{described.LICENCE.value}>; rel="license"',
    ]
    return {"Link": ", ".join(links), "Vary": "Accept", "Cache-Control": CACHE_CONTROL}


def _links(path: str) -> list[tuple[Format, str]]:
    return [(offer, f"{path}.{offer.suffix}") for offer in OFFERS]


def _raw_path(request: Request) -> str:
    """The path as the client sent it, still percent-encoded."""
    raw: bytes | None = request.scope.get("raw_path")
    return raw.decode("latin-1").partition("?")[0] if raw is not None else quote(request.url.path)


def _page_number(request: Request) -> int:
    """The page asked for, from 1. Raises Problem 400."""
    asked = request.query_params.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= len(str(_MAX_PAGE)) and int(asked) > 0):
        raise Problem(400, "bad-request", "Demande mal formée", "page se donne en chiffres, à partir de 1.")
    return int(asked)
