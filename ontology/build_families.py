"""Generate ``programme-families.ttl`` (SKOS) from ``programme-families.toml``.

Usage: ``python -m ontology.build_families``. The text is written here, not by an RDF serialiser, so that the file
is the same whatever the version of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ontology.families import FILE, Family, load

TARGET = Path(__file__).with_name("programme-families.ttl")

_HEAD = f"""\
# Generated from {FILE} by python -m ontology.build_families: edit that file, not this one.
@prefix dg: <https://w3id.org/delibgraph/ns#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

dg:ProgrammeFamilies a skos:ConceptScheme ;
    skos:prefLabel "Familles de dispositifs"@fr , "Programme families"@en ;
    dct:license <http://publications.europa.eu/resource/authority/licence/EUPL_1_2> ."""


def render() -> str:
    """The whole Turtle file."""
    return "\n\n".join([_HEAD, *map(_concept, load())]) + "\n"


def _concept(family: Family) -> str:
    return f"dg:family-{family.key} a dg:ProgrammeFamily ;\n    " + " ;\n    ".join(_statements(family)) + " ."


def _statements(family: Family) -> Iterator[str]:
    yield "skos:inScheme dg:ProgrammeFamilies"
    yield f"skos:prefLabel {_text(family.pref_label, 'fr')} , {_text(family.label_en, 'en')}"
    if family.alt_labels or family.notations:
        forms = dict.fromkeys((*family.notations, *family.alt_labels))
        yield "skos:altLabel " + " , ".join(_text(form, "fr") for form in forms)
    if family.notations:
        yield "skos:notation " + " , ".join(_text(notation) for notation in family.notations)
    if family.start_year is not None:
        yield f'dg:startYear "{family.start_year:04d}"^^xsd:gYear'
    if family.end_year is not None:
        yield f'dg:endYear "{family.end_year:04d}"^^xsd:gYear'
    yield f"dg:legalBasis {_text(family.source, 'fr')}"
    if family.steering is not None:
        yield f"dg:steeredBy {_text(family.steering, 'fr')}"
    if family.replaces:
        yield "dct:replaces " + " , ".join(f"dg:family-{key}" for key in family.replaces)
    if family.part_of is not None:
        yield f"skos:broader dg:family-{family.part_of}"


def _text(value: str, language: str | None = None) -> str:
    quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{quoted}@{language}" if language else quoted


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
