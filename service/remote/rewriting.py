"""A result as another store wrote it, written anew as ours would be."""

from typing import IO, Final

from pyoxigraph import QueryResultsFormat, parse, parse_query_results, serialize

from ontology.terms import PREFIXES
from service.rdf import ENGINE
from service.remote import faults
from service.remote.asking import RESULTS
from service.remote.store import FORMATS
from service.sparql import failures

_RESULTS: Final = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}


class _Sink:
    """What is written, up to a cap. Its method is Python's: other threads have their turn between two writes."""

    def __init__(self, file: IO[bytes], cap: int) -> None:
        self._file, self._cap, self.total = file, cap, 0

    def write(self, data: bytes) -> int:
        self.total += len(data)
        if self.total > self._cap:
            raise _TooLargeError
        return self._file.write(data)

    def flush(self) -> None:
        """All is written."""


class _TooLargeError(Exception):
    """The result passed its cap."""


def rewrite(spool: IO[bytes], media: str, wanted: str, cap: int) -> int:
    """Replace a result in `spool` by the same in the format `wanted`; its size, `spool` at its start.

    Raises Problem 422 beyond `cap` bytes, 502 for what is not whole or no result.
    """
    graph = wanted in ENGINE
    if media not in (FORMATS if graph else (RESULTS, "application/json")):
        raise faults.unreadable(f"type « {media} »")
    spool.seek(0)
    received = spool.read()
    spool.seek(0)
    spool.truncate()
    sink = _Sink(spool, cap)
    try:
        if graph:
            triples = (quad.triple for quad in parse(received, format=FORMATS[media]))
            serialize(triples, sink, ENGINE[wanted], prefixes=PREFIXES)  # type: ignore[arg-type]
        else:
            parse_query_results(received, QueryResultsFormat.JSON).serialize(sink, _RESULTS[wanted])  # type: ignore[arg-type]
    except _TooLargeError as error:
        raise failures.from_worker("large", "", cap) from error
    except (SyntaxError, ValueError) as error:
        raise faults.unreadable(str(error)) from error
    spool.seek(0)
    return sink.total
