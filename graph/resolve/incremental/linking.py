"""Keeps the links of nodes true as nodes come, change and go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from graph.resolve.incremental import codec
from graph.resolve.incremental.codec import Plain
from graph.resolve.incremental.links import edge, organisation_blocks, organisation_keys, person_blocks, related
from graph.resolve.incremental.store import Store
from graph.resolve.likeness import alike_to
from graph.resolve.organisation_nodes import KIND as ORGANISATION
from graph.resolve.person_nodes import KIND as PERSON


class Linker(Protocol):
    """Links the nodes of one kind."""

    def refresh(self, touched: Iterable[str]) -> frozenset[str]:
        """Link the nodes touched; returns those that there are, with the nodes that lost a link to one of them."""


class PersonLinker:
    """Persons are linked to those of like names in their authority; what a name may be does not change."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def refresh(self, touched: Iterable[str]) -> frozenset[str]:
        """See :class:`Linker`."""
        signatures = sorted(touched)
        present = self._store.present(PERSON, signatures)
        start = _gone(self._store, PERSON, signatures, present)
        for signature, node in _each(self._store, PERSON, sorted(present)):
            if not self._store.is_placed(PERSON, signature):
                self._place(signature, node)
        return start | present

    def _place(self, signature: str, plain: Plain) -> None:
        node = codec.person_of_plain(plain)
        blocks = person_blocks(node)
        near = self._store.nodes(PERSON, sorted(self._store.in_block(PERSON, blocks) - {signature}))
        alike = [other for other, found in near.items() if related(node, codec.person_of_plain(found))]
        self._store.link(PERSON, [(end, edge(signature, other)) for other in alike for end in (signature, other)])
        self._store.block(PERSON, signature, blocks)


class OrganisationLinker:
    """Organisations are linked by the keys of what their acts say of them, and to names that look like theirs."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def refresh(self, touched: Iterable[str]) -> frozenset[str]:
        """See :class:`Linker`."""
        signatures = sorted(touched)
        present = self._store.present(ORGANISATION, signatures)
        start = _gone(self._store, ORGANISATION, signatures, present)
        for signature, found in _each(self._store, ORGANISATION, sorted(present)):
            node = codec.organisation_of_plain(signature, found)
            now = organisation_keys(node)
            before = frozenset(k for k in self._store.links(ORGANISATION, signature) if not k.startswith("edge\t"))
            lost = before - now
            start |= self._store.neighbours(ORGANISATION, lost)
            self._store.unlink(ORGANISATION, [(signature, key) for key in lost])
            self._store.link(ORGANISATION, [(signature, key) for key in now - before])
            blocks = organisation_blocks(node)
            if blocks and not self._store.is_placed(ORGANISATION, signature):
                self._place(signature, blocks)
        return start | present

    def _place(self, signature: str, blocks: Iterable[str]) -> None:
        near = sorted(self._store.in_block(ORGANISATION, blocks) - {signature})
        alike = [near[i] for i in alike_to(_name(signature), [_name(other) for other in near])]
        self._store.link(ORGANISATION, [(end, edge(signature, other)) for other in alike for end in (signature, other)])
        self._store.block(ORGANISATION, signature, blocks)


def _each(store: Store, kind: str, signatures: Iterable[str]) -> Iterator[tuple[str, Plain]]:
    """The nodes, one after the other: of a first ingest they are those of all documents."""
    for signature in signatures:
        yield from store.nodes(kind, (signature,)).items()


def _gone(store: Store, kind: str, signatures: Iterable[str], present: frozenset[str]) -> frozenset[str]:
    """Take out of the links the nodes that are no more; returns those that were linked to them and remain."""
    start: frozenset[str] = frozenset()
    for signature in signatures:
        if signature not in present:
            start |= store.neighbours(kind, store.links(kind, signature)) - {signature}
            store.clear(kind, signature)
    return frozenset(store.nodes(kind, sorted(start)))


def _name(signature: str) -> str:
    """The words of the name in the signature of an organisation that is no known body, an authority's among them."""
    named = signature.split("|")
    return named[1] if len(named) > 1 else signature.partition(":")[2].replace("-", " ")
