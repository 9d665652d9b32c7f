"""Reads the files of the registers row by row: CSV, plain, gzipped or zipped, of any size."""

from __future__ import annotations

import csv
import gzip
import io
import lzma
import tomllib
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from ontology.identifiers import is_rna, is_siren, is_siret

#: How much of a file is looked at to know its encoding and separator, in bytes.
_SAMPLE = 1 << 20
#: What is raised of a file that is cut or damaged: a ValueError where its bytes are no text.
_DAMAGED = (
    csv.Error,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class RegisterError(ValueError):
    """A register file cannot be read; str() names the file, the place and what to do, in French."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. ``id`` is an RNA number or a SIREN; ``names`` the title first; a bare seat has no name."""

    id: str
    names: tuple[str, ...]
    siret: str | None
    rna: str | None
    insee: str | None
    open: bool


class _Rows(Protocol):
    """What ``csv.reader`` gives."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True)
class Table:
    """What a file holds, known by its columns."""

    key: str
    settings: Mapping[str, Any]

    @property
    def register(self) -> str:
        """Short name of the register: "rna" or "sirene"."""
        return str(self.settings["register"])

    @property
    def label(self) -> str:
        """Its name for people, in French."""
        return str(self.settings["label"])

    @property
    def is_seats(self) -> bool:
        """Whether the file tells seats of units that another file names."""
        return "seat" in self.settings


@cache
def tables() -> tuple[Table, ...]:
    """The files that are known, in the order in which they are tried."""
    loaded = tomllib.loads((Path(__file__).parent / "columns.toml").read_text("utf-8"))
    return tuple(Table(key, settings) for key, settings in loaded.items())


@contextmanager
def open_register(path: Path) -> Iterator[tuple[Table, Iterator[Entry | None]]]:
    """The table that ``path`` is, and its rows one after the other; None for a row that has no usable number or name.

    Raises :class:`RegisterError` for a file that is none of the known ones, and for one that breaks off.
    """
    try:
        with _bytes(path) as raw:
            sample = cast(io.BufferedReader, raw).peek(_SAMPLE)[:_SAMPLE]
            text = io.TextIOWrapper(raw, encoding=_encoding(sample), newline="")
            rows = csv.reader(text, delimiter=";" if _first_line(sample).count(b";") else ",")
            header = next(rows, [])
            table = _known(path, header)
            yield table, _entries(path, table, _Columns.of(table, header), rows)
    except RegisterError:
        raise
    except (*_DAMAGED, OSError) as error:
        if isinstance(error, OSError) and error.filename is not None:  # it cannot be opened: the system says why
            raise
        raise RegisterError(f"{path} : fichier illisible ({error}). Télécharger à nouveau le fichier.") from error


@contextmanager
def _bytes(path: Path) -> Iterator[BinaryIO]:
    """The bytes of the one CSV that a file is or holds."""
    if path.suffix.lower() == ".gz":
        with gzip.open(path, "rb") as packed, io.BufferedReader(cast(io.RawIOBase, packed), _SAMPLE) as unpacked:
            yield unpacked
    elif path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
            if len(names) != 1:
                raise RegisterError(
                    f"{path} : l'archive contient {len(names)} fichiers CSV, un seul est attendu. La décompresser."
                )
            with archive.open(names[0]) as member, io.BufferedReader(cast(io.RawIOBase, member), _SAMPLE) as unpacked:
                yield unpacked
    else:
        with path.open("rb", buffering=_SAMPLE) as plain:
            yield plain


def _encoding(sample: bytes) -> str:
    """UTF-8 where the sample is, else the Windows code page of the older RNA files."""
    cut = sample[: sample.rfind(b"\n") + 1] or sample
    try:
        cut.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _first_line(sample: bytes) -> bytes:
    return sample.split(b"\n", 1)[0]


def _known(path: Path, columns: Sequence[str]) -> Table:
    for table in tables():
        if set(table.settings["needs"]) <= set(columns):
            return table
    wanted = " ; ".join(f"{t.label} ({', '.join(t.settings['needs'])})" for t in tables())
    raise RegisterError(f"{path} : ces colonnes ne sont pas celles d'un registre connu. Sont attendues : {wanted}.")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the cells of use stand among the tens of a row, -1 for a column that the file does not have."""

    id: int
    names: tuple[int, ...]
    siret: int
    rna: int
    insee: int
    state: int
    seat: int
    skip: int

    @classmethod
    def of(cls, table: Table, header: Sequence[str]) -> _Columns:
        """The places of the columns of ``table`` in a file of this header."""
        settings, places = table.settings, {name: at for at, name in reversed(list(enumerate(header))) if name}
        one = {key: places.get(settings.get(key, ""), -1) for key in ("id", "siret", "rna", "insee", "state", "seat")}
        names = tuple(places.get(name, -1) for name in (settings.get("name", ""), *settings.get("short", ())))
        return cls(names=names, skip=places.get(settings.get("skip", {}).get("column", ""), -1), **one)


def _entries(path: Path, table: Table, columns: _Columns, rows: _Rows) -> Iterator[Entry | None]:
    try:
        for row in rows:
            if row:
                yield _entry(table, columns, row)
    except (UnicodeDecodeError, csv.Error) as error:
        raise RegisterError(
            f"{path}, ligne {rows.line_num} : illisible ({error}). Corriger la ligne ou télécharger à nouveau."
        ) from error


def _entry(table: Table, columns: _Columns, row: Sequence[str]) -> Entry | None:
    settings = table.settings
    if columns.skip >= 0 and _cell(row, columns.skip).startswith(tuple(settings["skip"]["prefixes"])):
        return None
    if table.is_seats and _cell(row, columns.seat).lower() != "true":
        return None
    number = _cell(row, columns.id)
    if not (is_rna(number) if table.register == "rna" else is_siren(number)):
        return None
    names = tuple(filter(None, (_cell(row, at) for at in columns.names)))
    if not names and not table.is_seats:
        return None
    siret, rna = _cell(row, columns.siret), _cell(row, columns.rna)
    return Entry(
        id=number,
        names=names,
        siret=siret if is_siret(siret) else None,
        rna=rna if is_rna(rna) else None,
        insee=_cell(row, columns.insee) or None,
        open=_cell(row, columns.state) not in settings.get("closed", ()),
    )


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if 0 <= at < len(row) else ""
