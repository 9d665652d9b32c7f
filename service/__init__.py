"""The faces: HTTP, pages, command line, settings, and the ingest that strings the rooms together."""
