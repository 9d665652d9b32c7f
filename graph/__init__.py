"""Facts → RDF: resolution of names, IRIs, mapping, releases, projections and exports. Knows no spaCy."""
