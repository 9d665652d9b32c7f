"""The process that inputs are handed to: ``python -m tests.fuzz.child SCRATCH CPU_SECONDS MEMORY``.

Reads "target length", a line feed and the bytes on its standard input; answers one line of JSON each.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import traceback
from pathlib import Path
from typing import Any

from tests.fuzz import targets

#: What an input may name in the place of a path: a file with a secret, which nothing may read.
NAMED = b"@SECRET-FILE@"
_SECRET = "canari-7f3a9d21"
_FORBIDDEN = (
    "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request", "subprocess.Popen", "os.system",
    "os.exec", "os.posix_spawn", "ftplib.connect",
)  # fmt: skip
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Forbidden(BaseException):
    """Something that no input may bring about; no ``except Exception`` holds it up."""


class Watch:
    """An audit hook (PEP 578) that notes what no input may bring about, and stops it."""

    def __init__(self, scratch: Path) -> None:
        self._scratch, self.secret = str(scratch), str(scratch / "secret")
        self.seen: list[str] = []

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Look at an event of the interpreter."""
        if event in _FORBIDDEN:
            self._stop(f"{event} {arguments[:2]!r}"[:200])
        elif event == "open" and isinstance(arguments[0], str | bytes):
            path, flags = os.fsdecode(arguments[0]), arguments[2] or 0
            if path == self.secret:
                self._stop("read a file that the input names")
            elif flags & _WRITES and not os.path.realpath(path).startswith(self._scratch) and path != os.devnull:
                self._stop(f"wrote outside: {path!r}")

    def _stop(self, told: str) -> None:
        self.seen.append(told)
        raise Forbidden(told)


def _bounded(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, resource.RLIM_INFINITY))


def _outcome(target: str, data: bytes, watch: Watch, scratch: Path) -> dict[str, str]:
    watch.seen.clear()
    try:
        kind, told = "read", targets.TARGETS[target].read(data, scratch)
    except targets.REFUSALS as refusal:
        kind, told = "refused", str(refusal)
    except Forbidden:
        kind, told = "failed", ""
    except BaseException:  # noqa: BLE001
        kind, told = "failed", traceback.format_exc(limit=-4)
    if watch.seen:
        return {"kind": "failed", "told": "; ".join(watch.seen)}
    if _SECRET in told:
        return {"kind": "failed", "told": "told what stands in a file that the input names"}
    return {"kind": kind, "told": told if kind != "read" else ""}


def main() -> None:
    """Serve until standard input ends."""
    scratch, seconds, memory = Path(sys.argv[1]).resolve(), int(sys.argv[2]), int(sys.argv[3])
    (scratch / "secret").write_text(_SECRET)
    asked, answers = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    targets.load()
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (size + memory, size + memory))
    watch = Watch(scratch)
    sys.addaudithook(watch)
    while header := asked.readline():
        target, length = header.split()
        data = asked.read(int(length)).replace(NAMED, watch.secret.encode())
        _bounded(seconds)
        answers.write(json.dumps(_outcome(target.decode(), data, watch, scratch)).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    main()
