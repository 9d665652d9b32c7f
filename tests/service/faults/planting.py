"""Documents put into a data directory as read ones, for processes that know no fixture."""

from pathlib import Path

from extract.facts import DocumentFacts
from service.ingest.documents import DocumentRecord, DocumentStore


def plant(data: Path, told: DocumentFacts) -> None:
    """Put a document with its facts into the store."""
    store = DocumentStore(data)
    store.raw_path(told.sha256).write_text(told.text, encoding="utf-8")
    store.facts_path(told.sha256).write_text(told.model_dump_json(), encoding="utf-8")
    store.accept(
        DocumentRecord(
            sha256=told.sha256, names=(told.file_name,), media_type="text/plain", size=len(told.text), first_seen="2026"
        )
    )
