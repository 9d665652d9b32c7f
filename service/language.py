"""The language of a page: what the address asks (``lang=``), else what the browser prefers, else French."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Final, Literal, TypeAlias

from fastapi import Request

Language: TypeAlias = Literal["fr", "en"]
#: Those that pages are written in, the first where nothing is asked.
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
#: Files of their texts: those of every page and of the linked data, those of /funding and the home page, those of the
#: portraits of entities, those of /sparql and /data, those of /search and /reconcile/help, those of
#: documents, lists, quality and reports, those of /review, those of /ingest.
TEXTS: Final = (
    "texts.toml",
    "texts-funding.toml",
    "texts-entity.toml",
    "texts-data.toml",
    "texts-search.toml",
    "texts-reading.toml",
    "texts-review.toml",
    "texts-ingest.toml",
)
#: What an answer in the language of its reader depends on.
VARY: Final = "Accept, Accept-Language"


def of(request: Request) -> Language:
    """The language to answer in; a language that we do not write is as none."""
    return explicit(request) or preferred(request.headers.get("accept-language", ""))


def explicit(request: Request) -> Language | None:
    """The language that the address asks for, None where it asks for none of ours."""
    return _ours(request.query_params.get("lang", ""))


def preferred(header: str) -> Language:
    """The best of ours for an Accept-Language header (RFC 9110 §12.5.4); on a tie, French."""
    weights: dict[Language, float] = {}
    for item in header.split(","):
        tag, *parameters = (part.strip() for part in item.split(";"))
        known: Language | None = "fr" if tag == "*" else _ours(tag)
        if known is not None:
            weights[known] = max(weights.get(known, 0.0), _quality(parameters))
    return max(LANGUAGES, key=lambda language: weights.get(language, 0.0))


def _ours(tag: str) -> Language | None:
    """``en-GB`` → ``en``; None for other languages."""
    start = tag.strip().lower().partition("-")[0]
    return next((language for language in LANGUAGES if language == start), None)


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 1.0
    return 1.0


@functools.cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """The texts of the bilingual pages (service/pages/texts*.toml): key → language → text."""
    found: dict[str, Mapping[str, str]] = {}
    for name in TEXTS:
        source = resources.files("service.pages").joinpath(name).read_text(encoding="utf-8")
        found |= tomllib.loads(source)
    return found


def speaker(language: Language) -> Callable[[str], str]:
    """What templates say their texts with: ``{{ say("formats") }}``. Raises KeyError for a text that is not there."""
    return lambda key: texts()[key][language]
