"""Backup of a data directory while it is served and ingested into, and its restoring, checked file by file."""

from __future__ import annotations

from service.backup.archive import BackupError
from service.backup.restoring import Restored, restore
from service.backup.saving import Saved, backup

__all__ = ["BackupError", "Restored", "Saved", "backup", "restore"]
