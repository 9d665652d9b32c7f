"""The owner's session over HTTP: opened by a form with the token, carried by a cookie to /review and /ingest alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from service import language as languages
from service.attempts import Attempts
from service.curation.session import COOKIE, LASTS, Session, admits, find_session, open_session
from service.pages.render import keep_language, page, saying
from service.settings import Settings

#: Where the cookie goes: no other page depends on who asks, nor is kept from caches.
PATHS: Final = ("/review", "/ingest")
#: Never kept by a cache, never found by a search engine.
PRIVATE: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def present(request: Request) -> Session | None:
    """The open session of a request."""
    settings: Settings = request.app.state.settings
    return find_session(settings.token, request.cookies.get(COOKIE, ""))


def answer(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """A page that depends on the session, in the reader's language."""
    spoken = languages.of(request)
    return private(request, page(request, template, status=status, language=spoken, bilingual=True, **context))


def private(request: Request, response: Response) -> Response:
    """An answer that depends on the session: for this site's own pages, where other answers are for any origin."""
    settings: Settings = request.app.state.settings
    response.headers.update({**PRIVATE, "Access-Control-Allow-Origin": settings.base})
    return response


def ask(request: Request, where: str, error: str = "", status: int = 401) -> Response:
    """The form that asks for the token, posted to ``where``; how to set one where none is."""
    settings: Settings = request.app.state.settings
    if not settings.token:
        return answer(request, "owner-closed.html", 403, where=where)
    return answer(request, "owner-token.html", status, where=where, error=error)


def opened(request: Request, form: Mapping[str, str], where: str) -> Response:
    """To ``where``, with a session for who gave the token and a name; the form again for others.

    Raises Problem 429.
    """
    settings: Settings = request.app.state.settings
    author = " ".join(form.get("author", "").split())
    say = saying(languages.of(request))
    attempts: Attempts = request.app.state.attempts
    address = request.client.host if request.client else None
    attempts.check(address)
    if not admits(settings.token, form.get("token", "")):
        attempts.failed(address)
        return ask(request, where, say("review-wrong-token"))
    if not author:
        return ask(request, where, say("review-name-missing"), 422)
    response = RedirectResponse(keep_language(where, request), status_code=303, headers=PRIVATE)
    cookie = open_session(settings.token, author).cookie
    for path in PATHS:
        response.set_cookie(
            COOKIE,
            cookie,
            max_age=LASTS,
            path=path,
            secure=settings.base.startswith("https://"),
            httponly=True,
            samesite="strict",
        )
    return response


def closed(request: Request, where: str) -> Response:
    """To ``where``, without a session."""
    response = RedirectResponse(keep_language(where, request), status_code=303, headers=PRIVATE)
    for path in PATHS:
        response.delete_cookie(COOKIE, path=path)
    return response
