"""Content negotiation: formats, their media types and short names, the choice among them (RFC 9110 §12.5.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

#: Characters of an Accept header that is remembered: programs and browsers send a few, and send them again.
_USUAL: Final = 300


@dataclass(frozen=True, eq=False)  # each is one of those below: told apart, and hashed, by what it is
class Format:
    """A representation on offer; `also` lists other media types a client may ask it by."""

    name: str
    media: str
    suffix: str
    also: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The Content-Type header: text formats say that they are UTF-8."""
        return with_charset(self.media)


@dataclass(frozen=True)
class Choice:
    """A format with the media type by which the client asked for it."""

    format: Format
    media: str

    @property
    def content_type(self) -> str:
        """The Content-Type header, under the name the client asked for."""
        return with_charset(self.media)


HTML: Final = Format("html", "text/html", "html", ("application/xhtml+xml",))
RESULTS: Final = (
    Format("json", "application/sparql-results+json", "srj", ("application/json",)),
    Format("xml", "application/sparql-results+xml", "srx", ("application/xml", "text/xml")),
    Format("csv", "text/csv", "csv"),
    Format("tsv", "text/tab-separated-values", "tsv"),
)
TRIPLES: Final = (
    Format("turtle", "text/turtle", "ttl", ("application/x-turtle",)),
    Format("jsonld", "application/ld+json", "jsonld", ("application/json",)),
    Format("rdfxml", "application/rdf+xml", "rdf", ("application/xml", "text/xml")),
    Format("ntriples", "application/n-triples", "nt", ("text/plain",)),
)
GRAPHS: Final = (
    *TRIPLES,
    Format("trig", "application/trig", "trig"),
    Format("nquads", "application/n-quads", "nq"),
)


def with_charset(media: str) -> str:
    """`text/…` with its charset; other types define their own."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def by_name(name: str, offers: Sequence[Format]) -> Choice | None:
    """The format of that short name, suffix or media type (for `format=`)."""
    wanted = name.strip().lower()
    for offer in offers:
        if wanted in (offer.name, offer.suffix, offer.media, *offer.also):
            return Choice(offer, offer.media)
    return None


def choose(accept: str | None, offers: Sequence[Format]) -> Choice | None:
    """The best offer for an Accept header, None where none will do; no header: the first; on a tie the earlier."""
    if accept is None or not accept.strip():
        return Choice(offers[0], offers[0].media)
    if len(accept) > _USUAL:
        return _best(accept, tuple(offers))
    return _remembered(accept, tuple(offers))


def _best(accept: str, offers: tuple[Format, ...]) -> Choice | None:
    """As `choose`, for a header that says something."""
    ranges = _parse(accept)
    best: Choice | None = None
    best_quality = 0.0
    for offer in offers:
        for media in (offer.media, *offer.also):
            # Another name of a format counts where it is asked for by that name, not under a wildcard.
            quality = _quality(media, ranges) if media == offer.media else ranges.get(media, 0.0)
            if quality > best_quality:
                best, best_quality = Choice(offer, media), quality
    return best


_remembered = lru_cache(1024)(_best)


def _quality(media: str, ranges: dict[str, float]) -> float:
    """Quality of a media type: the most specific range decides."""
    for pattern in (media, f"{media.partition('/')[0]}/*", "*/*"):
        if pattern in ranges:
            return ranges[pattern]
    return 0.0


def _parse(accept: str) -> dict[str, float]:
    """Media range → quality; parameters other than q are ignored, a q that is no number counts as 1."""
    ranges: dict[str, float] = {}
    for item in accept.lower().split(","):
        media, *parameters = (part.strip() for part in item.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 1.0
        ranges["*/*" if media == "*" else media] = max(quality, ranges.get(media, 0.0))
    return ranges
