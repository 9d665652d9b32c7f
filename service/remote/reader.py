"""The live release asked of another store.

What is a file of the release stays read from its directory: manifest, search index, ledger, texts, dumps. So do the
sums of reconciliation, the judgements of a curator and the reports to one, which read the whole store (`on_disk`).
Everything else, pages, linked data, named queries and /sparql, is asked of the store, which must hold the live
release.

A store that works values out wrongly (`service.remote.meaning`), where its owner accepts that, is asked for patterns
of the queries that mark them, the named ones (`service.remote.apart`). All else is then read from the disk, too: such a
store may also keep values otherwise than they were sent (Virtuoso gives 1 for true).
"""

from __future__ import annotations

import threading
import time
from typing import Final

from pyoxigraph import QuerySolutions, QueryTriples, Triple

from service.problems import Problem
from service.remote import apart, mark, meaning
from service.remote.asking import Asker
from service.remote.bound import bind
from service.remote.store import RemoteStore
from service.settings import Settings
from service.store import LiveRelease, NoReleaseError, QueryKindError, ReleaseReader, Row, Term, rows_of

#: Seconds before a store that did not hold the live release is asked again.
_AGAIN: Final = 5.0


class RemoteReader(ReleaseReader):
    """As ReleaseReader, with the answers of the endpoint of the settings. Thread-safe."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is asked before the first query."""
        super().__init__(settings.data)
        self._url = settings.endpoint
        self._asker = Asker(settings)
        self._remote = RemoteStore(self._asker)
        self._confirming = threading.Lock()
        self._accepts = settings.endpoint_faults
        self._faults: frozenset[str] = frozenset()
        self._confirmed = ""
        self._refusal: tuple[str, float, Exception] | None = None

    def close(self) -> None:
        """Close the connections."""
        self._asker.close()

    def live(self) -> LiveRelease:
        """The live release, once the store has said that it holds it. Raises NoReleaseError, Problem."""
        wanted, path = self._wanted()
        if self._confirmed != wanted:
            with self._confirming:
                if self._confirmed != wanted:
                    self._confirm(wanted)
        return super().live() if self._faults else LiveRelease(wanted, path, self._remote)

    def doubt(self) -> None:
        """Have the other store confirm its release again."""
        self._confirmed = ""

    def _confirm(self, wanted: str) -> None:
        if self._refusal is not None:
            release, when, reason = self._refusal
            if release == wanted and time.monotonic() - when < _AGAIN:
                raise reason.with_traceback(None)
        try:
            self._faults = meaning.check(self._remote, self._url, accepted=self._accepts)
            mark.confirm(self._remote, wanted, self._url)
        except (NoReleaseError, Problem) as error:
            self._refusal = (wanted, time.monotonic(), error)
            raise
        self._confirmed = wanted

    def select(self, query: str, /, **substitutions: Term) -> list[Row]:
        """Rows of a SELECT; an unbound variable is absent from its row, a substituted one is in it."""
        self.live()
        if self._is_ours(query):
            return super().select(query, **substitutions)
        known = dict(substitutions)
        bound = bind(query, known)
        if not self._faults:
            return [known | row for row in self._remote.select(bound)]
        found = apart.worked_out(bound, self._remote.select)
        if not isinstance(found, QuerySolutions):
            raise QueryKindError("select() needs a SELECT query")
        return [known | row for row in rows_of(found)]

    def construct(self, query: str, /, **substitutions: Term) -> list[Triple]:
        """Triples of a CONSTRUCT or DESCRIBE."""
        self.live()
        if self._is_ours(query):
            return super().construct(query, **substitutions)
        bound = bind(query, substitutions)
        if not self._faults:
            return self._remote.triples(bound)
        found = apart.worked_out(bound, self._remote.select)
        if not isinstance(found, QueryTriples):
            raise QueryKindError("construct() needs a CONSTRUCT or DESCRIBE query")
        return list(found)

    def _is_ours(self, query: str) -> bool:
        """Whether the store on the disk answers: the other has faults, and the query marks no patterns."""
        return bool(self._faults) and not apart.is_marked(query)

    def ask(self, query: str, /, **substitutions: Term) -> bool:
        """Answer of an ASK."""
        self.live()
        if self._is_ours(query):
            return super().ask(query, **substitutions)
        return self._remote.ask(bind(query, substitutions))
