"""Exports made on demand: each once a release, one at a time, in a process of its own, kept with the release.

A large release takes minutes in some formats. The process gives way to those that answer users, and what it takes of
memory goes with it; who asks waits without holding a thread, and is told to come back where it takes long.
"""

import asyncio
import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from graph.export import EXPORTS_VERSION, FORMATS
from service.problems import Problem

_log = logging.getLogger(__name__)

#: Seconds a client waits before it is told to come back; the file goes on being made.
PATIENCE: Final = 25.0
#: Seconds after which a process is given up.
_LIMIT: Final = 1800.0
_RETRY: Final = "20"


@dataclass(frozen=True)
class Offer:
    """A file on offer: its name, the format that makes it, its media type, what it is in French."""

    name: str
    format: str
    media: str
    title: str


def offers() -> Mapping[str, Offer]:
    """The files on offer, by name, companions after their own; a format without its library is none."""
    found = {}
    for key, form in FORMATS.items():
        if key == "parquet" and find_spec("pyarrow") is None:
            continue
        found[form.file] = Offer(form.file, key, form.media, form.title)
        if form.companion is not None:
            name = form.companion(form.file)
            media = "application/csvm+json" if name.endswith(".json") else "text/csv; charset=utf-8"
            what = "Description du fichier" if name.endswith(".json") else "Ce qui est à compléter dans le fichier"
            found[name] = Offer(name, key, media, f"{what} {form.file}")
    return found


def kept(release: Path, name: str) -> Path:
    """Where the file ``name`` of a release lies once it is made."""
    return release / "exports" / str(EXPORTS_VERSION) / name


class Exports:
    """The exports under way in this service."""

    def __init__(self) -> None:
        """Nothing is made before it is asked for."""
        self._turn = asyncio.Semaphore(1)
        self._under_way: dict[Path, asyncio.Task[str | None]] = {}

    async def file(self, release: Path, offer: Offer) -> Path:
        """The file, made now if it is not there yet. Raises Problem 503 where it takes long or cannot be written."""
        path = kept(release, offer.name)
        if path.is_file():
            return path
        target = kept(release, FORMATS[offer.format].file)
        task = self._under_way.get(target)
        if task is None:
            task = self._under_way[target] = asyncio.create_task(self._make(release, offer.format, target))
            task.add_done_callback(lambda _: self._under_way.pop(target, None))
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if not done:
            raise _unavailable("Le fichier est en préparation. Redemandez-le dans un instant.")
        if (failure := task.result()) is not None:
            _log.error("export %s: %s", offer.format, failure)
            raise _unavailable(
                "Le fichier n'a pas pu être écrit sur le serveur (place ou droits). L'exploitant en a la raison au "
                "journal ; « delibgraph export » l'écrit ailleurs."
            )
        return path

    async def close(self) -> None:
        """Give up what is under way."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _make(self, release: Path, form: str, target: Path) -> str | None:
        """None when the files are there, else why not."""
        async with self._turn:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                "-m",
                "graph.export",
                str(release),
                form,
                str(target),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                # Our path and nothing else: no token, no proxy.
                env={"PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)},
                process_group=0,  # Ctrl-C is for the service; not a session of its own, where niceness is void
            )
            try:
                async with asyncio.timeout(_LIMIT):
                    _, told = await process.communicate()
            except TimeoutError:
                return f"given up after {_LIMIT:.0f} s"
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        return None if process.returncode == 0 else told.decode("utf-8", "replace").strip() or "killed"


def _unavailable(detail: str) -> Problem:
    return Problem(503, "export-unavailable", "Fichier momentanément indisponible", detail, {"Retry-After": _RETRY})
