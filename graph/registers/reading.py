"""Reads the files of the registers row by row: CSV, plain, gzipped or zipped, of any size."""

from __future__ import annotations

import csv
import gzip
import io
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, cast

from ontology.identifiers import is_rna, is_siren, is_siret

#: How much of a file is looked at to know its encoding and separator, in bytes.
_SAMPLE = 1 << 20


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
            rows = csv.DictReader(text, delimiter=";" if _first_line(sample).count(b";") else ",")
            table = _known(path, rows.fieldnames or ())
            yield table, _entries(path, table, rows)
    except (UnicodeDecodeError, csv.Error, zipfile.BadZipFile, gzip.BadGzipFile, EOFError) as error:
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


def _known(path: Path, columns: Any) -> Table:
    for table in tables():
        if set(table.settings["needs"]) <= set(columns):
            return table
    wanted = " ; ".join(f"{t.label} ({', '.join(t.settings['needs'])})" for t in tables())
    raise RegisterError(f"{path} : ces colonnes ne sont pas celles d'un registre connu. Sont attendues : {wanted}.")


def _entries(path: Path, table: Table, rows: csv.DictReader[str]) -> Iterator[Entry | None]:
    try:
        for row in rows:
            yield _entry(table, row)
    except (UnicodeDecodeError, csv.Error) as error:
        raise RegisterError(
            f"{path}, ligne {rows.line_num} : illisible ({error}). Corriger la ligne ou télécharger à nouveau."
        ) from error


def _entry(table: Table, row: Mapping[str, str | None]) -> Entry | None:
    settings = table.settings
    skip = settings.get("skip")
    if skip and _cell(row, skip["column"]).startswith(tuple(skip["prefixes"])):
        return None
    if table.is_seats and _cell(row, settings["seat"]).lower() != "true":
        return None
    number = _cell(row, settings["id"])
    if not (is_rna(number) if table.register == "rna" else is_siren(number)):
        return None
    names = tuple(filter(None, (_cell(row, column) for column in (settings.get("name"), *settings.get("short", ())))))
    if not names and not table.is_seats:
        return None
    siret, rna = _cell(row, settings.get("siret")), _cell(row, settings.get("rna"))
    return Entry(
        id=number,
        names=names,
        siret=siret if is_siret(siret) else None,
        rna=rna if is_rna(rna) else None,
        insee=_cell(row, settings.get("insee")) or None,
        open=_cell(row, settings.get("state")) not in settings.get("closed", ()),
    )


def _cell(row: Mapping[str, str | None], column: str | None) -> str:
    return (row.get(column) or "").strip() if column else ""
