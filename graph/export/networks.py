"""Networks of organisations for Gephi and others (GEXF 1.3, GraphML)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

import networkx as nx
from lxml import etree

from graph.flows import flows, network
from graph.release.layout import Release

Graph = TypeVar("Graph", bound="nx.Graph[str]")
#: Characters that XML 1.0 cannot hold, escaped or not.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_gexf(release: Release, out: Path) -> None:
    """Who funds whom as GEXF."""
    out.write_bytes(gexf(_network(release), str(release.manifest["created"])[:10]))


def gexf(graph: nx.Graph[str], modified: str) -> bytes:
    """A network as GEXF 1.3, dated by ``modified`` (ISO 8601); its texts are freed of what XML cannot hold."""
    text = "\n".join(nx.generate_gexf(legal(graph), version="1.3"))
    root = etree.fromstring(text.encode())
    _to_schema(root, modified)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def write_graphml(release: Release, out: Path) -> None:
    """Who funds whom as GraphML."""
    nx.write_graphml(_network(release), out, encoding="utf-8", named_key_ids=True)


def _to_schema(root: etree._Element, modified: str) -> None:
    """Mend what networkx writes beside the schema of GEXF 1.3, and date the file by its release.

    Its namespace of schema instances is not that of W3C, and a graph has no name there.
    """
    for name in [name for name in root.attrib if str(name).startswith("{")]:
        del root.attrib[name]
    for graph in root.iterfind("{*}graph"):
        graph.attrib.pop("name", None)
    for meta in root.iterfind("{*}meta"):
        meta.set("lastmodifieddate", modified)
    etree.cleanup_namespaces(root)


def _network(release: Release) -> nx.MultiDiGraph[str]:
    return legal(network(flows(release.store())))


def legal(graph: Graph) -> Graph:
    """``graph`` with every text freed of the characters that XML cannot hold."""
    for _, attributes in graph.nodes(data=True):
        _clean(attributes)
    for *_, attributes in graph.edges(data=True):
        _clean(attributes)
    return graph


def _clean(attributes: dict[str, object]) -> None:
    for name, value in attributes.items():
        if isinstance(value, str):
            attributes[name] = _ILLEGAL.sub("", value)
