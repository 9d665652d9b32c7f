"""The vocabulary: ontology, its Python names and the reference data. Imports nothing of ours."""
