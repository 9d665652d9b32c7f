"""A release as a file, in the formats that other tools read (DESIGN §8; docs/exports.md says what each is for)."""

from __future__ import annotations

from graph.export.export import EXPORTS_VERSION, FORMATS, Format, export
from graph.export.failure import ExportError

__all__ = ["EXPORTS_VERSION", "FORMATS", "ExportError", "Format", "export"]
