"""Releases: a directory each, built aside, put live by one atomic swap of the ``current`` link (DESIGN §2)."""

from __future__ import annotations

from graph.release.builder import BuildOptions, Published, build
from graph.release.layout import Release, ReleaseError, current, prune
from graph.release.removed import Removed, fingerprint, removal

__all__ = [
    "BuildOptions",
    "Published",
    "Release",
    "ReleaseError",
    "Removed",
    "build",
    "current",
    "fingerprint",
    "prune",
    "removal",
]
