"""What is fuzzed: everything that reads what others wrote. A target takes bytes, and gives the text that it read.

It raises one of REFUSALS, whose words are for the user, or nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, Store

from extract.errors import DocumentError
from extract.read import kinds, read_bytes
from extract.read.pictures import page_picture
from graph.registers import RegisterError
from graph.registers.reading import open_register
from graph.resolve.judgement import JudgementError, read_judgements
from service.backup import BackupError, restore
from service.cli.console import CommandError
from service.cli.findings import of_file
from service.ingest.archive import ArchiveLimits
from service.ingest.documents import DocumentStore
from service.ingest.intake import Doors, receive
from service.ingest.removals import Removals
from service.ingest.report import unwatched
from service.ingest.sources import Limits
from service.problems import Problem
from service.sparql.screen import screen

REFUSALS = (DocumentError, RegisterError, JudgementError, CommandError, BackupError, Problem)
Read = Callable[[bytes, Path], str]


@dataclass(frozen=True)
class Target:
    """A reader, and the suffix by which its files are changed; ``may_last`` where its users are ended at a bound."""

    read: Read
    suffix: str
    may_last: bool = False


def _document(name: str) -> Read:
    def read(data: bytes, scratch: Path) -> str:
        source = read_bytes(name, data)
        assert source.text.strip()
        assert "\0" not in source.text
        source.text.encode()
        assert all(0 <= page.start <= page.end <= len(source.text) for page in source.pages)
        return source.text + " ".join(source.notices)

    return read


def _picture(data: bytes, scratch: Path) -> str:
    kind = kinds.kind_of("image.png", data)
    page_picture("image.png", kind.media_type, data, 1, 300)
    return ""


_LIMITS = Limits(file_bytes=1 << 20, archive=ArchiveLimits(entries=50, total_bytes=4 << 20, ratio=100))


def _archive(data: bytes, scratch: Path) -> str:
    place = _file(scratch, "actes.zip", data)
    shutil.rmtree(scratch / "data", ignore_errors=True)
    store = DocumentStore(scratch / "data")
    received = receive([place], Doors(store, Removals(scratch / "data", store), _LIMITS), unwatched)
    for refusal in received.refused:
        assert refusal.reason
        assert refusal.remedy
    told = " ".join(name for names in received.names.values() for name in names)
    (told + " ".join(f"{refusal.file} {refusal.reason}" for refusal in received.refused)).encode()
    return told


def _register(suffix: str) -> Read:
    def read(data: bytes, scratch: Path) -> str:
        with open_register(_file(scratch, f"rna{suffix}", data)) as (_, entries):
            return " ".join(" ".join(entry.names) for entry in entries if entry)

    return read


def _judgements(data: bytes, scratch: Path) -> str:
    return " ".join(judgement.reason for judgement in read_judgements(_file(scratch, "judgements.jsonl", data)))


def _graph(suffix: str) -> Read:
    def read(data: bytes, scratch: Path) -> str:
        return " ".join(finding.message for finding in of_file(_file(scratch, f"graphe{suffix}", data)))

    return read


def _backup(data: bytes, scratch: Path) -> str:
    place = _file(scratch, "sauvegarde.tar", data)
    shutil.rmtree(scratch / "data", ignore_errors=True)
    restore(place, scratch / "data")
    return ""


def _query(data: bytes, scratch: Path) -> str:
    """What the screen lets through neither calls out nor brings the engine down."""
    query = data.decode("utf-8", "replace")
    screen(query, max_bytes=65_536, max_nesting=100)
    store = Store()
    store.add(Quad(NamedNode("http://127.0.0.1:1/a"), NamedNode("http://127.0.0.1:1/p"), Literal(1)))
    try:
        answer = store.query(query)
        if not isinstance(answer, QueryBoolean):
            for _ in answer:
                pass
    except OSError as error:
        raise AssertionError(f"it called out: {error}") from error
    except (SyntaxError, RuntimeError, ValueError):
        return ""
    return ""


def _file(scratch: Path, name: str, data: bytes) -> Path:
    place = scratch / name
    place.write_bytes(data)
    return place


TARGETS = {
    "pdf": Target(_document("acte.pdf"), ".pdf"),
    "docx": Target(_document("acte.docx"), ".docx"),
    "odt": Target(_document("acte.odt"), ".odt"),
    "fodt": Target(_document("acte.fodt"), ".fodt"),
    "html": Target(_document("acte.html"), ".html"),
    "rtf": Target(_document("acte.rtf"), ".rtf"),
    "markdown": Target(_document("acte.md"), ".md"),
    "text": Target(_document("acte.txt"), ".txt"),
    "picture": Target(_picture, ".png"),
    "archive": Target(_archive, ".zip"),
    "register": Target(_register(".csv"), ".csv"),
    "packed-register": Target(_register(".zip"), ".zip"),
    "gzipped-register": Target(_register(".csv.gz"), ".gz"),
    "judgements": Target(_judgements, ".jsonl"),
    "turtle": Target(_graph(".ttl"), ".ttl"),
    "rdfxml": Target(_graph(".rdf"), ".rdf"),
    "jsonld": Target(_graph(".jsonld"), ".jsonld"),
    "trig": Target(_graph(".trig"), ".trig"),
    "ntriples": Target(_graph(".nt"), ".nt"),
    "query": Target(_query, ".rq", may_last=True),
    "backup": Target(_backup, ".tar"),
}


def load() -> None:
    """Import what the targets import when first asked, before files that are opened for writing are watched."""
    import extract.read.docx
    import extract.read.html
    import extract.read.images
    import extract.read.odt
    import extract.read.pdf  # noqa: F401
