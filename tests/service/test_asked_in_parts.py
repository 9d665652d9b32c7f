"""The questions of pages whose answers are kept are asked of some things at a time when a release is made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from graph.question import TOGETHER, rows_of
from graph.release import answers
from service.prepared import page_query

DG = "https://w3id.org/delibgraph/ns#"


@pytest.mark.parametrize("name", ["list-organisation", "list-person", "list-programme", "completeness", "confidences"])
def test_of_many_things_some_are_asked_for_at_a_time(name: str, tmp_path: Path) -> None:
    """Whatever a release holds, the engine joins and groups no more than so many things at once; the rows are those."""
    things = 2 * TOGETHER + 1
    lines = "".join(_told(number) for number in range(things))
    store, asked = ox.Store(), list[str]()
    store.load(lines.encode(), format=ox.RdfFormat.N_TRIPLES)
    text = page_query(name).ordered

    def select(query: str) -> Iterable[Mapping[str, Any]]:
        asked.append(query)
        return rows_of(store, query)

    answers.write(tmp_path / answers.FILE, select, [text])
    counts = [len(set(re.findall(r"<urn:(?:o|p|g|a|f)\d+>", query))) for query in asked]
    assert text not in asked
    assert max(counts) <= TOGETHER
    assert sum(counts) == things
    found = answers.find(tmp_path, text)
    assert found is not None
    told = [{column: getattr(term, "value", "") for column, term in row.items() if term is not None}
            for row in rows_of(store, text)]  # fmt: skip
    assert sorted(map(repr, map(sorted, (row.items() for row in found.rows())))) == sorted(
        repr(sorted(row.items())) for row in told
    )


def _told(number: int) -> str:
    """An organisation, a person, a programme, an act and what it grants."""
    kinds = {"o": "Organisation", "p": "Person", "g": "Programme", "a": "Deliberation", "f": "Funding"}
    named = {"o": "http://www.w3.org/2004/02/skos/core#prefLabel", "p": "http://xmlns.com/foaf/0.1/name"}
    named["g"] = named["o"]
    typed = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    lines = [f"<urn:{letter}{number}> {typed} <{DG}{kind}> ." for letter, kind in kinds.items()]
    lines += [f'<urn:{letter}{number}> <{name}> "{letter} {number % 700}" .' for letter, name in named.items()]
    lines += [
        f"<urn:f{number}> <{DG}status> <{DG}Awarded> .",
        f'<urn:f{number}> <{DG}confidence> "0.{number % 7}" .',
        f"<urn:f{number}> <{DG}beneficiary> <urn:o{number}> .",
        f"<urn:f{number}> <{DG}underProgramme> <urn:g{number % 5}> .",
        f"<urn:a{number}> <{DG}mentions> <urn:o{number // 2}> .",
    ]
    return "\n".join(lines) + "\n"
