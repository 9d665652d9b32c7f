"""Séances and acts: what the documents say of them, and their keys, a place (organ and date) at a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.resolve.acts import ActNode, assign_acts, assign_sessions, natural_signatures
from graph.resolve.assembly import citations, deeds, headers, session_slugs
from graph.resolve.incremental.packing import dump
from graph.resolve.incremental.rows import Rows
from graph.resolve.mentions import DocumentMentions
from graph.resolve.registry import Registry

_DEED = "signature, digest, place, number, title, ordinal, grants, slug, cited_as, key"


@dataclass(frozen=True, slots=True)
class _Stated:
    """A header as it is remembered."""

    signature: str
    place: str
    state: str


class Sessions:
    """The headers of all documents. Places are what is settled together."""

    def __init__(self, registry: Registry) -> None:
        """The rows are remembered beside the registry."""
        self._registry = registry
        self._rows = Rows(registry.connection, "header", "signature, digest, place, state, slug")

    def withdraw(self, digest: str) -> set[str]:
        """Take out what a document says; returns the places."""
        return {place for (place,) in self._rows.take(digest, "place")}

    def say(self, document: DocumentMentions, persons: Mapping[str, str], bodies: Mapping[str, str]) -> set[str]:
        """Take in what a document says; returns the places."""
        found, slugs = headers(document, persons), session_slugs(document, bodies)
        digest = document.facts.sha256
        self._rows.add((h.signature, digest, h.place, h.state, slugs[h.place]) for h in found)
        return set(slugs)

    def settle(self, touched: Collection[str]) -> set[str]:
        """Key the headers of the places anew; returns the documents that one of their keys is new to."""
        places = self._reached(touched)
        rows = self._rows.where("place", places, "signature, digest, place, state, slug, key, version_of")
        slugs = {place: slug for _, _, place, _, slug, _, _ in rows}
        stated = [_Stated(signature, place, state) for signature, _, place, state, _, _, _ in rows]
        keys = assign_sessions(stated, slugs, self._registry)
        changed = [row for row in rows if keys[row[0]] != row[5:]]
        self._rows.update("key, version_of", "signature", ((*keys[row[0]], row[0]) for row in changed))
        return {row[1] for row in changed}

    def keys(self, digest: str) -> dict[str, tuple[str, str | None]]:
        """Signature of each header of a document → its key, and that of the séance it is a version of."""
        found = self._rows.where("digest", [digest], "signature, key, version_of")
        return {signature: (key, version_of) for signature, key, version_of in found}

    def _reached(self, touched: Collection[str]) -> set[str]:
        places, asked = set(touched), set(touched)
        while asked:
            signatures = [signature for (signature,) in self._rows.where("place", asked, "signature")]
            shared = self._registry.sharing("session", signatures).difference(signatures)
            asked = {place for (place,) in self._rows.where("signature", shared, "place")} - places
            places |= asked
        return places


def _node(row: tuple[Any, ...]) -> ActNode:
    """An act as it is remembered, in the order of ``_DEED``."""
    grants = tuple((amount, name) for amount, name in json.loads(row[6]))
    return ActNode(row[0], row[2], row[3], row[4], row[5], grants)


class Deeds:
    """The acts of all documents. Places are what is settled together."""

    def __init__(self, registry: Registry) -> None:
        """The rows are remembered beside the registry."""
        self._registry = registry
        self._rows = Rows(registry.connection, "deed", _DEED)
        self._cites = Rows(registry.connection, "cites", "cited_as, digest")

    def withdraw(self, digest: str) -> tuple[set[str], set[str]]:
        """Take out what a document says; returns the places, and the numbers that may mean another act now."""
        self._cites.take(digest, "cited_as")
        rows = self._rows.take(digest, "place, cited_as")
        return {place for place, _ in rows}, {number for _, number in rows if number}

    def say(self, document: DocumentMentions, bodies: Mapping[str, str]) -> set[str]:
        """Take in what a document says; returns the places."""
        digest = document.facts.sha256
        found = list(deeds(document, bodies))
        self._rows.add(
            (n.signature, digest, n.place, n.number, n.title, n.ordinal, dump(n.grants), deed.slug, deed.cited_as, None)
            for deed in found
            for n in [deed.node]
        )
        self._cites.add((number, digest) for number in sorted(citations(document)))
        return {deed.node.place for deed in found}

    def settle(self, touched: Collection[str], numbers: Collection[str]) -> tuple[set[str], set[str]]:
        """Key the acts of the places anew.

        Returns the documents that the key of one of their acts is new to, and those that cite one of ``numbers`` or
        an act with a new key.
        """
        places = self._reached(touched)
        rows = self._rows.where("place", places, _DEED)
        keys = assign_acts([_node(row) for row in rows], {row[0]: row[7] for row in rows}, self._registry)
        changed = [row for row in rows if keys[row[0]] != row[9]]
        self._rows.update("key", "signature", ((keys[row[0]], row[0]) for row in changed))
        meant = {*numbers, *(row[8] for row in changed if row[8])}
        citing = {digest for (digest,) in self._cites.where("cited_as", meant, "digest")}
        return {row[1] for row in changed}, citing

    def keys(self, digest: str) -> dict[str, str]:
        """Signature of each act of a document → its key."""
        return dict(self._rows.where("digest", [digest], "signature, key"))

    def cited(self, number: str) -> frozenset[str]:
        """The keys of the acts that are cited by ``number``."""
        return frozenset(key for (key,) in self._rows.where("cited_as", [number], "key"))

    def _reached(self, touched: Collection[str]) -> set[str]:
        places, asked = set(touched), set(touched)
        while asked:
            rows = self._rows.where("place", asked, _DEED)
            signatures = {s for row in rows for s in natural_signatures([_node(row)])}
            asked = self._places_of(self._registry.sharing("deliberation", signatures) - signatures) - places
            places |= asked
        return places

    def _places_of(self, signatures: Iterable[str]) -> set[str]:
        """The places of acts: a document's act is looked up, a natural signature begins with its place."""
        listed = list(signatures)
        of_documents = [s for s in listed if s.startswith("doc:")]
        found = {place for (place,) in self._rows.where("signature", of_documents, "place")}
        return found | {s.rsplit("|", 1)[0] for s in listed if not s.startswith("doc:")}
