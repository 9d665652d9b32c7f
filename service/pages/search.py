"""``/search?q=``: names, titles and passages, from the index of the release (:mod:`graph.search`), with facets.

``/search.json`` gives the same as data, ``/search/suggest.json`` the names that go on from what is typed. All three
are functions of the release and the address, and carry an ETag made of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from pyoxigraph import NamedNode

from graph import search as index
from service import labels, language
from service.caching import CACHE_CONTROL, etag, not_modified
from service.headers import RELEASE_HEADER
from service.language import Language
from service.pages import ask, english, french, links
from service.pages.render import PageRoute, page
from service.problems import Problem
from service.store import LiveRelease

router = APIRouter(route_class=PageRoute)

SHOWN: Final = 20
#: Characters of a query: what is longer is a text, not a search.
MAX_WORDS: Final = 200
_MOST_SHOWN: Final = 100
_DEEPEST: Final = 10_000
_VALUES: Final = 12
#: What a reader picks from a list of names.
_SUGGESTED: Final = ("Deliberation", "Organisation", "Person", "Programme", "Action", "Strand", "GoverningBody")


@dataclass(frozen=True)
class Asked:
    """A search as its address gives it."""

    q: str
    narrowed: Mapping[str, str]
    number: int
    size: int
    spoken: Language = "fr"
    lang: str = ""
    """The language that the address asks for, which its links keep; empty where it asks for none."""

    @property
    def problem(self) -> str:
        """Why it cannot be answered; empty where it can."""
        return self.refusal(self.spoken) if len(self.q) > MAX_WORDS else ""

    @staticmethod
    def refusal(spoken: Language) -> str:
        """What is said of a search that is too long."""
        return f"{language.texts()['search-too-long'][spoken]} {MAX_WORDS}."

    @property
    def start(self) -> int:
        """How many results are on the pages before."""
        return (self.number - 1) * self.size

    def address(self, number: int = 1, changed: Mapping[str, str] | None = None) -> str:
        """The query string of the same search, on another page or narrowed otherwise ("": no longer)."""
        values = {"q": self.q, **self.narrowed, **(changed or {})}
        if number > 1:
            values["page"] = str(number)
        if self.size != SHOWN:
            values["limit"] = str(self.size)
        if self.lang:
            values["lang"] = self.lang
        return urlencode({name: value for name, value in values.items() if value})


def _asked(
    request: Request,
    q: Annotated[str, Query(description="Words, all of them looked for; in quotes, word for word.")] = "",
    kind: Annotated[str, Query(description="Last part of a class, or Passage.")] = "",
    authority: Annotated[str, Query(description="IRI of the deciding authority.")] = "",
    year: Annotated[str, Query(description="Year of the séance.")] = "",
    family: Annotated[str, Query(description="IRI of a family of programmes.")] = "",
    status: Annotated[str, Query(description="Awarded, Requested, Budgeted or Rejected.")] = "",
    number: Annotated[str, Query(alias="page", description="Page, from 1.")] = "",
    limit: Annotated[str, Query(description=f"Results a page, {_MOST_SHOWN} at most.")] = "",
) -> Asked:
    given = {"kind": kind, "authority": authority, "year": year, "family": family, "status": status}
    narrowed = {facet: value[:500] for facet, value in given.items() if value}
    size = _number(limit, SHOWN, _MOST_SHOWN)
    spoken, lang = language.of(request), language.explicit(request) or ""
    return Asked(" ".join(q.split()), narrowed, _number(number, 1, _DEEPEST // size), size, spoken, lang)


def _number(text: str, default: int, most: int) -> int:
    return min(most, int(text)) if text.isascii() and text.isdigit() and 0 < len(text) < 9 and int(text) else default


Wish = Annotated[Asked, Depends(_asked)]


@dataclass(frozen=True)
class Hit:
    """One result: what it is called, where it is, and its text in pieces, searched words told apart."""

    kind: str
    iri: str
    title: str
    href: str
    pieces: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The pieces as one text."""
        return "".join(text for text, _ in self.pieces)

    @property
    def told(self) -> bool:
        """Whether the text is the title itself."""
        return self.text == self.title


@dataclass(frozen=True)
class Value:
    """A value of a facet: its name, how many results have it, the search narrowed to it or, if it is, widened again."""

    value: str
    label: str
    count: int
    href: str
    chosen: bool


def _hit(hit: index.Hit, names: Mapping[str, str], base: str) -> Hit:
    if hit.kind == index.PASSAGE:
        place = links.passage_anchor(*hit.quote) if hit.quote else "texte"
        return Hit(hit.kind, hit.iri, names.get(hit.iri, hit.iri), f"{links.document(hit.iri)}#{place}", hit.pieces)
    href = links.document(hit.iri) if hit.kind == "Document" else links.local(hit.iri, base)
    return Hit(hit.kind, hit.iri, hit.label, href, hit.pieces)


def _hits(request: Request, found: index.Found) -> list[Hit]:
    store = ask.reader(request).live().store
    documents = {hit.iri for hit in found.hits if hit.kind == index.PASSAGE}
    names = {iri: name for iri in documents if (name := labels.of_resource(store, NamedNode(iri)))}
    return [_hit(hit, names, ask.settings(request).base) for hit in found.hits]


def _facets(asked: Asked, found: index.Found) -> dict[str, list[Value]]:
    """The facets that tell some results from others, or narrow them now; the most frequent values of each."""
    shown: dict[str, list[Value]] = {}
    for facet, values in found.facets.items():
        chosen = asked.narrowed.get(facet)
        if chosen or len(values) > 1 or any(value.count < found.total for value in values):
            shown[facet] = [_value(asked, facet, value, chosen) for value in _order(facet, values, chosen)[:_VALUES]]
    return {facet: values for facet, values in shown.items() if values}


def _order(facet: str, values: Sequence[index.FacetValue], chosen: str | None) -> list[index.FacetValue]:
    """What is chosen first, then by frequency; years latest first."""
    found = sorted(values, key=lambda value: value.value, reverse=True) if facet == "year" else list(values)
    return sorted(found, key=lambda value: value.value != chosen)


def _value(asked: Asked, facet: str, value: index.FacetValue, chosen: str | None) -> Value:
    held = value.value == chosen
    return Value(
        value.value,
        _named(facet, value, asked.spoken),
        value.count,
        f"/search?{asked.address(changed={facet: '' if held else value.value})}",
        held,
    )


def _named(facet: str, value: index.FacetValue, spoken: Language) -> str:
    if facet == "kind":
        return language.texts()[f"kind-{value.value}"][spoken]
    if facet == "status":
        return french.word("status", value.value) if spoken == "fr" else english.term(value.value)
    if facet == "family":
        return labels.of_term(value.value, spoken)
    return value.label or value.value


def _find(asked: Asked, live: LiveRelease) -> index.Found:
    if asked.problem:
        return index.Found()
    return index.search(live.path / "search.sqlite", asked.q, asked.narrowed, limit=asked.size, offset=asked.start)


@router.get("/search")
def search(request: Request, asked: Wish) -> Response:
    """The search page."""
    live = ask.reader(request).live()
    found = _find(asked, live)
    response = page(
        request,
        "search.html",
        status=400 if asked.problem else 200,
        language=asked.spoken,
        bilingual=True,
        q=asked.q,
        asked=asked,
        problem=asked.problem,
        total=found.total,
        hits=_hits(request, found),
        facets=_facets(asked, found),
        pages=_pages(asked, found),
    )
    response.headers.update({"Vary": language.VARY, RELEASE_HEADER: live.id})
    return response


def _pages(asked: Asked, found: index.Found) -> int:
    return max(1, min(-(-found.total // asked.size), _DEEPEST // asked.size))


@router.get("/search.json")
def search_json(request: Request, asked: Wish) -> Response:
    """The same as data: how many results there are, a page of them, the facets of all, the address of the next page.

    ``text`` is the stretch of the name or passage around the words, ``marks`` their offsets in it.
    """
    _refuse(asked)
    live = ask.reader(request).live()
    tag = etag(live.id, "search.json", asked.spoken, asked.address(number=asked.number))
    if (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    found = _find(asked, live)
    pages = _pages(asked, found)
    address = f"/search.json?{asked.address(number=asked.number + 1)}" if asked.number < pages else None
    told = {
        "q": asked.q,
        "narrowed": asked.narrowed,
        "total": found.total,
        "page": asked.number,
        "pages": pages,
        "results": [_told(hit) for hit in _hits(request, found)],
        "facets": {
            facet: [{"value": v.value, "label": _named(facet, v, asked.spoken), "count": v.count} for v in values]
            for facet, values in found.facets.items()
        },
        "next": address,
    }
    return _json(told, live, tag, {"Link": f'<{address}>; rel="next"'} if address else {})


def _told(hit: Hit) -> dict[str, object]:
    place, marks = 0, []
    for text, marked in hit.pieces:
        if marked:
            marks.append((place, place + len(text)))
        place += len(text)
    return {"kind": hit.kind, "iri": hit.iri, "title": hit.title, "href": hit.href, "text": hit.text, "marks": marks}


@router.get("/search/suggest.json")
def suggest_json(request: Request, asked: Wish) -> Response:
    """Names that hold the words typed, the last one unfinished; exact ones first, then the most often named."""
    _refuse(asked)
    live = ask.reader(request).live()
    tag = etag(live.id, "suggest", asked.address(number=asked.number))
    if (unchanged := not_modified(request, tag)) is not None:
        return unchanged
    kinds = (asked.narrowed["kind"],) if "kind" in asked.narrowed else _SUGGESTED
    size = min(asked.size, SHOWN)
    found = index.suggest(live.path / "search.sqlite", asked.q, kinds, limit=size, offset=(asked.number - 1) * size)
    base = ask.settings(request).base
    told = [{"kind": s.kind, "iri": s.iri, "name": s.name, "href": links.local(s.iri, base)} for s in found]
    return _json({"q": asked.q, "suggestions": told}, live, tag, {})


def _refuse(asked: Asked) -> None:
    if asked.problem:
        raise Problem(400, "search-too-long", "Recherche trop longue", asked.refusal("fr"), most=MAX_WORDS)


def _json(content: object, live: LiveRelease, tag: str, headers: Mapping[str, str]) -> Response:
    return Response(
        orjson.dumps(content, option=orjson.OPT_INDENT_2),
        headers={
            "ETag": tag,
            "Cache-Control": CACHE_CONTROL,
            "Vary": language.VARY,
            RELEASE_HEADER: live.id,
            **headers,
        },
        media_type="application/json",
    )
