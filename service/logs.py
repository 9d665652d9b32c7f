"""Logs as lines of JSON, or for the eye. Nothing of a person is in them unless the settings ask for it.

A line of a request has its id, method, route (the pattern), status, time and size; never an address, and what was
asked only with `log_queries`. An error has its type and where it was raised; its message, which may repeat what a user
sent, only with `log_queries` too.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
import secrets
import sys
import traceback
from collections.abc import Mapping
from typing import Any, Final

import orjson

from service.settings import Settings

#: Logger of the requests.
REQUESTS: Final = logging.getLogger("delibgraph.requests")
_GIVEN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")


def request_id(given: str | None) -> str:
    """The id of a request: the one that a reverse proxy gave it, where it is well formed, else a new one."""
    return given if given and _GIVEN.fullmatch(given) else secrets.token_hex(8)


class JsonFormatter(logging.Formatter):
    """One line of JSON a record; fields are handed over as ``extra={"fields": {…}}``."""

    def __init__(self, *, messages: bool) -> None:
        """`messages`: whether the message of an exception is told."""
        super().__init__()
        self._messages = messages

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        told: dict[str, Any] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if record.exc_info is None or self._messages else record.msg.split("\n")[0],
        }
        fields = getattr(record, "fields", None)
        if isinstance(fields, Mapping):
            told |= fields
        if record.exc_info and record.exc_info[1] is not None:
            told["error"] = _error(record.exc_info[1], messages=self._messages)
        return orjson.dumps(told, default=str).decode()


def _error(error: BaseException, *, messages: bool) -> dict[str, Any]:
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return {"type": type(error).__name__, "at": frames[-12:], **({"text": str(error)} if messages else {})}


class PlainFormatter(logging.Formatter):
    """For a terminal: level and message, fields behind it; a traceback where there is an error."""

    def format(self, record: logging.LogRecord) -> str:
        """The lines."""
        fields = getattr(record, "fields", None)
        told = " ".join(f"{name}={value}" for name, value in fields.items()) if isinstance(fields, Mapping) else ""
        return " ".join(filter(None, (f"{record.levelname.lower()} :", super().format(record), told)))


def configure(settings: Settings) -> None:
    """Send all logs of this process to standard error, as the settings ask."""
    handler = logging.StreamHandler(sys.stderr)
    as_json = settings.log_format == "json"
    handler.setFormatter(JsonFormatter(messages=settings.log_queries) if as_json else PlainFormatter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    # it tells what characters a broken form had, which is nobody's business, and the client is told
    logging.getLogger("python_multipart").setLevel(logging.ERROR)
    REQUESTS.setLevel(logging.INFO if settings.log_requests else logging.WARNING)
