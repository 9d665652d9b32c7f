"""/dump/: the files of the live release, ready to download."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from service.caching import CACHE_CONTROL, etag, not_modified
from service.negotiation import HTML, Format, choose
from service.pages.render import json, page
from service.problems import Problem
from service.store import LiveRelease

router = APIRouter()

_JSON = Format("json", "application/json", "json")
_MEDIA = {
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".ttl": "text/turtle; charset=utf-8",
    ".nt": "application/n-triples",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".gexf": "application/gexf+xml",
    ".graphml": "application/graphml+xml",
    ".gz": "application/gzip",
    ".zip": "application/zip",
    ".parquet": "application/vnd.apache.parquet",
}


@router.get("/dump/")
@router.get("/dump")
def listing(request: Request) -> Response:
    """The files with their sizes in bytes."""
    live: LiveRelease = request.app.state.reader.live()
    directory = live.path / "dumps"
    paths = sorted(path for path in directory.iterdir() if path.is_file()) if directory.is_dir() else []
    files = [{"name": path.name, "bytes": path.stat().st_size, "href": f"/dump/{path.name}"} for path in paths]
    chosen = choose(request.headers.get("accept"), (_JSON, HTML))
    if chosen is not None and chosen.format is HTML:
        return page(request, "dumps.html", release=live.id, files=files)
    return json({"release": live.id, "files": files})


@router.get("/dump/{name}")
def dump(request: Request, name: str) -> Response:
    """One file. A name is looked up among those of the directory, never joined to a path."""
    live: LiveRelease = request.app.state.reader.live()
    directory = live.path / "dumps"
    found = (
        next((p for p in directory.iterdir() if p.name == name and p.is_file()), None) if directory.is_dir() else None
    )
    if found is None:
        raise Problem(404, "not-found", "Introuvable", "Cette version n'a pas ce fichier ; voir /dump/.")
    tag = etag(live.id, name)
    if (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    media = _MEDIA.get(found.suffix, "application/octet-stream")
    return FileResponse(found, media_type=media, headers={"ETag": tag, "Cache-Control": CACHE_CONTROL})
