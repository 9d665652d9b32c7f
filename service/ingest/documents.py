"""The documents of a data directory: raw bytes by content hash, what is known of each, and the cache of facts.

::

    documents/<sha256>        the bytes as received, never changed
    documents/<sha256>.json   DocumentRecord; a document without one has not been accepted
    facts/<sha256>.json       DocumentFacts, valid under the extractor version they carry
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ConfigDict, ValidationError

from extract.facts import FACTS_VERSION, DocumentFacts
from service.ingest.checked import Checked
from service.ingest.files import PARTIAL, sweep_partial, write_atomically

_CHUNK = 1 << 20
#: Documents whose facts are kept in memory: an ingest of that many reads them once. One of more goes through all in one
#: order, and meets none of the last ones again: it keeps this many instead.
_RECENT = 200
_OF_MANY = 2


class TooLarge(Exception):
    """A stream holds more bytes than allowed."""


class RecordError(Exception):
    """What is known of a document cannot be read; str() names the file and says what to do, in French."""


class DocumentRecord(BaseModel):
    """What is known of a document. `names` are the base names it was received under, sorted."""

    model_config = ConfigDict(frozen=True)

    sha256: str
    names: tuple[str, ...]
    media_type: str
    size: int
    first_seen: str

    @property
    def name(self) -> str:
        """The name it is published under: the first in order, so that the order of ingests does not matter."""
        return self.names[0]

    @property
    def key(self) -> str:
        """Its key in IRIs."""
        return self.sha256[:16]


class DocumentStore:
    """The `documents/` and `facts/` folders of one data directory. Writers hold the lock of the directory."""

    def __init__(self, data: Path, checked: Checked | None = None) -> None:
        """Makes the two folders where they are missing. ``checked``: facts that need not be looked over again."""
        self._documents = data / "documents"
        self._facts = data / "facts"
        self._checked = checked
        self._recent: OrderedDict[str, tuple[str, DocumentFacts]] = OrderedDict()
        self._most = _RECENT
        for folder in (self._documents, self._facts):
            folder.mkdir(parents=True, exist_ok=True)

    def raw_path(self, sha256: str) -> Path:
        """Where the bytes of a document are."""
        return self._documents / sha256

    def facts_path(self, sha256: str) -> Path:
        """Where its facts are, once read."""
        return self._facts / f"{sha256}.json"

    def keep(self, stream: IO[bytes], limit: int) -> str:
        """Copy a stream into the store; returns its SHA-256. Raises TooLarge past `limit` bytes, OSError."""
        digest = hashlib.sha256()
        size = 0
        with tempfile.NamedTemporaryFile(prefix=PARTIAL, dir=self._documents) as partial:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    raise TooLarge
                digest.update(chunk)
                partial.write(chunk)
            sha256 = digest.hexdigest()
            target = self.raw_path(sha256)
            if not target.exists():
                partial.flush()
                os.fsync(partial.fileno())
                os.link(partial.name, target)
        return sha256

    def record(self, sha256: str) -> DocumentRecord | None:
        """What is known of a document, None when it is not accepted."""
        path = self._documents / f"{sha256}.json"
        return _record(path) if path.exists() else None

    def accept(self, record: DocumentRecord) -> None:
        """Make a document part of the dataset, or update what is known of it."""
        content = record.model_dump_json(indent=1).encode()
        write_atomically(self._documents / f"{record.sha256}.json", content)

    def accepted(self) -> list[DocumentRecord]:
        """Every document of the dataset, in the order of their hashes. Raises RecordError."""
        return list(self.records())

    def records(self) -> Iterator[DocumentRecord]:
        """The same, one at a time."""
        for sha256 in self.digests():
            yield _record(self._documents / f"{sha256}.json")

    def digests(self) -> list[str]:
        """SHA-256 of every document of the dataset, in order."""
        with os.scandir(self._documents) as found:
            return sorted(each.name.removesuffix(".json") for each in found if each.name.endswith(".json"))

    def dismiss(self, sha256: str) -> None:
        """Take a document out of the dataset, its facts with it; its bytes stay until :meth:`sweep`."""
        self._recent.pop(sha256, None)
        for path in (self._documents / f"{sha256}.json", self.facts_path(sha256)):
            path.unlink(missing_ok=True)

    def sweep_partial(self) -> None:
        """Remove what a killed ingest left half-written."""
        sweep_partial(self._documents)
        sweep_partial(self._facts)

    def sweep(self) -> None:
        """Remove what no record speaks of: the files that were refused."""
        kept = set(self.digests())
        for folder in (self._documents, self._facts):
            with os.scandir(folder) as found:
                gone = [each.path for each in found if each.name.partition(".")[0] not in kept]
            for path in gone:
                os.unlink(path)  # noqa: PTH108

    def stamp(self, sha256: str) -> str:
        """What changes whenever the facts of a document are written anew. Raises OSError."""
        found = os.stat(f"{self._facts}/{sha256}.json")  # noqa: PTH116 (asked of each document, several times)
        return f"{found.st_ino}-{found.st_size}-{found.st_mtime_ns}"

    def is_read(self, sha256: str, extractor: str) -> bool:
        """Whether there are good facts of a document, by this extractor. Those known to be good are not opened."""
        try:
            stamp = f"{self.stamp(sha256)} {extractor} {FACTS_VERSION}"
        except FileNotFoundError:
            return False
        if self._checked is not None and self._checked.holds(sha256, stamp):
            return True
        if self._load(sha256, extractor) is None:
            return False
        if self._checked is not None:
            self._checked.note(sha256, stamp)
        return True

    def facts(self, sha256: str, name: str, extractor: str) -> DocumentFacts | None:
        """The cached facts of a document, under the name given; None when missing, stale or damaged."""
        facts = self._load(sha256, extractor)
        return facts if facts is None or facts.file_name == name else facts.model_copy(update={"file_name": name})

    def good_facts(self, sha256: str, name: str, *, extractor: str) -> DocumentFacts:
        """The facts of a document of which :meth:`is_read` holds. Raises RecordError where they are damaged yet."""
        facts = self.facts(sha256, name, extractor)
        if facts is None:
            if self._checked is not None:
                self._checked.forget(sha256)
            raise RecordError(
                f"{self.facts_path(sha256)} : ce qui a été lu de « {name} » est abîmé. Relancez la"
                " commande : le document sera relu."
            )
        return facts

    def _load(self, sha256: str, extractor: str) -> DocumentFacts | None:
        """What was read of a document; the last ones are remembered."""
        try:
            stamp = self.stamp(sha256)
            known = self._recent.get(sha256)
            if known is None or known[0] != stamp:
                known = stamp, DocumentFacts.model_validate_json(self.facts_path(sha256).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None
        facts = known[1]
        if (facts.extractor, facts.facts_version) != (extractor, FACTS_VERSION):
            return None
        self._recent[sha256] = known
        self._recent.move_to_end(sha256)
        if len(self._recent) > self._most:
            self._most = _OF_MANY
        while len(self._recent) > self._most:
            self._recent.popitem(last=False)
        return facts


def _record(path: Path) -> DocumentRecord:
    try:
        return DocumentRecord.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise RecordError(
            f"{path} : fiche de document abîmée. Ôtez ce fichier, puis redonnez le document à « delibgraph ingest »"
            f" (ses octets sont dans {path.with_suffix('')})."
        ) from error
