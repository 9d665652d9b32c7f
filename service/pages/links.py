"""From the IRIs of the graph to the addresses of the pages."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from service.language import Language

_EVIDENCE = re.compile(r"/id/evidence/([^/]+?)-(\d+)-(\d+)$")


def local(iri: str, base: str) -> str:
    """The path of an IRI under ``base`` ("/id/organisation/cesam"), any other IRI unchanged.

    Links stay on the host the reader is on, whatever the public base.
    """
    return iri.removeprefix(base) if iri.startswith(base + "/") else iri


def anchor(iri: str) -> str:
    """The fragment of a fact on its document's page: ``…/id/funding/x`` → "funding-x"."""
    return iri.partition("/id/")[2].replace("/", "-") or re.sub(r"\W+", "-", iri)


def passage_anchor(start: int, end: int) -> str:
    """The fragment of a passage on its document's page."""
    return f"e-{start}-{end}"


def sentence(evidence_iri: str | None) -> str | None:
    """The address of a passage from the IRI of its evidence, None where there is none."""
    found = _EVIDENCE.search(evidence_iri or "")
    return f"/document/{found[1]}#{passage_anchor(int(found[2]), int(found[3]))}" if found else None


def document(iri: str) -> str:
    """The page of a document from its IRI."""
    return "/document/" + iri.rsplit("/", 1)[-1]


def fallback_label(iri: str, language: Language = "fr") -> str:
    """What to call a thing that has no published name."""
    if "/person/private-" in iri:
        return "Particulier (nom non publié)" if language == "fr" else "Private person (name not published)"
    return iri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1].replace("-", " ")


def sparql(query: str) -> str:
    """The SPARQL page with ``query`` in its editor."""
    return "/sparql?" + urlencode({"query": query})
