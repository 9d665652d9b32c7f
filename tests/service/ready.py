"""What processes of the tests find loaded: the readers, the ingest, the command line, what test_kills needs.

An act is resolved, mapped and judged, so that the vocabulary, the register of authorities and the shapes, which are
read when they are first asked for, are read once for all. In memory: a process that has opened a store on disk has
threads of that store, which what is forked from it would wait for.
"""
# ruff: noqa: F401

import service.cli.app
import service.ingest.ready
import service.ingest.remove
import service.ingest.run
import tests.service.conftest
from extract import extract_source
from extract.read import read_bytes
from graph.mapping import map_document, map_identities
from graph.resolve import Registry, resolve
from service.ingest import further
from shapes.gate import check

_BASE = "http://localhost:8000"
_FACTS = extract_source(read_bytes("ready.txt", service.ingest.ready._ACT.read_bytes()))
_FOUND = resolve([_FACTS], Registry())
check(map_document(_FACTS, _FOUND, _BASE), map_identities(_FOUND, [_FACTS.sha256], _BASE))
further.vocabulary()
