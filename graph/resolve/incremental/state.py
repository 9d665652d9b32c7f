"""The file beside the registry that remembers the last resolution, and whether what it remembers is still true."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from functools import cache
from importlib.resources import files
from pathlib import Path

from extract.facts import FACTS_VERSION
from graph.resolve.registry import Registry, RegistryError
from ontology.sources import package_files

#: Name of the file, in the folder of the registry.
FILE = "resolution.sqlite"
_SCHEMA = (Path(__file__).parents[1] / "data" / "incremental.sql").read_text(encoding="utf-8")
_SOURCES = (".py", ".toml", ".csv", ".sql", ".json", ".gz")
#: Beside the modules of the resolution, what of ours they use.
_USED = ("iri.py", "normal.py", "privacy.py")


class StateError(RegistryError):
    """What is remembered cannot be read: it is to be forgotten, and all resolved anew. str() says so, in French."""


class State:
    """The remembered resolution of one registry, attached to its connection as ``kept``."""

    def __init__(self, registry: Registry) -> None:
        """Open or make the file; one that is damaged is made anew. Raises sqlite3.Error where that fails, too."""
        self._registry = registry
        self._db = registry.connection
        self.path = None if registry.path == ":memory:" else Path(registry.path).with_name(FILE)
        try:
            self._attach()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            self.forget()
        if self._told("version") not in (None, version()):
            self.forget()  # an earlier release may have kept other columns

    def forget(self) -> None:
        """Begin anew with an empty file; outside of any transaction."""
        if any(row[1] == "kept" for row in self._db.execute("PRAGMA database_list")):
            self._db.execute("DETACH kept")
        if self.path:
            self.path.unlink(missing_ok=True)
            self.path.with_name(f"{FILE}-journal").unlink(missing_ok=True)
        self._attach()

    def renew(self) -> None:
        """Forget all that is remembered unless it is true for this code, these data and this registry."""
        if self._told("version") == version() and self._is_of_registry():
            return
        for (table,) in self._db.execute("SELECT name FROM kept.sqlite_master WHERE type = 'table'").fetchall():
            self._db.execute(f"DELETE FROM kept.{table}")  # noqa: S608 (names of our own schema)

    def settle(self) -> None:
        """What is remembered is now true for the registry as it stands; inside the transaction that made it so."""
        generation = secrets.token_hex(8)
        self._db.execute("INSERT OR REPLACE INTO main.remembered (only, generation) VALUES (1, ?)", (generation,))
        told = {"version": version(), "generation": generation, "minted": str(self._registry.minted)}
        self._db.executemany("INSERT OR REPLACE INTO kept.state (name, value) VALUES (?, ?)", told.items())

    def _attach(self) -> None:
        self._db.execute("ATTACH ? AS kept", (str(self.path or ":memory:"),))
        self._db.execute("PRAGMA kept.secure_delete = ON")  # what a removed document said must not stay on disk
        self._db.executescript(_SCHEMA)

    def _is_of_registry(self) -> bool:
        row = self._db.execute("SELECT generation FROM main.remembered").fetchone()
        return row is not None and (row[0], str(self._registry.minted)) == (
            self._told("generation"),
            self._told("minted"),
        )

    def _told(self, name: str) -> str | None:
        row = self._db.execute("SELECT value FROM kept.state WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None


@cache
def version() -> str:
    """A digest of all that decides who is who beside facts and judgements: code, reference data, version of facts."""
    digest = hashlib.sha256(f"facts {FACTS_VERSION}".encode())
    graph = files("graph")
    for folder in (graph.joinpath("resolve"), files("ontology")):
        for name, content in package_files(folder, _SOURCES):
            digest.update(name.encode() + b"\0" + content)
    for name in _USED:
        digest.update(name.encode() + b"\0" + graph.joinpath(name).read_bytes())
    return digest.hexdigest()
