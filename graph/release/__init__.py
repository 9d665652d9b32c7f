"""Releases: a directory each, built aside, put live by one atomic swap of the ``current`` link (DESIGN §2)."""

from __future__ import annotations

from graph.release.builder import BuildOptions, Published, build
from graph.release.difference import Difference, Thing, difference
from graph.release.history import Listed, find, history, roll_back, rolled_back
from graph.release.layout import STORE_ERRORS, Release, ReleaseError, current, drop_holding, standing
from graph.release.piece import Identities, Later, Piece, Prepared, Since
from graph.release.removed import Removed, fingerprint, removal

__all__ = [
    "STORE_ERRORS",
    "BuildOptions",
    "Difference",
    "Identities",
    "Later",
    "Listed",
    "Piece",
    "Prepared",
    "Published",
    "Release",
    "ReleaseError",
    "Removed",
    "Since",
    "Thing",
    "build",
    "current",
    "difference",
    "drop_holding",
    "find",
    "fingerprint",
    "history",
    "removal",
    "roll_back",
    "rolled_back",
    "standing",
]
