"""The index of the registers: one SQLite file beside the data, names → numbers."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from graph.registers.reading import Entry, RegisterError, Table, open_register
from graph.resolve.organisation_nodes import normal_words

_SCHEMA = (Path(__file__).parent / "registers.sql").read_text(encoding="utf-8")
#: Name of the index in a data directory.
INDEX = "registers.sqlite"
#: Rows written at once.
_BATCH = 20_000
#: Pages of the index held while a file is written, in KiB: names come in no order.
_CACHE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Added:
    """A file on its way into the index: rows read so far, rows kept, and whether it is done."""

    label: str
    rows: int
    kept: int
    done: bool = False


@dataclass(frozen=True, slots=True)
class Registered:
    """An entry of a register that bears a name. ``insee`` is the commune of its seat, where the files tell it."""

    register: str
    id: str
    name: str
    siret: str | None
    rna: str | None
    insee: str | None
    open: bool

    @property
    def siren(self) -> str | None:
        """Its SIREN, from its own number or that of its seat."""
        return self.id if self.register == "sirene" else (self.siret[:9] if self.siret else None)

    @property
    def association(self) -> str | None:
        """Its RNA number, its own or the one that SIRENE gives it."""
        return self.id if self.register == "rna" else self.rna


class RegisterIndex:
    """Names → entries of the registers. Raises :class:`RegisterError` for a file that is no index of ours."""

    def __init__(self, path: Path) -> None:
        """Open or create the index at ``path``."""
        self.path = path
        try:
            self._db = sqlite3.connect(path, timeout=30)
            self._db.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise RegisterError(
                f"{path} : index des registres illisible ({error}). Supprimer le fichier et relire les extraits."
            ) from error

    def __enter__(self) -> RegisterIndex:
        """Return the index itself, closed on leaving."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._db.close()

    def add(self, path: Path) -> Iterator[Added]:
        """Take in one file, batch after batch; an entry that is there is replaced. All of the file is kept, or nothing.

        Memory does not grow with the file. Raises :class:`RegisterError`, and OSError where the file cannot be opened.
        """
        self._db.execute(f"PRAGMA cache_size = -{_CACHE}")
        with open_register(path) as (table, rows):
            read = kept = 0
            try:
                while batch := list(islice(rows, _BATCH)):
                    entries = [entry for entry in batch if entry is not None]
                    (self._write_seats if table.is_seats else self._write)(table, entries)
                    read, kept = read + len(batch), kept + len(entries)
                    yield Added(table.label, read, kept)
                self._db.execute(
                    "INSERT OR REPLACE INTO source (file, label, rows, kept, read_on) VALUES (?, ?, ?, ?, ?)",
                    (path.name, table.label, read, kept, dt.datetime.now(dt.UTC).date().isoformat()),
                )
            except BaseException:
                self._db.rollback()
                raise
            self._db.commit()
        yield Added(table.label, read, kept, done=True)

    def sources(self) -> list[tuple[str, str, int, int, str]]:
        """The files taken in: name, what it is, rows, rows kept, day."""
        query = "SELECT file, label, rows, kept, read_on FROM source ORDER BY file"
        return [(str(f), str(label), int(r), int(k), str(d)) for f, label, r, k, d in self._db.execute(query)]

    def named(self, words: str) -> list[Registered]:
        """The entries that bear a name, given as its normal words (:func:`normal_words`) joined, in order of number."""
        rows = self._db.execute(
            "SELECT e.register, e.id, e.name, coalesce(e.siret, s.siret), e.rna, coalesce(e.insee, s.insee), e.open"
            " FROM form f JOIN entry e USING (register, id)"
            " LEFT JOIN seat s ON e.register = 'sirene' AND s.siren = e.id"
            " WHERE f.words = ? ORDER BY e.register, e.id",
            (words,),
        )
        return [
            Registered(register, number, name, siret, rna, insee, bool(is_open))
            for register, number, name, siret, rna, insee, is_open in rows
        ]

    def _write(self, table: Table, entries: list[Entry]) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO entry (register, id, name, siret, rna, insee, open) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(table.register, e.id, e.names[0], e.siret, e.rna, e.insee, e.open) for e in entries],
        )
        self._db.executemany(
            "DELETE FROM form WHERE register = ? AND id = ?", [(table.register, entry.id) for entry in entries]
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO form (words, register, id) VALUES (?, ?, ?)",
            [(" ".join(normal_words(name)), table.register, e.id) for e in entries for name in e.names],
        )

    def _write_seats(self, _: Table, entries: list[Entry]) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO seat (siren, siret, insee) VALUES (?, ?, ?)",
            [(e.id, e.siret, e.insee) for e in entries if e.siret and e.insee],
        )
