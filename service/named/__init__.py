"""The named queries over HTTP: their forms, their answers in every format that fits, their description as RDF."""
