"""Rows of terms as SPARQL results: JSON, XML and TSV as W3C has them (2013).

CSV is for people: service.pages.tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias
from xml.etree import ElementTree as ET

import orjson
from pyoxigraph import BlankNode, Literal, NamedNode

from service.store import Row, Term

_NAMESPACE: Final = "http://www.w3.org/2005/sparql-results#"
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
#: Characters that no XML 1.0 document may hold.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Writer: TypeAlias = Callable[[Sequence[str], Sequence[Row]], bytes]


def to_json(names: Sequence[str], rows: Sequence[Row]) -> bytes:
    """SPARQL 1.1 Query Results JSON."""
    bindings = [{name: _members(term) for name, term in row.items()} for row in rows]
    return orjson.dumps({"head": {"vars": list(names)}, "results": {"bindings": bindings}})


def _members(term: Term) -> dict[str, str]:
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case BlankNode():
            return {"type": "bnode", "value": term.value}
        case Literal():
            told = {"type": "literal", "value": term.value}
            if term.language:
                return {**told, "xml:lang": term.language}
            return told if term.datatype.value == _STRING else {**told, "datatype": term.datatype.value}
        case _:
            raise TypeError(f"{term!r} is no term of RDF 1.1")


def to_xml(names: Sequence[str], rows: Sequence[Row]) -> bytes:
    """SPARQL Query Results XML."""
    root = ET.Element("sparql", xmlns=_NAMESPACE)
    head = ET.SubElement(root, "head")
    for name in names:
        ET.SubElement(head, "variable", name=name)
    results = ET.SubElement(root, "results")
    for row in rows:
        result = ET.SubElement(results, "result")
        for name, term in row.items():
            _element(ET.SubElement(result, "binding", name=name), term)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _element(parent: ET.Element, term: Term) -> None:
    members = _members(term)
    element = ET.SubElement(parent, members["type"])
    element.text = _NOT_XML.sub("\ufffd", members["value"])
    if "xml:lang" in members:
        element.set(_XML_LANG, members["xml:lang"])
    if "datatype" in members:
        element.set("datatype", members["datatype"])


def to_tsv(names: Sequence[str], rows: Sequence[Row]) -> bytes:
    """SPARQL 1.1 Query Results TSV: terms as in Turtle, which escapes tabs and ends of line."""
    lines = ["\t".join(f"?{name}" for name in names)]
    lines += ["\t".join(_written(row.get(name)) for name in names) for row in rows]
    return ("\n".join(lines) + "\n").encode()


def _written(term: Term | None) -> str:
    return "" if term is None else str(term).replace("\t", "\\t")


WRITERS: Final[Mapping[str, Writer]] = {"srj": to_json, "xml": to_xml, "tsv": to_tsv}
