"""The command line, ``delibgraph``. :func:`main` is its entry point."""

from service.cli.app import main

__all__ = ["main"]
