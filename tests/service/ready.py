"""What processes of the tests find loaded: the readers, the ingest, the command line, what test_kills needs."""
# ruff: noqa: F401

import service.cli.app
import service.ingest.ready
import service.ingest.remove
import service.ingest.run
import tests.service.conftest
