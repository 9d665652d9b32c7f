"""What became of an upload, as its page tells it: stages while it runs, then each file, what needs a person first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from service.ingest.report import STAGES, Stage
from service.uploads.jobs import Job

#: Published files shown, and reasons of one file; the list of documents has all of them.
_SHOWN: Final = 200
_REASONS: Final = 8

State = Literal["refused", "kept_out", "quarantined", "published"]


@dataclass(frozen=True)
class Reason:
    """Why: in French, and in English where it is a finding of the gate (empty where not)."""

    text: str
    english: str = ""


@dataclass(frozen=True)
class Line:
    """One file: how its sender named it, what became of it, why, what to do; ``href`` its page once it is published."""

    file: str
    state: State
    reasons: tuple[Reason, ...] = ()
    remedy: str = ""
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
    return Outcome(tuple(lines), counts, max(0, len(published) - _SHOWN))


def _lines(report: Mapping[str, Any]) -> Iterator[Line]:
    states: tuple[State, ...] = ("refused", "kept_out")
    for state in states:
        for each in report[state]:
            yield Line(each["file"], state, (Reason(each["reason"]),), each["remedy"])
    held = {each["key"]: each["violations"] for each in report["quarantined"]}
    english = report["english"]
    for each in report["offered"]:
        if each["state"] == "quarantined":
            yield _line(each, held.get(each["key"], ()), english)
    for each in report["offered"]:
        if each["state"] == "published":
            yield _line(each, report["warnings"].get(each["key"], ()), english, f"/document/{each['key']}")


def _line(told: Mapping[str, Any], reasons: Iterable[str], english: Mapping[str, str], href: str = "") -> Line:
    shown = tuple(Reason(reason, english.get(reason, "")) for reason in dict.fromkeys(reasons))
    more = max(0, len(shown) - _REASONS)
    return Line(told["file"], told["state"], shown[:_REASONS], "", href, told["known"], more)
