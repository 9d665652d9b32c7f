"""``/review/report?thing=…``: to say that something is wrong, as a line of the log of judgements, ready to copy.

No address is asked for and nothing is sent: the reader gets the line (docs/curation.md) and the command that writes it;
who holds the token posts it from here, in the session of ``/review``.
"""

from __future__ import annotations

import datetime as dt
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from pyoxigraph import NamedNode, Store

from graph.resolve import Judgement
from service import labels
from service.curation import CurationError
from service.curation.naming import FACTS, THINGS, fact, thing
from service.linked_data.resource import sentences
from service.pages import ask, links, owner
from service.pages.render import PageRoute, missing, page

router = APIRouter(route_class=PageRoute)

_FORM: Final = re.compile(r"[a-z]+/[^\s?#]{1,300}")
_QUOTES: Final = 5
_LONGEST: Final = 500


@dataclass(frozen=True)
class Wrong:
    """What may be wrong with a thing: the verb of the judgement, the question; ``pair`` where it takes another."""

    verb: str
    question: str
    pair: bool = False


_READING: Final = (
    Wrong("reject", "L’acte ne dit pas cela : rejeter cette lecture"),
    Wrong("accept", "L’acte le dit bien : publier ce financement"),
)
_FACT: Final = (Wrong("reject", "L’acte ne dit pas cela : retirer ce fait"),)
_THING: Final = (
    Wrong("merge", "C’est la même entité qu’une autre : les rapprocher", pair=True),
    Wrong("keep-apart", "Ce n’est pas la même entité qu’une autre : les maintenir distinctes", pair=True),
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
    store, base = ask.reader(request).on_disk(), ask.settings(request).base
    named = asked.get("thing", "")
    node = NamedNode(f"{base}/id/{named}") if _FORM.fullmatch(named) and not set('<>"{}|\\^`') & set(named) else None
    if node is None or next(store.quads_for_pattern(node, None, None, None), None) is None:
        raise missing(f"{named or 'Rien'} : inconnu de la version publiée", "Partir de la page du fait ou de l’entité.")
    offered = wrongs(named.partition("/")[0])
    error, draft = "", None
    if offered and "reason" in asked:
        try:
            draft = _draft(store, base, named, offered, asked)
        except CurationError as refused:
            error = str(refused)
    response: Response = page(
        request,
        "report.html",
        status=422 if error else 200,
        thing=named,
        name=labels.of_resource(store, node) or links.fallback_label(node.value),
        href=labels.local_path(node.value, base),
        quotes=[(s.quote, links.sentence(s.evidence)) for s in sentences(store, node, _QUOTES)],
        wrongs=offered,
        asked=asked,
        draft=draft,
        error=error,
        session=owner.present(request),
        open=bool(ask.settings(request).token),
    )
    # a form of the curator's session may be on it
    return owner.private(request, response)


def _draft(store: Store, base: str, named: str, offered: tuple[Wrong, ...], asked: Mapping[str, str]) -> Draft:
    """The judgement that is asked for. Raises CurationError where something is missing or unknown."""
    wrong = next((each for each in offered if each.verb == asked.get("verb")), offered[0])
    if not asked["reason"]:
        raise CurationError("Dire pourquoi, en quelques mots : la raison est publiée avec la décision.")
    author = asked.get("author", "")
    if not author:
        raise CurationError("Donner un nom : chaque décision porte celui de qui la demande.")
    left, right = named, None
    if wrong.pair:
        if not asked.get("other"):
            raise CurationError("Nommer l’autre entité : son adresse sur ce site, ou son nom exact.")
        left, right = ("/".join(thing(store, base, said)) for said in (named, asked["other"]))
        if left == right or left.partition("/")[0] != right.partition("/")[0]:
            raise CurationError("L’autre entité doit être une autre, et de même nature.")
    else:
        left = "/".join(fact(store, base, named))
    judgement = Judgement.model_validate(
        {"verb": wrong.verb, "left": left, "right": right, "author": author, "reason": asked["reason"]}
        | {"date": dt.datetime.now(dt.UTC).astimezone().date()}
    )
    names = [left, *([right] if right else [])]
    words = ["delibgraph", wrong.verb, *names, "--reason", asked["reason"], "--author", author]
    return Draft(judgement.model_dump_json(exclude_defaults=True), shlex.join(words))
