"""Routes of /ns and /shapes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from fastapi import APIRouter, Request, Response
from pyoxigraph import Triple

from service import language, rdf
from service.caching import CACHE_CONTROL, not_modified, of_text
from service.negotiation import HTML, TRIPLES, Choice, by_name
from service.pages import ask
from service.pages.render import keep_language, page
from service.problems import Problem
from service.store import NoReleaseError
from service.vocabulary import examples
from service.vocabulary.diagram import draw
from service.vocabulary.examples import Example
from service.vocabulary.terms import ONTOLOGY, SHAPES, Vocabulary, about, sections, triples

router = APIRouter()

_OFFERS: Final = (*TRIPLES, HTML)


@router.get("/ns.{suffix}")
@router.get("/ns")
def ontology(request: Request, suffix: str = "") -> Response:
    """The vocabulary with its concept schemes."""
    return _whole(request, ONTOLOGY, suffix)


@router.get("/shapes.{suffix}")
@router.get("/shapes")
def shapes(request: Request, suffix: str = "") -> Response:
    """The SHACL shapes that every published document satisfies, or is told to fail."""
    return _whole(request, SHAPES, suffix)


@router.get("/ns/{term}")
def ontology_term(request: Request, term: str) -> Response:
    """One term of the vocabulary, with or without suffix."""
    return _one(request, ONTOLOGY, term)


@router.get("/shapes/{term}")
def shape(request: Request, term: str) -> Response:
    """One shape, with or without suffix."""
    return _one(request, SHAPES, term)


def _whole(request: Request, vocabulary: Vocabulary, suffix: str) -> Response:
    choice = rdf.negotiate(request, _OFFERS, suffix or request.query_params.get("format"))
    headers = _headers(vocabulary.path)
    if choice.format is not HTML:
        return _rdf(request, triples(vocabulary.package), choice, headers)
    spoken = language.of(request)
    response: Response = page(
        request,
        "vocabulary.html",
        language=spoken,
        bilingual=True,
        sections=sections(vocabulary, spoken),
        diagram=draw(spoken) if vocabulary is ONTOLOGY else None,
        examples=_examples(request, vocabulary),
        path=vocabulary.path,
        namespace=vocabulary.namespace,
        formats=[(offer, f"{vocabulary.path}.{offer.suffix}") for offer in TRIPLES],
    )
    response.headers.update({**headers, "Vary": language.VARY})
    return response


def _one(request: Request, vocabulary: Vocabulary, asked: str) -> Response:
    stem, _, suffix = asked.rpartition(".")
    name, suffix = (stem, suffix) if stem and by_name(suffix, _OFFERS) else (asked, "")
    try:
        found = about(vocabulary, name)
    except ValueError:  # a character that no IRI may hold
        found = None
    if found is None:
        raise Problem(404, "not-found", "Introuvable", f"Ce terme n'existe pas ; voir {vocabulary.path}.")
    choice = rdf.negotiate(request, _OFFERS, suffix or request.query_params.get("format"))
    headers = _headers(f"{vocabulary.path}/{name}")
    if choice.format is HTML:
        location = f"{keep_language(vocabulary.path, request)}#{name}"
        return Response(status_code=303, headers={**headers, "Location": location})
    return _rdf(request, found, choice, headers)


def _rdf(request: Request, told: Iterable[Triple], choice: Choice, headers: dict[str, str]) -> Response:
    """Triples with an ETag made of them: the vocabulary changes with us, not with the release."""
    body = rdf.write(told, choice.format.name)
    tag = of_text(body)
    found = Response(body, headers={**headers, "ETag": tag}, media_type=choice.content_type)
    return not_modified(request, tag) or found


def _headers(path: str) -> dict[str, str]:
    links = ", ".join(f'<{path}.{offer.suffix}>; rel="alternate"; type="{offer.media}"' for offer in _OFFERS)
    return {"Link": links, "Vary": "Accept", "Cache-Control": CACHE_CONTROL}


def _examples(request: Request, vocabulary: Vocabulary) -> dict[str, Example]:
    """An example of each term, by IRI; none before a first release, and none of shapes."""
    if vocabulary is not ONTOLOGY:
        return {}
    base = request.app.state.settings.base

    def find() -> dict[str, Example]:
        store = ask.reader(request).live().store
        told = {term.iri: examples.of(store, base, term.iri) for _, terms in sections(ONTOLOGY, "fr") for term in terms}
        return {iri: example for iri, example in told.items() if example is not None}

    try:
        return ask.remember(request, "vocabulary examples", find)
    except NoReleaseError:
        return {}
