"""/ns and /shapes: the ontology and the shapes, as RDF, as pages made from them, and term by term."""
