"""Named SPARQL queries, one .rq file each, and their loader."""
