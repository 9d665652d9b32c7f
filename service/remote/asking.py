"""How a store is asked: SPARQL 1.1 Protocol, a query in the body of a POST, at one address and no other."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx

from service.problems import Problem
from service.remote import faults
from service.settings import Settings
from service.sparql import failures
from service.sparql.screen import TOKEN

RESULTS: Final = "application/sparql-results+json"
#: N-Triples are read fastest; a store that does not write them writes Turtle.
TRIPLES: Final = "application/n-triples, text/turtle;q=0.9, text/plain;q=0.1"
_CONNECT_SECONDS: Final = 5.0
#: Bytes of an error that are read; its text is shown cut.
ERROR_BYTES: Final = 4096


@dataclass(frozen=True)
class Question:
    """A query as it is sent."""

    query: str
    accept: str
    default: Sequence[str] = ()
    named: Sequence[str] = ()
    has_dataset: bool = False
    """Whether the query says FROM, which a dataset of the protocol would replace."""

    def request(self, seconds: float, union: Sequence[str] = ()) -> dict[str, Any]:
        """The arguments of httpx's `stream`; the deadline is told as RFC 7240 has it, and is enforced by us.

        `union`: the graph that stands for the default one where the question names none.
        """
        apart = bool(union) and not (self.default or self.named or self.has_dataset)
        default, named = (union, graphs(self.query)) if apart else (self.default, self.named)
        data = {"query": self.query, "default-graph-uri": [*default], "named-graph-uri": [*named]}
        headers = {"Accept": self.accept, "Prefer": f"wait={max(1, round(seconds))}"}
        timeout = httpx.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS))
        return {"data": {k: v for k, v in data.items() if v}, "headers": headers, "timeout": timeout}


def graphs(query: str) -> list[str]:
    """The graphs that a query names: where the default one is told, Virtuoso has no others but those told, too.

    None where it asks for graphs by a variable: Virtuoso then has them all, if none is told.
    """
    found: dict[str, None] = {}
    before = ""
    for match in TOKEN.finditer(query):
        if match.lastgroup == "blank":
            continue
        if before == "GRAPH" and match.lastgroup == "variable":
            return []
        if before == "GRAPH" and match.lastgroup == "iri":
            found[match.group()[1:-1]] = None
        before = match.group().upper()
    return list(found)


class Credentials(httpx.Auth):
    """Basic or digest, as the store asks for; nothing is sent before it does."""

    def __init__(self, user: str, password: str) -> None:
        """The account of the settings."""
        self._user, self._password = user, password

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Answer a challenge."""
        answer = yield request
        if answer.status_code != httpx.codes.UNAUTHORIZED or not self._user:
            return
        if "digest" not in answer.headers.get("www-authenticate", "").lower():
            yield from httpx.BasicAuth(self._user, self._password).auth_flow(request)
            return
        flow = httpx.DigestAuth(self._user, self._password).auth_flow(request)
        next(flow)
        yield flow.send(answer)


def options(settings: Settings) -> dict[str, Any]:
    """How httpx is set up: no proxy, certificate or password of the environment, no redirect, no compression."""
    return {
        "auth": Credentials(settings.endpoint_user, settings.endpoint_password),
        "trust_env": False,
        "follow_redirects": False,
        "headers": {"Accept-Encoding": "identity", "User-Agent": "delibgraph"},
        "limits": httpx.Limits(max_connections=None, max_keepalive_connections=16),
    }


class Asker:
    """Asks trusted queries, ours, from any thread; users' queries go through `service.remote.pool`."""

    def __init__(self, settings: Settings) -> None:
        """No connection is made before a first question."""
        self._url = settings.endpoint
        self._union = (settings.store_union,) if settings.store_union else ()
        self._seconds = settings.sparql_max_timeout
        self._cap = settings.max_result_bytes
        self._client = httpx.Client(**options(settings))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def whole(self, question: Question, seconds: float | None = None) -> tuple[bytes, str]:
        """The answer and its media type. Raises Problem 400, 422, 502, 503, 504."""
        found = bytearray()
        with self.opened(question, seconds) as (parts, media):
            for part in parts:
                found += part
                if len(found) > self._cap:
                    raise failures.from_worker("large", "", self._cap)
        return bytes(found), media

    @contextmanager
    def opened(self, question: Question, seconds: float | None = None) -> Iterator[tuple[Iterator[bytes], str]]:
        """The parts of an answer as they come, and its media type; left early, the connection is closed."""
        allowed = seconds or self._seconds
        try:
            with self._client.stream("POST", self._url, **question.request(allowed, self._union)) as answer:
                text = "" if answer.is_success else start(next(answer.iter_bytes(ERROR_BYTES), b""))
                faults.check(answer.status_code, answer.headers, text, ours=True)
                yield _in_time(answer, allowed), media(answer.headers)
        except httpx.HTTPError as error:
            raise problem(error, allowed) from error


def media(headers: Mapping[str, str]) -> str:
    """The media type, without parameters."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def problem(error: httpx.HTTPError, seconds: float) -> Problem:
    """What a failure of the connection is to whoever asked."""
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return faults.unreachable("connexion refusée ou impossible")
    if isinstance(error, httpx.TimeoutException):
        return faults.late(seconds)
    return faults.unreachable(str(error) or type(error).__name__)


def start(read: bytes) -> str:
    """The first bytes of an error as text."""
    return read.decode("utf-8", "replace")


def _in_time(answer: httpx.Response, seconds: float) -> Iterator[bytes]:
    """The parts, until the deadline: one read may take all of it, a drip of many reads no more."""
    end = time.monotonic() + seconds
    for part in answer.iter_bytes():
        yield part
        if time.monotonic() > end:
            raise faults.late(seconds)
