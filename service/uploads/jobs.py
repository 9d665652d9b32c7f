"""Ingests of what was uploaded: one at a time, each a `delibgraph ingest` of its own, whose memory goes with it."""

from __future__ import annotations

import asyncio
import os
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

State = Literal["running", "done", "failed"]


@dataclass
class Job:
    """One ingest of one upload. ``report`` once it is done; ``error`` in French where it failed."""

    name: str
    id: str = field(default_factory=lambda: secrets.token_hex(12))
    state: State = "running"
    report: Mapping[str, Any] | None = None
    error: str = ""
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    def as_dict(self) -> dict[str, Any]:
        """The job as it is told."""
        told: dict[str, Any] = {"id": self.id, "file": self.name, "state": self.state}
        if self.report is not None:
            told["report"] = _summary(self.report)
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
                sys.executable, "-m", "service.cli", "ingest", str(folder), "--json",
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env=_environment(self._settings),
                start_new_session=True,
            )  # fmt: skip
            told, complaint = await self._process.communicate()
            self._note(job, self._process.returncode, told, complaint.decode(errors="replace"))
        except OSError as error:
            job.state, job.error = "failed", f"L'ingestion n'a pas pu être lancée ({error.strerror})."
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self._process = None
            self._taken = False
            job.ended.set()

    @staticmethod
    def _note(job: Job, code: int | None, told: bytes, complaint: str) -> None:
        if code in _REPORTED:
            with suppress(orjson.JSONDecodeError):
                job.report, job.state = orjson.loads(told), "done"
                return
        last = complaint.strip().splitlines()[-1:] or [f"code {code}"]
        job.state, job.error = "failed", last[0].removeprefix("delibgraph : ")


def _environment(settings: Settings) -> dict[str, str]:
    """The settings of this process, but for its secrets, as the environment of another."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    values = settings.model_dump(exclude={setting.name for setting in table() if setting.help.secret})
    told = {f"{PREFIX}{name.upper()}": str(value) for name, value in values.items()}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **told}


def _summary(report: Mapping[str, Any]) -> dict[str, Any]:
    """The report of an ingest, with the documents that were set aside, and how many there are of the others."""
    return {**report, "published": len(report["published"])}
