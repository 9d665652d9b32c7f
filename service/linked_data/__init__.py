"""Linked data over HTTP: resources, graphs, ontology, shapes, dumps, VoID, health and metrics."""
