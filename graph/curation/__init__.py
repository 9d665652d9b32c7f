"""Curation: what awaits a person's judgement, what was judged, and whether the judgements hold.

The log itself is read by :mod:`graph.resolve.judgement` and applied by the resolution; here it is written
(:mod:`log`), checked against what came of it (:mod:`audit`), and published (:mod:`provenance`, :mod:`matches`), with
the reasons of what was matched by machine (:mod:`merges`).
"""

from graph.curation.audit import Finding, audit
from graph.curation.log import append, sides, signatures
from graph.curation.matches import map_matches
from graph.curation.merges import merges_of
from graph.curation.provenance import map_judgements
from graph.curation.stakes import Award, awards

__all__ = [
    "Award",
    "Finding",
    "append",
    "audit",
    "awards",
    "map_judgements",
    "map_matches",
    "merges_of",
    "sides",
    "signatures",
]
