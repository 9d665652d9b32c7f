"""Documents → facts: readers, segmentation and the spaCy pipeline. Knows no RDF."""
