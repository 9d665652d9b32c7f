"""Who is who, kept between runs: one more document costs in proportion to itself (see :class:`Identities`)."""

from graph.resolve.incremental.changes import Changes
from graph.resolve.incremental.identities import Identities

__all__ = ["Changes", "Identities"]
