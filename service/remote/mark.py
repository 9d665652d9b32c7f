"""The mark of a load: the release that a store has, in a graph of its own, removed first and put last.

So a store that is half loaded has none, and a service never takes it for whole.
"""

from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from service.remote.store import RemoteStore
from service.store import NoReleaseError, Term

#: The graph, and the only subject in it.
LOADED: Final = NamedNode("urn:delibgraph:loaded")
_ID: Final = NamedNode("http://purl.org/dc/terms/identifier")
_TRIPLES: Final = NamedNode("http://rdfs.org/ns/void#triples")
_SECONDS: Final = 10.0


@dataclass(frozen=True)
class Mark:
    """Which release a store has, and how many triples its default graph holds."""

    release: str
    triples: int

    def turtle(self) -> bytes:
        """As it is put."""
        told = (Triple(LOADED, _ID, Literal(self.release)), Triple(LOADED, _TRIPLES, Literal(self.triples)))
        return "".join(f"{triple} .\n" for triple in told).encode()


def find(store: RemoteStore) -> Mark | None:
    """The mark of a store, None where there is none. Raises Problem."""
    query = f"SELECT ?release ?triples WHERE {{ GRAPH {LOADED} {{ {LOADED} {_ID} ?release ; {_TRIPLES} ?triples }} }}"
    row = next(iter(store.select(query, _SECONDS)), None)
    return None if row is None else Mark(_text(row["release"]), int(_text(row["triples"])))


def _text(term: Term) -> str:
    return term.value if isinstance(term, Literal) else str(term)


def confirm(store: RemoteStore, release: str, url: str) -> None:
    """Raise NoReleaseError, which says what to do, unless the store holds this release, whole.

    Raises Problem where it does not answer.
    """
    remedy = "Lancez « delibgraph load » vers cet entrepôt (docs/stores.md)."
    mark = find(store)
    if mark is None:
        raise NoReleaseError(f"{url} : cet entrepôt ne contient aucune version entière. {remedy}")
    if mark.release != release:
        raise NoReleaseError(f"{url} : cet entrepôt contient la version {mark.release}, pas {release}. {remedy}")
    counted = store.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    told = _text(counted[0]["n"]) if counted else "?"
    if told != str(mark.triples):
        raise NoReleaseError(
            f"{url} : le graphe par défaut de cet entrepôt a {told} triplets au lieu de {mark.triples}. L'entrepôt "
            "doit avoir pour graphe par défaut celui qui y a été envoyé, ou store_union nommer celui qui en tient lieu "
            "(docs/stores.md)."
        )
