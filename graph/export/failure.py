"""What goes wrong in an export."""

from __future__ import annotations


class ExportError(RuntimeError):
    """The export cannot be written; str() names the file and says what to do, in French."""
