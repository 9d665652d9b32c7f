"""Who is who, kept between runs: one more document costs in proportion to itself (see :class:`KeptResolver`)."""

from graph.resolve.incremental.resolver import KeptResolver
from graph.resolve.incremental.state import State, StateError

__all__ = ["KeptResolver", "State", "StateError"]
