"""``/review``: what awaits a person's judgement, side by side with its evidence, and the forms to judge it.

Behind the token of the settings. Forms are posted without scripts; each carries the signature of its session. A
judgement is written and published by the same function as the command line's (:func:`service.curation.decide`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

import queries
from graph.resolve import Judgement, JudgementError, RegistryError, read_judgements
from graph.resolve.judgement import not_undone
from service import language
from service.curation import CurationError, Wish, decide
from service.curation.decide import LOG
from service.curation.parting import Parting, parting
from service.curation.session import Session, same_form
from service.curation.waiting import doubts, overridden, total, without_effect
from service.forms import read_form
from service.ingest.lock import DataDirectoryBusy
from service.pages import ask, links, owner
from service.pages.render import PageRoute, keep_language, saying
from service.pages.review import telling
from service.problems import Problem
from service.settings import Settings

router = APIRouter(route_class=PageRoute)

#: Doubts and readings shown a page; judgements shown in all.
SHOWN: Final = 20
_JUDGEMENTS: Final = 100
_MOST_BYTES: Final = 64 * 1024
#: What only shows what a split would do.
_PREVIEW: Final = "part"
_VERBS: Final = frozenset({_PREVIEW, "merge", "keep-apart", "split", "reject", "accept", "undo"})


@dataclass(frozen=True)
class Asked:
    """A split that a person asks for, and what it would make."""

    wish: Wish
    parting: Parting


@router.get("/review")
def review(request: Request) -> Response:
    """The page: how to set a token, the form that asks for it, or the lists."""
    session = owner.present(request)
    return _lists(request, session) if session else owner.ask(request, "/review")


@router.post("/review")
async def judge(request: Request) -> Response:
    """Open or close a session, or judge."""
    settings = ask.settings(request)
    form = await read_form(request, _MOST_BYTES, settings.body_timeout)
    if not settings.token:
        return owner.ask(request, "/review")
    wanted = form.get("do", "")
    if wanted == "open":
        return owner.opened(request, form, "/review")
    session = owner.present(request)
    if session is None or not same_form(session, form.get("form", "")):
        error = saying(language.of(request))("review-over")
        return owner.ask(request, "/review", error, 403)
    if wanted == "close":
        return owner.closed(request, "/review")
    if wanted not in _VERBS:
        raise Problem(400, "bad-request", "Demande mal formée", "Aucune décision n’est demandée.")
    return await run_in_threadpool(_judge, request, settings, session, form)


def _judge(request: Request, settings: Settings, session: Session, form: Mapping[str, str]) -> Response:
    off = tuple(line for line in form.get("off", "").splitlines() if line.strip())
    is_preview = form["do"] == _PREVIEW
    verb = "split" if is_preview else form["do"]
    wish = Wish(verb, form.get("left", ""), form.get("right", ""), off, form.get("reason", ""), session.author)
    try:
        if is_preview:
            return _lists(request, session, asked=Asked(wish, parting(wish, settings)))
        outcome = decide(wish, settings)
    except CurationError as error:
        return _lists(request, session, error=str(error), in_french=True, status=422)
    except DataDirectoryBusy:
        busy = saying(language.of(request))("review-busy")
        return _lists(request, session, error=busy, status=409)
    except (JudgementError, RegistryError) as unreadable:
        return _lists(request, session, error=str(unreadable), in_french=True, status=500)
    done = keep_language(f"/review?done={outcome.judgement.id}", request)
    return RedirectResponse(done, status_code=303, headers=owner.PRIVATE)


def _lists(
    request: Request,
    session: Session,
    error: str = "",
    status: int = 200,
    *,
    in_french: bool = False,
    asked: Asked | None = None,
) -> Response:
    """The page; ``error`` is in its language unless it is said to be in French; ``asked`` is a split to confirm."""
    store = ask.reader(request).live().store
    number = _number(request.query_params.get("page", "1"))
    start = (number - 1) * SHOWN
    query = queries.find("to-review")
    empty = {column.name: "" for column in query.columns}
    readings = [{**empty, **row} for row in telling(ask.rows(request, query))]
    matches = total(store)
    judged = _judged(ask.settings(request))
    later = overridden(store, ask.settings(request).base)
    done = next((j for j in judged if j.id == request.query_params.get("done")), None)
    return owner.answer(
        request,
        "review.html",
        status,
        session=session,
        error=error,
        error_in_french=in_french,
        done=done,
        undone=request.query_params.get("done", "") if done is None else "",
        doubts=doubts(store, start=start, count=SHOWN),
        matches=matches,
        readings=readings[start : start + SHOWN],
        reading_count=len(readings),
        judgements=judged[:_JUDGEMENTS],
        judged=len(judged),
        in_force=sum(each.id not in later for each in judged),
        later=later,
        asked=asked,
        idle=without_effect(store, ask.settings(request).base),
        number=number,
        pages=max(1, -(-max(matches, len(readings)) // SHOWN)),
        base=ask.settings(request).base,
        links=links,
    )


def _judged(settings: Settings) -> list[Judgement]:
    """The judgements that nobody took back, the latest first."""
    return not_undone(read_judgements(settings.data.joinpath(*LOG)))[::-1]


def _number(asked: str) -> int:
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 7 and int(asked) else 1
