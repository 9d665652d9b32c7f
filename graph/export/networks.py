"""Networks of organisations for Gephi and others (GEXF 1.2, GraphML)."""

from __future__ import annotations

import re
from pathlib import Path

import networkx as nx

from graph.flows import flows, network
from graph.release.layout import Release

#: Characters that XML 1.0 cannot hold, escaped or not.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_gexf(release: Release, out: Path) -> None:
    """Who funds whom as GEXF."""
    nx.write_gexf(_network(release), out, encoding="utf-8", version="1.2draft")


def write_graphml(release: Release, out: Path) -> None:
    """Who funds whom as GraphML."""
    nx.write_graphml(_network(release), out, encoding="utf-8", named_key_ids=True)


def _network(release: Release) -> nx.MultiDiGraph[str]:
    return legal(network(flows(release.store())))


def legal(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """``graph`` with every text freed of the characters that XML cannot hold."""
    for _, attributes in graph.nodes(data=True):
        _clean(attributes)
    for _, _, attributes in graph.edges(data=True):
        _clean(attributes)
    return graph


def _clean(attributes: dict[str, object]) -> None:
    for name, value in attributes.items():
        if isinstance(value, str):
            attributes[name] = _ILLEGAL.sub("", value)
