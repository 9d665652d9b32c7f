"""What became of an upload, as its page tells it: stages while it runs, then each file, what needs a person first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from service.ingest.report import STAGES, Stage
from service.uploads.english import english
from service.uploads.jobs import Job

#: Published files shown, and reasons of one file; the list of documents has all of them.
_SHOWN: Final = 200
_REASONS: Final = 8

State = Literal["refused", "kept_out", "quarantined", "published"]


@dataclass(frozen=True)
class Reason:
    """Why, or what to do: in French, and in English (empty where it is not known in English)."""

    text: str
    english: str = ""


def reason(french: str) -> Reason:
    """A sentence of an ingest, in both languages."""
    return Reason(french, english(french))


@dataclass(frozen=True)
class Line:
    """One file: how its sender named it, what became of it, why, what to do; ``href`` its page once it is published."""

    file: str
    state: State
    reasons: tuple[Reason, ...] = ()
    remedy: Reason = Reason("")
    href: str = ""
    known: bool = False
    more: int = 0
    """How many reasons are not shown."""


@dataclass(frozen=True)
class Outcome:
    """The files of an upload, refused ones first; ``left`` published ones are not in ``lines``."""

    lines: tuple[Line, ...]
    counts: Mapping[State, int]
    left: int
    notices: tuple[Reason, ...]
    error: Reason
    """Why the ingest failed, empty where it did not."""


@dataclass(frozen=True)
class Step:
    """A stage of an ingest: its key, whether it is over, under way or to come; of the present one, how far it is."""

    name: Stage
    state: Literal["over", "now", "later"]
    done: int = 0
    total: int = 0


def stages(job: Job) -> tuple[Step, ...]:
    """The stages of a running ingest."""
    names: list[Stage] = list(STAGES)
    present = names.index(job.step.get("stage", "collect"))
    told = (job.step.get("done", 0), job.step.get("total", 0))
    return tuple(
        Step(name, "over") if place < present
        else Step(name, "now", *told) if place == present
        else Step(name, "later")
        for place, name in enumerate(names)
    )  # fmt: skip


def read(job: Job) -> Outcome:
    """What the report of a job says of its files; empty before its end."""
    found = list(_lines(job.report)) if job.report is not None else []
    counts: dict[State, int] = dict.fromkeys(("refused", "kept_out", "quarantined", "published"), 0)
    for line in found:
        counts[line.state] += 1
    published = [line for line in found if line.state == "published"]
    published.sort(key=lambda line: not line.reasons)
    lines = [line for line in found if line.state != "published"] + published[:_SHOWN]
    notices = tuple(map(reason, job.report.get("notices", ()))) if job.report is not None else ()
    return Outcome(tuple(lines), counts, max(0, len(published) - _SHOWN), notices, reason(job.error))


def _lines(report: Mapping[str, Any]) -> Iterator[Line]:
    states: tuple[State, ...] = ("refused", "kept_out")
    for state in states:
        for each in report[state]:
            yield Line(each["file"], state, (reason(each["reason"]),), reason(each["remedy"]))
    held = {each["key"]: each["violations"] for each in report["quarantined"]}
    known = report["english"]
    for each in report["offered"]:
        if each["state"] == "quarantined":
            yield _line(each, held.get(each["key"], ()), known)
    for each in report["offered"]:
        if each["state"] == "published":
            yield _line(each, report["warnings"].get(each["key"], ()), known, f"/document/{each['key']}")


def _line(told: Mapping[str, Any], findings: Iterable[str], known: Mapping[str, str], href: str = "") -> Line:
    shown = tuple(Reason(finding, known.get(finding, "")) for finding in dict.fromkeys(findings))
    more = max(0, len(shown) - _REASONS)
    return Line(told["file"], told["state"], shown[:_REASONS], Reason(""), href, told["known"], more)
