"""What differs between two releases, in words: which kinds of things, how each is called, what is said otherwise."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from graph.release import Difference, Release, Thing
from ontology.terms import DG
from service import labels
from service.pages import french, links

_AMOUNT = str(DG.amount)


@dataclass(frozen=True)
class Kind:
    """A kind of thing that is told one by one: its class, its French name, the properties that name it, in order."""

    name: str
    one: str
    many: str
    feminine: bool
    named_by: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """One difference: `what` names the thing, `how` says property by property what changed (empty: nothing more)."""

    kind: Kind
    state: str
    iri: str
    what: str
    how: tuple[str, ...]


@functools.cache
def kinds() -> tuple[Kind, ...]:
    """The kinds of differences.toml, in its order."""
    text = resources.files("service").joinpath("differences.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)["kind"]
    return tuple(
        Kind(each["class"], each["one"], each["many"], each.get("feminine", False), tuple(each["named_by"]))
        for each in told
    )


def tell(found: Difference, one: Release, other: Release) -> Iterator[Told]:
    """The differences that a reader cares for, by kind, then added, removed, changed."""
    before, after = one.store(), other.store()
    order = ("added", "removed", "changed")
    for kind in kinds():
        mine = [thing for thing in found.things if str(DG[kind.name]) in thing.classes]
        for thing in sorted(mine, key=lambda thing: (order.index(thing.state), thing.iri)):
            store = before if thing.state == "removed" else after
            how = tuple(_changes(thing, before, after)) if thing.state == "changed" else ()
            yield Told(kind, thing.state, thing.iri, _named(store, thing.iri, kind), how)


def others(found: Difference) -> int:
    """How many things differ that are of no kind that is told one by one (passages, attendances …)."""
    told = {str(DG[kind.name]) for kind in kinds()}
    return sum(not thing.classes & told for thing in found.things)


def as_json(thing: Thing) -> dict[str, object]:
    """One thing for a program: values as N-Triples has them."""
    return {
        "iri": thing.iri,
        "state": thing.state,
        "classes": sorted(thing.classes),
        "before": {name: sorted(map(str, values)) for name, values in sorted(thing.before.items())},
        "after": {name: sorted(map(str, values)) for name, values in sorted(thing.after.items())},
    }


def file_names(release: Release, key: str) -> str:
    """The published names of a document; its key where the release does not have it."""
    try:
        return ", ".join(map(str, release.text(key)["file_names"]))
    except KeyError:
        return key


def write_patch(found: Difference, path: Path) -> None:
    """The difference as an RDF Patch. Raises OSError."""
    path.write_text("".join(line + "\n" for line in found.patch()), encoding="utf-8")


def _named(store: Store, iri: str, kind: Kind) -> str:
    """What to call a thing: the values of the properties that name its kind, else its own name."""
    node = NamedNode(iri)
    parts = []
    for name in kind.named_by:
        found = store.quads_for_pattern(node, NamedNode(str(DG[name])), None, None)
        values = sorted({_value(store, quad.predicate.value, quad.object) for quad in found})
        parts += [f"{labels.of_term(str(DG[name]))} {', '.join(values)}"] if values else []
    own = labels.of_resource(store, node)
    return " ; ".join(parts) or own or links.fallback_label(iri)


def _changes(thing: Thing, before: Store, after: Store) -> Iterator[str]:
    for name in sorted(thing.before.keys() | thing.after.keys()):
        old = _values(before, name, thing.before)
        new = _values(after, name, thing.after)
        yield f"{labels.of_term(name)} : {old or 'rien'} → {new or 'rien'}"


def _values(store: Store, name: str, said: Mapping[str, frozenset[NamedNode | Literal]]) -> str:
    return ", ".join(sorted(_value(store, name, value) for value in said.get(name, ())))


def _value(store: Store, name: str, value: object) -> str:
    if isinstance(value, NamedNode):
        term = labels.vocabulary().get(value.value)
        return term or labels.of_resource(store, value) or links.fallback_label(value.value)
    text = value.value if isinstance(value, Literal) else str(value)
    return french.euros(text) if name == _AMOUNT else text
