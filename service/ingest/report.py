"""What an ingest tells: progress while it runs, and a report at its end that a person and a program can read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Final, Literal

Stage = Literal["collect", "read", "resolve", "gate", "release"]
#: The stages in their order, as they are called on a terminal and on a page.
STAGES: Final[dict[Stage, str]] = {
    "collect": "Réception",
    "read": "Lecture",
    "resolve": "Rapprochement des noms",
    "gate": "Contrôle",
    "release": "Publication",
}


@dataclass(frozen=True)
class Progress:
    """One step done: `done` of `total` items of `stage`; `total` 0 means not known yet. `label` names the item."""

    stage: Stage
    done: int
    total: int
    label: str = ""


Watcher = Callable[[Progress], None]


def unwatched(_step: Progress) -> None:
    """A watcher that looks away."""


@dataclass(frozen=True, order=True)
class Refusal:
    """A file that gave nothing: `file` as the user named it, reason and remedy in French."""

    file: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        """One sentence that a user can act on."""
        return f"{self.file} : {self.reason}. {self.remedy}"


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the dataset: its base name, its key (16 hex) and the findings of the gate, in French."""

    file: str
    key: str
    violations: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Offered:
    """A readable document of this ingest: `file` as the user named it, its key, whether the dataset had it before."""

    file: str
    key: str
    known: bool


@dataclass
class IngestReport:
    """The outcome of one ingest, over the whole dataset.

    `release` is the id of the live release (None: there is none), `changed` tells whether this ingest made it;
    `received` is the number of documents offered now, `new` of those never seen before. `published` and
    `quarantined` are all documents of the dataset, `offered`, `refused` and `ignored` the files of this ingest (the
    first those that could be read, each among the published or the quarantined by its key); `to_review` is
    the number of readings of the dataset that are too unsure to be published; `curation` tells each judgement in force
    that came to nothing (stale, contradicted), in French. `kept_out` are files of documents that were removed and stay
    so, `back` those that come back, `notices` what else the user should know, in French. `english` has the findings of
    the gate in English, by the French ones.
    """

    release: str | None = None
    changed: bool = False
    received: int = 0
    new: int = 0
    offered: list[Offered] = field(default_factory=list)
    published: list[Document] = field(default_factory=list)
    quarantined: list[Document] = field(default_factory=list)
    to_review: int = 0
    curation: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    kept_out: list[Refusal] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    english: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """0 when everything is published, 1 when something is quarantined or refused (DESIGN §8)."""
        return 1 if self.quarantined or self.refused else 0

    def as_dict(self) -> dict[str, object]:
        """The report for `--json`."""
        return {
            "release": self.release,
            "changed": self.changed,
            "received": self.received,
            "new": self.new,
            "offered": [{"file": o.file, "key": o.key, "known": o.known} for o in self.offered],
            "published": [_document(item) for item in self.published],
            "quarantined": [_document(item) for item in self.quarantined],
            "to_review": self.to_review,
            "curation": self.curation,
            "refused": [asdict(refusal) for refusal in self.refused],
            "ignored": self.ignored,
            "kept_out": [asdict(refusal) for refusal in self.kept_out],
            "back": self.back,
            "notices": self.notices,
            "english": self.english,
            "seconds": {stage: round(seconds, 3) for stage, seconds in self.seconds.items()},
        }

    def warnings(self) -> Iterator[tuple[Document, str]]:
        """Each warning of the published documents."""
        for document in self.published:
            for warning in document.warnings:
                yield document, warning


def _document(item: Document) -> dict[str, object]:
    return {
        "file": item.file,
        "key": item.key,
        "violations": list(item.violations),
        "warnings": list(item.warnings),
    }
