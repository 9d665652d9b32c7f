"""The source file and where the graph comes from."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import Literal

from graph.mapping.context import Mapping, decimal, integer
from ontology.terms import DCT, DG, PROV


def map_source(mapping: Mapping, file_names: Sequence[str]) -> None:
    """The document, the activity that read it, the derivation of the named graph.

    A document has one file name; others that the same content came under are its alternative titles.
    """
    facts, document = mapping.facts, mapping.document
    activity = mapping.iris.thing("activity", mapping.dockey)
    graph = mapping.iris.graph(mapping.dockey)
    mapping.type(document, DG.Document)
    mapping.add(document, DG.fileName, mapping.text(facts.file_name))
    for name in sorted({*file_names} - {facts.file_name}):
        mapping.add(document, DCT.alternative, mapping.text(name))
    mapping.add(document, DG.sha256, Literal(facts.sha256))
    mapping.add(document, DCT.format, Literal(facts.media_type))
    mapping.add(document, DG.pageCount, integer(max(len(facts.pages), 1)))
    mapping.add(graph, PROV.wasGeneratedBy, activity)
    mapping.add(graph, PROV.wasDerivedFrom, document)
    mapping.type(activity, PROV.Activity)
    mapping.add(activity, PROV.used, document)
    mapping.add(activity, DG.softwareVersion, Literal(facts.extractor))
    mapping.add(activity, DG.publishThreshold, decimal(mapping.threshold))


def map_evidence(mapping: Mapping) -> None:
    """One node a passage, supporting every fact noted for it that was not rejected."""
    text = mapping.privacy.mask_document(mapping.facts.text)
    rejected = mapping.rejected
    for passage, noted in mapping.support.items():
        nodes = noted - rejected
        if not nodes:
            continue
        node = mapping.iris.thing("evidence", f"{mapping.dockey}-{passage.start}-{passage.end}")
        mapping.type(node, DG.Evidence)
        mapping.add(node, DCT.source, mapping.document)
        mapping.add(node, DG.quote, Literal(text[passage.start : passage.end]))
        mapping.add(node, DG.start, integer(passage.start))
        mapping.add(node, DG.end, integer(passage.end))
        mapping.add(node, DG.page, integer(passage.page))
        for supported in nodes:
            mapping.add(node, DG.supports, supported)
