"""/dump/: the live release as files, ready to download: its dumps, and its exports, made when first asked for."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse

from graph.export import EXPORTS_VERSION
from service.caching import CACHE_CONTROL, etag, not_modified
from service.linked_data.exports import Exports, kept, offers
from service.negotiation import HTML, Format, choose
from service.pages.render import json, page
from service.problems import Problem
from service.store import LiveRelease

router = APIRouter()

_JSON = Format("json", "application/json", "json")
_MEDIA = {
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".gz": "application/gzip",
}


@router.get("/dump/")
@router.get("/dump")
def listing(request: Request) -> Response:
    """The files with what they are and, once they are made, their sizes in bytes."""
    live: LiveRelease = request.app.state.reader.live()
    files = listed(live)
    chosen = choose(request.headers.get("accept"), (_JSON, HTML))
    if chosen is not None and chosen.format is HTML:
        return page(request, "dumps.html", release=live.id, files=files)
    return json({"release": live.id, "files": files})


@router.get("/dump/{name}")
async def dump(request: Request, name: str) -> Response:
    """One file. A name is looked up among those on offer, never joined to a path."""
    live: LiveRelease = await run_in_threadpool(request.app.state.reader.live)
    offer = offers().get(name)
    found = _dumps(live).get(name)
    if found is None and offer is None:
        raise Problem(404, "not-found", "Introuvable", "Cette version n'a pas ce fichier ; voir /dump/.")
    tag = etag(live.id, name, str(EXPORTS_VERSION))
    if (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    if found is None and offer is not None:
        exports: Exports = request.app.state.exports
        found = await exports.file(live.path, offer)
    media = offer.media if offer else _MEDIA.get(Path(name).suffix, "application/octet-stream")
    headers = {"ETag": tag, "Cache-Control": CACHE_CONTROL}
    if media.startswith("text/csv"):
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if offer is not None and (described := f"{name}-metadata.json") in offers():
        headers["Link"] = f'<{described}>; rel="describedby"; type="application/csvm+json"'
    return FileResponse(found or "", media_type=media, headers=headers)


def _dumps(live: LiveRelease) -> dict[str, Path]:
    """The files that a release was built with."""
    directory = live.path / "dumps"
    return {path.name: path for path in sorted(directory.iterdir()) if path.is_file()} if directory.is_dir() else {}


def listed(live: LiveRelease) -> list[dict[str, Any]]:
    """The files of a release with what they are and, once they are made, their sizes in bytes."""
    dumps = _dumps(live)
    titles = {name: offer.title for name, offer in offers().items()}
    listed = []
    for name in dict.fromkeys([*titles, *dumps]):
        path = dumps.get(name) or kept(live.path, name)
        size = path.stat().st_size if path.is_file() else None
        listed.append({"name": name, "title": titles.get(name, ""), "bytes": size, "href": f"/dump/{name}"})
    return listed
