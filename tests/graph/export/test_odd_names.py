"""Whatever organisations and acts are called, every export is what its standard reads."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import networkx as nx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from graph.export import FORMATS, export
from tests.examples import examples
from tests.graph.export import conftest, test_json, test_networks, test_scdl
from tests.graph.export.conftest import funding, organisation, publish, report, table

#: What upsets writers of CSV, XML, JSON and RDF, beside what anyone may type.
ODD = st.sampled_from(
    ["=1+1", "+33 3", "-", "@venir", "\tTab", "a,b;c", 'L"Atelier"', "<b>&amp;</b>", "l’été\u2028fin", "\ufeffBOM",
     "ligne\r\nsuivante", "عربي", "🎪 cirque", "a" * 300, "'apostrophe", "nul \x01 \x0b", "]]>", "\\u0041", "{}"]
)  # fmt: skip
#: What an address of ours is made of, whatever it is called after (RFC 3986, unreserved; and what parts it).
IRI = re.compile(r"[A-Za-z0-9._~:/#-]+")
NAMES = st.lists(
    ODD | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40), min_size=1, max_size=4
)


def register_of(make: Any, names: list[str]) -> list[Any]:
    """One act that funds each name, whose title and purpose is the name too."""
    named = [name if any(letter.isalnum() for letter in name) else f"{name}x" for name in names]
    receivers = [organisation(f"o{number}", name) for number, name in enumerate(named, start=1)]
    act = make.act(
        title=named[0],
        number=named[-1][:20],
        organisations=(organisation("o0", "Dijon métropole", "local_authority"), *receivers),
        fundings=tuple(
            funding(f"f{n}", 100 * n, beneficiary=o.id, purpose=o.name) for n, o in enumerate(receivers, start=1)
        ),
    )
    return [make.document([act], [make.session(members_in_office=42)])]


@settings(max_examples=examples(6), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=NAMES)
def test_every_export_is_sound(make: Any, names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        release = publish(register_of(make, names), folder / "data")
        for quad in release.store():
            for term in (quad.subject, quad.object, quad.graph_name):
                if isinstance(term, NamedNode) and term.value.startswith(conftest.BASE):
                    assert IRI.fullmatch(term.value)
        made = {form: folder / f"{form}.out" for form in FORMATS}
        for form, path in made.items():
            export(release, form, path)
        for form, schema in test_scdl.FORMS.items():
            path = made[form]
            assert test_scdl.faults(path, schema) == test_scdl.to_complete(path, schema)
            for row in [*table(path), *report(path)]:
                assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
        test_json.sound(made["ftm"])
        test_json.conforms(made["360giving"], "360giving.json")
        test_json.conforms(made["popolo"], "popolo.json")
        rules = test_networks.schema()
        assert rules.validate(test_networks.etree.parse(made["gexf"])), rules.error_log
        assert len(nx.read_graphml(made["graphml"])) == len(nx.read_gexf(made["gexf"], version="1.3")) > 0
        assert len(table(made["csv"])) == len(table(made["csvw"])) == len(names)
        assert conftest.BASE in made["jsonld-framed"].read_text(encoding="utf-8")
