"""Ingests of what was uploaded: one at a time, each a `delibgraph ingest` of its own, whose memory goes with it."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import re
import secrets
import shutil
import sys
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import orjson

from service.settings import PREFIX, Settings, table

#: Jobs that can still be asked about.
_KEPT: Final = 50
#: Seconds that an ingest has to end by itself when the service stops.
_GRACE: Final = 5.0
#: Exit codes of `delibgraph ingest` with a report: all published, some set aside.
_REPORTED: Final = (0, 1)
#: What a report keeps for the page alone.
_OF_THE_PAGE: Final = ("warnings", "english")
#: Bytes of a line of standard error.
_LONGEST_LINE: Final = 1024 * 1024
#: The folder that a file of a form gets, so that two may bear one name (:mod:`service.uploads.parts`).
_PLACE: Final = re.compile(r"^\d{4}/")

State = Literal["running", "done", "failed"]


@dataclass
class Job:
    """One ingest of one upload.

    ``step`` is the last one told while it runs (stage, done, total); ``report`` is there once it is done, ``error`` in
    French where it failed.
    """

    name: str
    id: str = field(default_factory=lambda: secrets.token_hex(12))
    begun: dt.datetime = field(default_factory=lambda: dt.datetime.now().astimezone())
    state: State = "running"
    step: Mapping[str, Any] = field(default_factory=dict)
    report: Mapping[str, Any] | None = None
    error: str = ""
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    def as_dict(self) -> dict[str, Any]:
        """The job as it is told."""
        told: dict[str, Any] = {"id": self.id, "file": self.name, "state": self.state}
        if self.state == "running" and self.step:
            told["step"] = self.step
        if self.report is not None:
            told["report"] = {name: value for name, value in self.report.items() if name not in _OF_THE_PAGE}
        if self.error:
            told["error"] = self.error
        return told


class Jobs:
    """The jobs of one application; belongs to one event loop."""

    def __init__(self, settings: Settings) -> None:
        """Nothing runs before :meth:`start`."""
        self._settings = settings
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._task: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._taken = False

    @property
    def incoming(self) -> Path:
        """Where uploads arrive: beside the data, on the same disk."""
        return self._settings.data / "incoming"

    def sweep(self) -> None:
        """Remove what an upload left that was cut short with the service."""
        shutil.rmtree(self.incoming, ignore_errors=True)

    def take(self) -> bool:
        """Take the only place there is; whether it was free."""
        free, self._taken = not self._taken, True
        return free

    def give_back(self) -> None:
        """Give the place back, where nothing was started."""
        self._taken = False

    def find(self, identifier: str) -> Job | None:
        """A job by its id, None for one that is not known, or no longer."""
        return self._jobs.get(identifier)

    def recent(self) -> list[Job]:
        """The jobs that are known, the latest first."""
        return list(self._jobs.values())[::-1]

    def start(self, name: str, folder: Path) -> Job:
        """Ingest ``folder``, which goes when that is done; the place must have been taken."""
        job = Job(name)
        self._jobs[job.id] = job
        while len(self._jobs) > _KEPT:
            self._jobs.popitem(last=False)
        self._task = asyncio.create_task(self._run(job, folder))
        return job

    async def close(self) -> None:
        """End what runs: the live release stays, what was taken in is read by the next ingest."""
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.terminate()
            try:
                async with asyncio.timeout(_GRACE):
                    await self._process.wait()
            except TimeoutError:
                self._process.kill()
        if self._task is not None:
            await self._task

    async def _run(self, job: Job, folder: Path) -> None:
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "service.cli", "ingest", str(folder), "--json", "--steps",
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env=_environment(self._settings),
                start_new_session=True,
                limit=_LONGEST_LINE,
            )  # fmt: skip
            told, complaint = await asyncio.gather(_all(self._process.stdout), _follow(self._process.stderr, job))
            self._note(job, await self._process.wait(), told, complaint, folder)
        except OSError as error:
            job.state, job.error = "failed", f"L'ingestion n'a pas pu être lancée ({error.strerror})."
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self._process = None
            self._taken = False
            job.ended.set()

    @staticmethod
    def _note(job: Job, code: int, told: bytes, complaint: str, folder: Path) -> None:
        if code in _REPORTED:
            with suppress(orjson.JSONDecodeError):
                job.report, job.state = digest(orjson.loads(told), folder), "done"
                return
        job.state, job.error = "failed", (complaint or f"code {code}").removeprefix("delibgraph : ")


def _environment(settings: Settings) -> dict[str, str]:
    """The settings of this process, but for its secrets, as the environment of another."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    values = settings.model_dump(exclude={setting.name for setting in table() if setting.help.secret})
    told = {f"{PREFIX}{name.upper()}": str(value) for name, value in values.items()}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **told}


async def _all(stream: asyncio.StreamReader | None) -> bytes:
    return await stream.read() if stream is not None else b""


async def _follow(stream: asyncio.StreamReader | None, job: Job) -> str:
    """Note each step that is told on standard error; returns the last line that is none."""
    last = ""
    while stream is not None and (line := await stream.readline()):
        text = line.decode(errors="replace").strip()
        if text.startswith('{"stage"'):
            job.step = orjson.loads(text)
        elif text:
            last = text
    return last


def digest(report: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The report of an ingest as it is kept: of the documents that are published, how many there are.

    ``folder``, where the upload was, is taken off the names of files. Each document offered gets its ``state``,
    ``published`` or ``quarantined``; ``warnings`` are those of the documents offered now, by key, ``english`` how they
    and the violations are told in English.
    """
    held = {each["key"] for each in report["quarantined"]}
    offered = [
        {**each, "file": named(each["file"], folder), "state": "quarantined" if each["key"] in held else "published"}
        for each in report["offered"]
    ]
    keys = {each["key"] for each in offered}
    warnings = {each["key"]: each["warnings"] for each in report["published"] if each["key"] in keys}
    told = {finding for found in warnings.values() for finding in found}
    told.update(finding for each in report["quarantined"] for finding in each["violations"])
    return {
        **report,
        "offered": offered,
        **{
            name: [{**each, "file": named(each["file"], folder)} for each in report[name]]
            for name in ("refused", "kept_out")
        },
        **{name: [named(each, folder) for each in report[name]] for name in ("ignored", "back")},
        "published": len(report["published"]),
        "warnings": warnings,
        "english": {finding: english for finding, english in report["english"].items() if finding in told},
    }


def named(path: str, folder: Path) -> str:
    """A file of an upload as its sender named it: without our folder, nor the number of its place in a form."""
    return _PLACE.sub("", path.removeprefix(f"{folder}/"))
