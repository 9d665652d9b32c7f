"""What a release counts as its lines go by is what its store counts."""

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.release import storing, tally
from graph.release.piece import Piece
from graph.release.storing import Dump, load_all
from graph.release.tally import Tally

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPED = (("1.5", "decimal"), ("1.50", "decimal"), ("12", "integer"), ("2024-02-30", "date"))
_TERMS = (
    *("<urn:a>", "<urn:b>", "_:b1", '"12"', '"12"@fr', '"1.5"', '"a \\" > _: <urn:b> ."'),
    *(f'"{value}"^^<{_XSD}{kind}>' for value, kind in _TYPED),
)
_COUNTED = (
    "SELECT (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?p) AS ?properties) (COUNT(DISTINCT ?o) AS ?objects)"
    " WHERE { ?s ?p ?o }"
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    graphs=st.lists(
        st.sets(
            st.tuples(
                st.sampled_from(("<urn:a>", "<urn:b>", "<urn:c>")),
                st.sampled_from(("<urn:p>", "<urn:q>")),
                st.sampled_from(_TERMS),
            ),
            min_size=1,
            max_size=20,
        ),
        max_size=4,
    )
)
def test_subjects_properties_and_objects_are_those_of_the_store(
    graphs: list[set[tuple[str, str, str]]], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally, "_HELD", 3)
    monkeypatch.setattr(storing, "_SLICE", 300)
    folder = tmp_path_factory.mktemp("tally")
    dump = Dump(folder / "all.nq.gz")
    for number, triples in enumerate(graphs):
        name = f"urn:graph:{number}"
        # a label of its own in each graph, as the dump has them
        lines = sorted(f"{s} {p} {o.replace('_:b1', f'_:b{number}')} <{name}> .\n" for s, p, o in triples)
        dump.add(name, Piece.of_lines("".join(lines).encode()))
    dump.close()
    counted = Tally(folder)
    found = load_all(folder / "store", dump, counted).query(_COUNTED)
    assert isinstance(found, ox.QuerySolutions)
    (row,) = found
    assert counted.counted() == {name: int(row[name].value) for name in ("subjects", "properties", "objects")}
