"""Whether a data directory still is what was written: every file that has a digest, every database, the log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.release import ReleaseError, current, sums
from graph.resolve import JudgementError, read_judgements

_AGAIN: Final = (
    "Remettez ce fichier d'une sauvegarde (delibgraph restore), ou ôtez-le et redonnez le document à ingest."
)
_FRESH: Final = "Refaites la version : delibgraph ingest --fresh."
_DATABASES: Final = {
    "identities.sqlite": "Remettez-la d'une sauvegarde (delibgraph restore) : les adresses frappées ne se refont pas.",
    "registers.sqlite": "Ôtez ce fichier et relisez les registres : delibgraph registers FICHIER…",
}
_HEX: Final = 64


@dataclass(frozen=True)
class Fault:
    """A file that is not what was written: where, why and what to do, in French."""

    file: Path
    reason: str
    remedy: str


@dataclass(frozen=True)
class Verified:
    """What was looked at. ``release`` is the live one, None where nothing is published or it cannot be read.

    ``unsigned``: it was published by a version that wrote no digests of its files.
    """

    files: int
    release: str | None
    unsigned: bool
    faults: tuple[Fault, ...]


def verify(data: Path) -> Verified:
    """Read every byte that has a digest. Nothing is changed; service and ingest may go on meanwhile."""
    faults: list[Fault] = []
    files = 0
    for fault in (*_documents(data), *_databases(data), *_log(data)):
        files += 1
        faults += [fault] if fault is not None else []
    try:
        live = current(data)
    except ReleaseError as error:
        return Verified(files, None, False, (*faults, Fault(data / "current", str(error), _FRESH)))
    if live is None:
        return Verified(files, None, False, tuple(faults))
    for name, is_damaged in sums.damaged(live):
        files += 1
        if is_damaged:
            faults.append(Fault(live.path / name, "n'est plus ce qui fut publié", _FRESH))
    if faults and not live.path.exists():  # replaced and pruned while it was read
        return verify(data)
    return Verified(files, live.id, not (live.path / sums.FILE).exists(), tuple(faults))


def _documents(data: Path) -> Iterator[Fault | None]:
    """The bytes of documents, which are called by their digest."""
    kept = {path.with_suffix("") for path in (data / "documents").glob("*.json")}
    for folder in ("documents", "bin"):
        kept |= {path for path in (data / folder).glob("*") if len(path.name) == _HEX and path.is_file()}
    for path in sorted(kept):
        try:
            whole = sums.digest(path) == path.name
        except FileNotFoundError:
            if not path.with_suffix(".json").exists():  # removed meanwhile
                continue
            yield Fault(path, "les octets de ce document manquent", _AGAIN)
        except OSError as error:
            yield Fault(path, f"illisible ({error.strerror})", _AGAIN)
        else:
            yield None if whole else Fault(path, "n'est plus le document reçu", _AGAIN)


def _databases(data: Path) -> Iterator[Fault | None]:
    for name, remedy in _DATABASES.items():
        path = data / name
        if not path.exists():
            continue
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base:
                told = str(base.execute("PRAGMA integrity_check(1)").fetchone()[0])
        except sqlite3.Error as error:
            told = str(error)
        yield None if told == "ok" else Fault(path, f"base abîmée ({told})", remedy)


def _log(data: Path) -> Iterator[Fault | None]:
    path = data / "curation" / "judgements.jsonl"
    if path.exists():
        try:
            read_judgements(path)
        except JudgementError as error:
            yield Fault(path, "décision illisible", str(error))
        else:
            yield None
