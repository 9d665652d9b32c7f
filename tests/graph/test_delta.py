"""What differs between two stores, counted."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from graph.delta import Delta

INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
OBJECTS = st.one_of(
    st.sampled_from((254, 255, 256, 510, 511, 512, 2559, 2560)).map(lambda n: ox.Literal(str(n), datatype=INTEGER)),
    st.sampled_from(("1.5", "1.50", "2.55")).map(lambda n: ox.Literal(n, datatype=DECIMAL)),
    st.sampled_from("ab").map(lambda end: ox.NamedNode(f"urn:{end}")),
)
TRIPLES = st.sets(
    st.builds(
        ox.Triple,
        st.sampled_from("st").map(lambda end: ox.NamedNode(f"urn:{end}")),
        st.sampled_from((TYPE, ox.NamedNode("urn:p"))),
        OBJECTS,
    ),
    max_size=6,
)


def store(triples: set[ox.Triple], path: Path | None = None) -> ox.Store:
    made = ox.Store() if path is None else ox.Store(str(path))
    made.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return made


def counted(made: ox.Store) -> tuple[dict[str, int], dict[str, int]]:
    found = [quad.triple for quad in made]
    terms = {
        "triples": len(set(found)),
        "subjects": len({t.subject for t in found}),
        "properties": len({t.predicate for t in found}),
        "objects": len({t.object for t in found}),
    }
    kinds = [t.object.value for t in set(found) if t.predicate == TYPE]
    return terms, {kind: kinds.count(kind) for kind in kinds}


@given(before=TRIPLES, after=TRIPLES)
def test_what_came_and_went_is_counted_as_the_stores_hold_it(before: set[ox.Triple], after: set[ox.Triple]) -> None:
    """Numbers whose last byte is 255 too, of which the engine finds those behind them."""
    old, new = store(before), store(after)
    delta = Delta(old, new, frozenset(before | after), frozenset())
    (terms, kinds), (terms_now, kinds_now) = counted(old), counted(new)
    assert delta.tally() == {name: terms_now[name] - terms[name] for name in terms}
    changes = {kind: kinds_now.get(kind, 0) - kinds.get(kind, 0) for kind in {**kinds, **kinds_now}}
    assert {kind: n for kind, n in delta.types().items() if n} == {kind: n for kind, n in changes.items() if n}


def test_a_number_is_not_taken_for_one_behind_it(tmp_path: Path) -> None:
    """2559 ends in a byte of 255; a store on disk then finds the numbers behind it, too."""

    def triple(subject: str, number: int) -> ox.Triple:
        return ox.Triple(ox.NamedNode(subject), ox.NamedNode("urn:p"), ox.Literal(str(number), datatype=INTEGER))

    known = {triple(f"urn:{number}", number) for number in range(2560, 2700)}
    new = triple("urn:s", 2559)
    before, after = store(known, tmp_path / "before"), store({*known, new}, tmp_path / "after")
    delta = Delta(before, after, frozenset({new}), frozenset())
    assert delta.tally()["objects"] == 1
