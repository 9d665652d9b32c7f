"""Reconciliation Service API 0.2 (W3C Entity Reconciliation Community Group), for OpenRefine and its kin.

A name is matched by the resolution's own matchers (:mod:`graph.resolve.asking`) among the things that the search index
finds for it; a candidate is a ``match`` only where an act that wrote the name would have been tied to that thing.
Source: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""
