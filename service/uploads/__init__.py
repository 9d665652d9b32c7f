"""``POST /ingest``: documents sent over HTTP by whoever has the token, read and published by a process of its own."""
