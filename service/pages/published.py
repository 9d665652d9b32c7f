"""The published text of a document, as the live release keeps it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import Path

Key = Annotated[str, Path(pattern=r"^[0-9A-Za-z][0-9A-Za-z-]{0,80}$")]


@dataclass(frozen=True)
class Text:
    """The published text of a document: private names masked, offsets those of the evidence."""

    file_name: str
    media_type: str
    text: str
    page_starts: tuple[int, ...]


def read_text(release: FilePath, key: str) -> Text | None:
    """The published text of a document of a release, None where the release has none."""
    path = release / "texts" / f"{key}.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    starts = tuple(int(extent["start"]) for extent in found.get("pages") or ())
    return Text(found["file_name"], found["media_type"], found["text"], starts[1:])
