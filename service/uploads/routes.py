"""Routes of /ingest: an upload, and what became of it. All of it with ``Authorization: Bearer TOKEN``."""

from __future__ import annotations

import asyncio
import re
import secrets
import shutil
import unicodedata
from pathlib import Path
from typing import Annotated, Final

import orjson
from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from service.attempts import Attempts
from service.curation.session import admits
from service.problems import Problem
from service.settings import Settings
from service.uploads.jobs import Job, Jobs

router = APIRouter()

_NAME: Final = re.compile(r"[^\x00-\x1f\x7f/\\]{1,200}")
_LONGEST_WAIT: Final = 60.0
_PRIVATE: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@router.post("/ingest", status_code=202)
async def ingest(
    request: Request, name: Annotated[str, Query(description="File name of the document or zip archive.")] = ""
) -> Response:
    """Take in a document or a zip archive, the body as it is; answers at once with the address of its outcome."""
    _admit(request)
    settings: Settings = request.app.state.settings
    jobs: Jobs = request.app.state.jobs
    if not _NAME.fullmatch(name) or name.strip(". ") == "":
        detail = "Donnez le nom du fichier, sans dossier : /ingest?name=registre.zip"
        raise Problem(400, "bad-request", "Demande mal formée", detail)
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > settings.max_upload_bytes:
        raise _too_large(settings)
    if not jobs.take():
        detail = "Une ingestion est en cours. Réessayez quand elle sera finie."
        raise Problem(409, "ingest-under-way", "Ingestion en cours", detail, {"Retry-After": "30"})
    folder = jobs.incoming / secrets.token_hex(8)
    started = False
    try:
        await _receive(request, folder / unicodedata.normalize("NFC", name), settings)
        job = jobs.start(name, folder)
        started = True
    finally:
        if not started:
            jobs.give_back()
            await run_in_threadpool(shutil.rmtree, folder, ignore_errors=True)
    return _answer(job, 202, {"Location": f"/ingest/{job.id}"})


@router.get("/ingest/{identifier}")
async def outcome(
    request: Request,
    identifier: str,
    wait: Annotated[str, Query(description="Seconds to wait for its end, 60 at most.")] = "",
) -> Response:
    """What became of an upload: under way, done with its report, or failed with the reason."""
    _admit(request)
    job = request.app.state.jobs.find(identifier)
    if job is None:
        raise Problem(404, "not-found", "Introuvable", "Aucun envoi de cet identifiant depuis le démarrage du service.")
    seconds = min(_LONGEST_WAIT, float(wait)) if re.fullmatch(r"\d{1,4}", wait, re.ASCII) else 0.0
    if seconds and not job.ended.is_set():
        try:
            async with asyncio.timeout(seconds):
                await job.ended.wait()
        except TimeoutError:
            pass
    return _answer(job, 200, {} if job.ended.is_set() else {"Retry-After": "5"})


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


async def _receive(request: Request, path: Path, settings: Settings) -> None:
    """Write the body to a file. Raises Problem 400, 408, 413, 507."""
    size = 0
    try:
        path.parent.mkdir(parents=True)
        with path.open("wb") as file:
            async with asyncio.timeout(settings.upload_timeout):
                async for chunk in request.stream():
                    size += len(chunk)
                    if size > settings.max_upload_bytes:
                        raise _too_large(settings)
                    await run_in_threadpool(file.write, chunk)
    except TimeoutError as error:
        detail = f"L'envoi n'a pas fini en {settings.upload_timeout:g} s. Réessayez, ou augmentez upload_timeout."
        raise Problem(408, "request-timeout", "Envoi trop lent", detail, {"Connection": "close"}) from error
    except OSError as error:
        raise Problem(507, "no-room", "Plus de place", f"L'envoi n'a pas pu être écrit ({error.strerror}).") from error
    if not size:
        raise Problem(400, "bad-request", "Demande mal formée", "Le corps de la demande est vide : envoyez le fichier.")


def _too_large(settings: Settings) -> Problem:
    most = settings.max_upload_bytes
    detail = f"Un envoi tient en {most / 1e6:g} Mo. Partagez l'archive en plusieurs."
    return Problem(413, "upload-too-large", "Envoi trop grand", detail, {"Connection": "close"}, most=most)


def _answer(job: Job, status: int, headers: dict[str, str]) -> Response:
    body = orjson.dumps(job.as_dict(), option=orjson.OPT_INDENT_2)
    return Response(body, status, {**_PRIVATE, **headers}, media_type="application/json")
