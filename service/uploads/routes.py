"""Routes of /ingest: an upload, and what became of it.

Programs send ``Authorization: Bearer TOKEN`` and a body as it is; the owner's browser has a session
(service.pages.owner) and posts a form of files.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Final

import orjson
from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from service import language
from service.attempts import Attempts
from service.curation.session import Session, admits, same_form
from service.forms import read_form
from service.negotiation import HTML, Format, choose
from service.pages import owner
from service.pages.render import keep_language, saying
from service.problems import Problem
from service.settings import Settings
from service.uploads import outcome as told
from service.uploads.jobs import Job, Jobs
from service.uploads.parts import MOST_FILES, Parts, stored

router = APIRouter()

_NAME: Final = re.compile(r"[^\x00-\x1f\x7f/\\]{1,200}")
_LONGEST_WAIT: Final = 60.0
_JSON: Final = Format("json", "application/json", "json")
_MOST_BYTES: Final = 16 * 1024
#: Texts that ingest.js says.
_SCRIPT: Final = (
    "drop", "chosen", "chosen-more", "too-much", "too-many", "sending", "bar", "was-refused", "cut", "over", "of",
)  # fmt: skip
_BUSY: Final = "Une ingestion est en cours. Réessayez quand elle sera finie."


@router.get("/ingest")
def page(request: Request) -> Response:
    """The page: how to set a token, the form that asks for it, or the form of files."""
    session = owner.present(request)
    return _form(request, session) if session else owner.ask(request, "/ingest")


@router.post("/ingest", status_code=202)
async def ingest(
    request: Request, name: Annotated[str, Query(description="File name of the document or zip archive.")] = ""
) -> Response:
    """Take in a document or a zip archive, the body as it is; answers at once with the address of its outcome."""
    _admit(request)
    kept = stored(name)
    if not _NAME.fullmatch(name) or not kept:
        detail = "Donnez le nom du fichier, sans dossier : /ingest?name=registre.zip"
        raise Problem(400, "bad-request", "Demande mal formée", detail)

    async def receive(folder: Path) -> str:
        folder.mkdir(parents=True)
        with (folder / kept).open("wb") as file:
            size = await _stream(request, file.write)
        if not size:
            detail = "Le corps de la demande est vide : envoyez le fichier."
            raise Problem(400, "bad-request", "Demande mal formée", detail)
        return name

    job = await _take_in(request, receive)
    return _answer(job, 202, {"Location": f"/ingest/{job.id}"})


@router.post("/ingest/session")
async def session(request: Request) -> Response:
    """Open or close the owner's session."""
    settings: Settings = request.app.state.settings
    form = await read_form(request, _MOST_BYTES, settings.body_timeout)
    if not settings.token:
        return owner.ask(request, "/ingest")
    if form.get("do") == "open":
        return owner.opened(request, form, "/ingest")
    found = owner.present(request)
    if found is None or not same_form(found, form.get("form", "")):
        return owner.ask(request, "/ingest", saying(language.of(request))("ingest-foreign"), 403)
    return owner.closed(request, "/ingest")


@router.post("/ingest/files")
async def files(request: Request) -> Response:
    """Take in the files of the owner's form; to the page of their outcome."""
    found = owner.present(request)
    if found is None:
        if _wants_page(request):
            return owner.ask(request, "/ingest", saying(language.of(request))("ingest-foreign"), 403)
        raise Problem(403, "token-refused", "Jeton manquant ou refusé", saying("fr")("ingest-foreign"))

    def admit(fields: dict[str, str]) -> None:
        if not same_form(found, fields.get("form", "")):
            raise Problem(403, "token-refused", "Jeton manquant ou refusé", saying("fr")("ingest-foreign"))

    async def receive(folder: Path) -> str:
        parts = Parts(request.headers.get("content-type", ""), folder, admit)
        try:
            await _stream(request, parts.write)
        finally:
            await run_in_threadpool(parts.close)
        if not parts.names:
            raise Problem(400, "no-file", "Aucun fichier", "Choisissez au moins un fichier.")
        others = len(parts.names) - 1
        return parts.names[0] + (f" et {others} autre{'s' if others > 1 else ''}" if others else "")

    try:
        job = await _take_in(request, receive)
    except Problem as problem:
        if not _wants_page(request):
            raise
        response = _form(request, found, problem)
        response.headers.update(problem.headers)
        return response
    return Response(status_code=303, headers={**owner.PRIVATE, "Location": keep_language(f"/ingest/{job.id}", request)})


@router.get("/ingest/{identifier}")
async def outcome(
    request: Request,
    identifier: str,
    wait: Annotated[str, Query(description="Seconds to wait for its end, 60 at most.")] = "",
) -> Response:
    """What became of an upload: under way, done with its report, or failed with the reason."""
    found = owner.present(request)
    if found is None:
        if "authorization" not in request.headers and _wants_page(request):
            return owner.ask(request, "/ingest")
        _admit(request)
    job: Job | None = request.app.state.jobs.find(identifier)
    if job is None:
        raise Problem(404, "not-found", "Introuvable", "Aucun envoi de cet identifiant depuis le démarrage du service.")
    seconds = min(_LONGEST_WAIT, float(wait)) if re.fullmatch(r"\d{1,4}", wait, re.ASCII) else 0.0
    if seconds and not job.ended.is_set():
        try:
            async with asyncio.timeout(seconds):
                await job.ended.wait()
        except TimeoutError:
            pass
    if found is not None and _wants_page(request):
        status = told.read(job)
        stages, words = told.stages(job), _words(request)
        return owner.answer(request, "ingest-outcome.html", job=job, told=status, stages=stages, words=words)
    return owner.private(request, _answer(job, 200, {} if job.ended.is_set() else {"Retry-After": "5"}))


def _wants_page(request: Request) -> bool:
    chosen = choose(request.headers.get("accept"), (_JSON, HTML))
    return chosen is not None and chosen.format is HTML


def _words(request: Request) -> str:
    """The texts of ingest.js in the reader's language, as JSON."""
    say = saying(language.of(request))
    return orjson.dumps({name: say(f"ingest-{name}") for name in _SCRIPT}).decode()


def _form(request: Request, session: Session, problem: Problem | None = None) -> Response:
    settings: Settings = request.app.state.settings
    jobs: Jobs = request.app.state.jobs
    return owner.answer(
        request,
        "ingest.html",
        problem.status if problem else 200,
        session=session,
        problem=problem,
        words=_words(request),
        jobs=jobs.recent(),
        most=settings.max_upload_bytes,
        most_files=MOST_FILES,
    )


def _admit(request: Request) -> None:
    """Raises Problem 401, 403, 429."""
    settings: Settings = request.app.state.settings
    if not settings.token:
        detail = "Ce service ne reçoit pas de documents : aucun jeton n'est réglé (DELIBGRAPH_TOKEN)."
        raise Problem(403, "ingest-closed", "Envoi fermé", detail)
    attempts: Attempts = request.app.state.attempts
    address = request.client.host if request.client else None
    attempts.check(address)
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not admits(settings.token, given.strip()):
        if given:
            attempts.failed(address)
        detail = "Donnez le jeton du service : Authorization: Bearer …"
        raise Problem(401, "token-refused", "Jeton manquant ou refusé", detail, {"WWW-Authenticate": "Bearer"})


async def _take_in(request: Request, receive: Callable[[Path], Awaitable[str]]) -> Job:
    """Start the ingest of what ``receive`` writes into a folder of its own; it returns the name of the job.

    Raises Problem 409, 413, 507, what ``receive`` raises.
    """
    settings: Settings = request.app.state.settings
    jobs: Jobs = request.app.state.jobs
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > settings.max_upload_bytes:
        raise _too_large(settings)
    if not jobs.take():
        raise Problem(409, "ingest-under-way", "Ingestion en cours", _BUSY, {"Retry-After": "30"})
    folder = jobs.incoming / secrets.token_hex(8)
    started = False
    try:
        job = jobs.start(await receive(folder), folder)
        started = True
    except OSError as error:
        raise Problem(507, "no-room", "Plus de place", f"L'envoi n'a pas pu être écrit ({error.strerror}).") from error
    finally:
        if not started:
            jobs.give_back()
            await run_in_threadpool(shutil.rmtree, folder, ignore_errors=True)
    return job


async def _stream(request: Request, write: Callable[[bytes], object]) -> int:
    """Hand the body on as it comes; returns its size. Raises Problem 408, 413, what ``write`` raises."""
    settings: Settings = request.app.state.settings
    size = 0
    try:
        async with asyncio.timeout(settings.upload_timeout):
            async for chunk in request.stream():
                size += len(chunk)
                if size > settings.max_upload_bytes:
                    raise _too_large(settings)
                await run_in_threadpool(write, chunk)
    except TimeoutError as error:
        detail = f"L'envoi n'a pas fini en {settings.upload_timeout:g} s. Réessayez, ou augmentez upload_timeout."
        raise Problem(408, "request-timeout", "Envoi trop lent", detail, {"Connection": "close"}) from error
    return size


def _too_large(settings: Settings) -> Problem:
    most = settings.max_upload_bytes
    detail = f"Un envoi tient en {most / 1e6:g} Mo. Partagez l'archive en plusieurs."
    return Problem(413, "upload-too-large", "Envoi trop grand", detail, {"Connection": "close"}, most=most)


def _answer(job: Job, status: int, headers: dict[str, str]) -> Response:
    body = orjson.dumps(job.as_dict(), option=orjson.OPT_INDENT_2)
    return Response(body, status, {**owner.PRIVATE, **headers}, media_type="application/json")
