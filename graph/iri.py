"""IRIs: ``{base}/id/{type}/{key}`` for things, ``{base}/graph/…`` for named graphs (DESIGN §4)."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from rdflib import URIRef

from graph.normal import words
from graph.remembered import remembered

DEFAULT_BASE: Final = "http://localhost:8000"
#: Longest slug made from a text; longer ones are cut between two words.
SLUG_LENGTH: Final = 60


def dockey(digest: str) -> str:
    """Key of a document: the first 16 hexadecimal digits of its SHA-256."""
    return digest[:16]


def slug(text: str, length: int = SLUG_LENGTH) -> str:
    """``text`` as a key: folded words joined by hyphens, cut between words at ``length`` characters.

    A text without a single letter or digit gives a short digest of itself, never an empty key.

    >>> slug("Concilier l'Économique et le Social", 24)
    'concilier-l-economique'
    """
    kept: list[str] = []
    size = -1
    for word in words(text):
        size += 1 + len(word)
        if kept and size > length:
            break
        kept.append(word[:length])
    while len(kept) > 1 and size > length and len(kept[-1]) == 1:
        kept.pop()  # an elided article left alone at the end ("… et l")
    return "-".join(kept) or short_hash(text)


def short_hash(*parts: object) -> str:
    """Ten hexadecimal digits that stand for ``parts``, the same on every machine."""
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:10]


class Iris:
    """Makes the IRIs under one base, so that no other module spells their layout."""

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        """``base`` without a trailing slash ("http://localhost:8000")."""
        self.base = base.rstrip("/")
        self.identities = URIRef(f"{self.base}/graph/identities")

    def thing(self, kind: str, key: str) -> URIRef:
        """``{base}/id/{kind}/{key}``."""
        return _thing(self.base, kind, key)

    def graph(self, document: str) -> URIRef:
        """The named graph of a document, by its key."""
        return URIRef(f"{self.base}/graph/{document}")

    def report(self, document: str) -> URIRef:
        """The named graph of the validation report of a document, by its key."""
        return URIRef(f"{self.base}/graph/{document}/report")


@remembered(4096)
def _thing(base: str, kind: str, key: str) -> URIRef:
    """One object an IRI, over all documents: people and organisations come back in most of them."""
    return URIRef(f"{base}/id/{kind}/{key}")


def reference(iri: str) -> str:
    """``type/key`` of an IRI of ours; a bare ``type/key`` is returned as it is."""
    return "/".join(iri.rstrip("/").split("/")[-2:])
