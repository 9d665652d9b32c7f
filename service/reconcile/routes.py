"""Routes of /reconcile. Every answer of GET carries an ETag made of the release and the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

import orjson
from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from graph import search as index
from graph.normal import fold
from graph.search import entities
from graph.search.entities import Entity
from service import language
from service.caching import CACHE_CONTROL, etag, not_modified
from service.forms import read_form
from service.headers import COMMON_HEADERS, RELEASE_HEADER
from service.pages import ask
from service.pages.render import environment, page
from service.problems import Problem
from service.reconcile import offer
from service.reconcile.extension import extend, key, sums
from service.reconcile.matching import KINDS, Matcher, Scored
from service.reconcile.queries import read_batch, read_extension

router = APIRouter(prefix="/reconcile")

#: Bytes of a posted batch; BATCH queries of a few hundred characters are far below.
_MOST_BYTES: Final = 512 * 1024
_MOST_TYPED: Final = 200
_SUGGESTED: Final = 10
_DEEPEST: Final = 10_000
# A preview is made to be framed by any client.
_FRAMED: Final = COMMON_HEADERS["Content-Security-Policy"].replace("frame-ancestors 'none'", "frame-ancestors *")


@router.get("")
async def reconcile(
    request: Request,
    queries: Annotated[str, Query(description="A batch of queries, JSON.")] = "",
    extend: Annotated[str, Query(description="A data extension query, JSON.")] = "",
) -> Response:
    """The manifest, or with `queries` the candidates of a batch, or with `extend` values of things."""
    return await run_in_threadpool(_answer, request, {"queries": queries, "extend": extend})


@router.post("")
async def reconcile_post(request: Request) -> Response:
    """The same from a form: a batch of queries (`queries`) or a data extension (`extend`)."""
    form = await read_form(request, _MOST_BYTES, ask.settings(request).body_timeout)
    return await run_in_threadpool(_answer, request, form)


def _answer(request: Request, form: Mapping[str, str]) -> Response:
    if form.get("queries"):
        return _json(request, _match(request, form["queries"]))
    if form.get("extend"):
        return _json(request, extend(request, read_extension(form["extend"])))
    return _json(request, offer.manifest(ask.settings(request).base, str(request.base_url).rstrip("/")))


def _match(request: Request, text: str) -> dict[str, Any]:
    batch = read_batch(text)
    base = ask.settings(request).base
    matcher = Matcher(ask.reader(request).live().path / "search.sqlite", base)
    return {
        name: {"result": [_candidate(each, base) for each in matcher.match(asked)]} for name, asked in batch.items()
    }


def _candidate(scored: Scored, base: str) -> dict[str, Any]:
    return {
        "id": key(scored.entity, base),
        "name": scored.entity.label,
        "description": _description(scored.entity),
        "type": _types(scored.entity),
        "score": scored.score,
        "match": scored.match,
        "features": [{"id": name, "value": value} for name, value in scored.features.items()],
    }


def _types(entity: Entity) -> list[dict[str, str]]:
    return [{"id": each.id, "name": each.name} for each in offer.types_of(entity.kind, entity.classes)]


def _description(entity: Entity) -> str:
    """What tells it from its namesakes: type, other names, years."""
    kinds = offer.types_of(entity.kind, entity.classes)
    years = sorted(entity.years)
    parts = [
        kinds[0].name if kinds else "",
        ", ".join(entity.names[1:3]),
        years[0] if years[:1] == years[-1:] else f"{years[0]}-{years[-1]}",
    ]
    return " ; ".join(filter(None, parts))


@router.get("/suggest/entity")
def suggest_entity(
    request: Request,
    prefix: str = "",
    cursor: str = "",
    type: Annotated[str, Query(description="Id of a type that they have.")] = "",  # noqa: A002 (the protocol's name)
) -> Response:
    """Things whose name holds what is typed, the last word unfinished; the thing whose identifier it is."""
    typed, base, path = (
        prefix[:_MOST_TYPED],
        ask.settings(request).base,
        ask.reader(request).live().path / "search.sqlite",
    )
    kind = offer.types().get(type)
    kinds = (kind.broader or kind.id,) if kind else KINDS
    direct = entities.find(path, [f"{base}/id/{typed}"]) if "/" in typed and not _cursor(cursor) else ()
    found = index.suggest(path, typed, kinds, limit=_SUGGESTED, offset=_cursor(cursor))
    every = {each.iri: each for each in (*direct, *entities.find(path, [s.iri for s in found]))}
    shown = [each for each in every.values() if not type or type in (each.kind, *each.classes)]
    told = [
        {"id": key(each, base), "name": each.label, "description": _description(each), "notable": _types(each)}
        for each in shown
    ]
    return _json(request, {"result": told})


@router.get("/suggest/type")
def suggest_type(request: Request, prefix: str = "", cursor: str = "") -> Response:
    """Types whose name or identifier begins, or goes on, with what is typed."""
    every = [each for each in offer.types().values() if _holds(prefix, each.name, each.id)]
    return _json(request, {"result": [{"id": t.id, "name": t.name} for t in every[_cursor(cursor) :]]})


@router.get("/suggest/property")
def suggest_property(request: Request, prefix: str = "", cursor: str = "") -> Response:
    """Properties that narrow a query, or can be fetched, whose name or identifier has what is typed."""
    every = [each for each in offer.properties().values() if _holds(prefix, each.name, each.id)]
    told = [{"id": p.id, "name": p.name, "description": p.description} for p in every[_cursor(cursor) :]]
    return _json(request, {"result": told})


@router.get("/properties")
def propose_properties(
    request: Request,
    type: Annotated[str, Query(description="Id of a type.")] = "",  # noqa: A002 (the protocol's name)
    limit: str = "",
) -> Response:
    """What can be fetched for things of a type; sums by year for the years that have any."""
    paid = sorted({str(year) for by_year in sums(request).values() for year in by_year}, reverse=True)
    found = offer.to_fetch(type or None, paid)
    most = int(limit) if limit.isascii() and limit.isdigit() and 0 < len(limit) < 6 else len(found)
    told = [{"id": each.id, "name": each.name} for each in found[:most]]
    return _json(request, {"type": type, "properties": told, **({"limit": most} if limit else {})})


@router.get("/preview")
def preview(request: Request, id: str = "") -> Response:  # noqa: A002 (the protocol's name)
    """A small page on one thing, to be shown in a frame."""
    entity = _entity(request, id)
    response = page(request, "reconcile-preview.html", **_shown(request, entity))
    response.headers["Content-Security-Policy"] = _FRAMED
    return _dated(request, response)


@router.get("/flyout/{what}")
def flyout(request: Request, what: str, id: str = "") -> Response:  # noqa: A002 (the protocol's name)
    """A few lines of HTML on an entity, a type or a property."""
    if what == "entity":
        context = _shown(request, _entity(request, id))
    elif what == "type" and id in offer.types():
        context = {"name": offer.types()[id].name, "lines": [], "href": None}
    elif what == "property" and (found := offer.find_property(id)):
        context = {"name": found.name, "lines": [found.description], "href": None}
    else:
        raise Problem(404, "not-found", "Introuvable", "Ni entité, ni type, ni propriété de ce nom.")
    html = environment().get_template("reconcile-flyout.html").render(**context)
    return _json(request, {"id": id, "html": html})


@router.get("/help")
def documentation(request: Request) -> Response:
    """What the service matches, by what, and what its features mean."""
    told: dict[str, Any] = {"types": offer.types(), "properties": offer.properties(), "batch": offer.BATCH}
    return page(request, "reconcile.html", language=language.of(request), bilingual=True, **told)


def _entity(request: Request, identifier: str) -> Entity:
    base = ask.settings(request).base
    iri = identifier if identifier.startswith(f"{base}/id/") else f"{base}/id/{identifier}"
    found = entities.find(ask.reader(request).live().path / "search.sqlite", [iri])
    if not found:
        raise Problem(404, "not-found", "Introuvable", "Rien ne porte cet identifiant dans la version publiée.")
    return found[0]


def _shown(request: Request, entity: Entity) -> dict[str, Any]:
    base = ask.settings(request).base
    received = sums(request).get(("received", entity.iri), {})
    return {
        "name": entity.label,
        "lines": [_description(entity)],
        "href": f"{base}/id/{key(entity, base)}",
        "received": dict(sorted(received.items(), reverse=True)[:3]),
    }


def _holds(typed: str, name: str, identifier: str) -> bool:
    wanted = fold(typed.strip()[:_MOST_TYPED])
    return wanted in fold(name) or identifier.casefold().startswith(wanted)


def _cursor(text: str) -> int:
    return min(_DEEPEST, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _json(request: Request, content: object) -> Response:
    return _dated(request, Response(orjson.dumps(content), media_type="application/json"))


def _dated(request: Request, response: Response) -> Response:
    """The answer with the release it was made from and, of a GET, its ETag; 304 for who holds it."""
    release = ask.reader(request).release_id
    if release is None:
        return response
    response.headers[RELEASE_HEADER] = release
    if request.method == "GET":
        tag = etag(release, str(request.url))
        if (unchanged := not_modified(request, tag)) is not None:
            return unchanged
        response.headers.update({"ETag": tag, "Cache-Control": CACHE_CONTROL})
    return response
