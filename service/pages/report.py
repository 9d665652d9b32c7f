"""``/review/report?thing=…``: to say that something is wrong, as a line of the log of judgements, ready to copy.

No address is asked for and nothing is sent: the reader gets the line (docs/curation.md) and the command that writes it;
who holds the token posts it from here, in the session of ``/review``.
"""

from __future__ import annotations

import datetime as dt
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from pyoxigraph import NamedNode

from graph.resolve import Judgement
from service import labels, language
from service.curation import CurationError
from service.curation.naming import FACTS, THINGS, fact, thing
from service.linked_data.resource import sentences
from service.pages import ask, links, owner
from service.pages.render import PageRoute, missing, page, saying
from service.store import Quads

router = APIRouter(route_class=PageRoute)

_FORM: Final = re.compile(r"[a-z]+/[^\s?#]{1,300}")
_QUOTES: Final = 5
_LONGEST: Final = 500


@dataclass(frozen=True)
class Wrong:
    """What may be wrong with a thing: a verb of judgement, the text that asks; ``pair``: it takes another thing."""

    verb: str
    question: str
    pair: bool = False


class MissingError(CurationError):
    """What the report still needs; str() is in the language of its reader."""


_READING: Final = (
    Wrong("reject", "report-wrong-reading-reject"),
    Wrong("accept", "report-wrong-reading-accept"),
)
_FACT: Final = (Wrong("reject", "report-wrong-fact-reject"),)
_THING: Final = (
    Wrong("merge", "report-wrong-thing-merge", pair=True),
    Wrong("keep-apart", "report-wrong-thing-keep-apart", pair=True),
)


def wrongs(kind: str) -> tuple[Wrong, ...]:
    """What can be judged of a kind of thing; nothing of votes, sessions and acts, which are read anew."""
    if kind == "reading":
        return _READING
    return _FACT if kind in FACTS else _THING if kind in THINGS else ()


def address(iri: str) -> str | None:
    """Where to report an error on a resource; None where no judgement corrects it."""
    named = iri.partition("/id/")[2]
    return f"/review/report?{urlencode({'thing': named})}" if wrongs(named.partition("/")[0]) else None


@dataclass(frozen=True)
class Draft:
    """A judgement ready to write: its line in the log, the command that writes it."""

    line: str
    command: str


@router.get("/review/report")
def report(request: Request) -> Response:
    """The page: what is said, what may be wrong with it, and the line that says so once a reason is given."""
    asked = {name: " ".join(value.split())[:_LONGEST] for name, value in request.query_params.items()}
    store, base = ask.reader(request).quads_on_disk(), ask.settings(request).base
    named = asked.get("thing", "")
    node = NamedNode(f"{base}/id/{named}") if _FORM.fullmatch(named) and not set('<>"{}|\\^`') & set(named) else None
    if node is None or next(store.quads_for_pattern(node, None, None, None), None) is None:
        raise missing(f"{named or 'Rien'} : inconnu de la version publiée", "Partir de la page du fait ou de l’entité.")
    offered = wrongs(named.partition("/")[0])
    spoken = language.of(request)
    error, foreign, draft = "", False, None
    if offered and "reason" in asked:
        try:
            draft = _draft(store, base, named, offered, asked, saying(spoken))
        except CurationError as refused:
            error, foreign = str(refused), spoken != "fr" and not isinstance(refused, MissingError)
    response: Response = page(
        request,
        "report.html",
        status=422 if error else 200,
        language=spoken,
        bilingual=True,
        thing=named,
        name=labels.of_resource(store, node, spoken) or links.fallback_label(node.value, spoken),
        href=labels.local_path(node.value, base),
        quotes=[(s.quote, links.sentence(s.evidence)) for s in sentences(store, node, _QUOTES)],
        wrongs=offered,
        asked=asked,
        draft=draft,
        error=error,
        error_in_french=foreign,
        session=owner.present(request),
        open=bool(ask.settings(request).token),
    )
    # a form of the curator's session may be on it
    return owner.private(request, response)


def _draft(
    store: Quads, base: str, named: str, offered: tuple[Wrong, ...], asked: Mapping[str, str], say: Callable[..., str]
) -> Draft:
    """The judgement that is asked for. Raises CurationError where something is missing or unknown."""
    wrong = next((each for each in offered if each.verb == asked.get("verb")), offered[0])
    if not asked["reason"]:
        raise MissingError(say("report-need-reason"))
    author = asked.get("author", "")
    if not author:
        raise MissingError(say("report-need-author"))
    left, right = named, None
    if wrong.pair:
        if not asked.get("other"):
            raise MissingError(say("report-need-other"))
        left, right = ("/".join(thing(store, base, said)) for said in (named, asked["other"]))
        if left == right or left.partition("/")[0] != right.partition("/")[0]:
            raise MissingError(say("report-need-another"))
    else:
        left = "/".join(fact(store, base, named))
    judgement = Judgement.model_validate(
        {"verb": wrong.verb, "left": left, "right": right, "author": author, "reason": asked["reason"]}
        | {"date": dt.datetime.now(dt.UTC).astimezone().date()}
    )
    names = [left, *([right] if right else [])]
    words = ["delibgraph", wrong.verb, *names, "--reason", asked["reason"], "--author", author]
    return Draft(judgement.model_dump_json(exclude_defaults=True), shlex.join(words))
