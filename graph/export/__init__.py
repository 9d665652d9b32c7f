"""A release as a file, in the formats that other tools read (DESIGN §8)."""

from __future__ import annotations

from graph.export.export import FORMATS, ExportError, export

__all__ = ["FORMATS", "ExportError", "export"]
