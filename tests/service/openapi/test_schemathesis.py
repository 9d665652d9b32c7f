"""Schemathesis asks every documented address odd things: no fault of ours, no status or media type that is not told.

A real server. Its own pytest plugin does not know pytest 9: cases are drawn from its strategies, the same on each run.
"""

import contextlib
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable

from service.openapi.document import describe
from tests.service.conftest import PATIENCE

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")

pytestmark = pytest.mark.slow

#: Examples of each kind an address: the whole stays under a minute. More where EXAMPLES says so.
EXAMPLES = int(os.environ.get("EXAMPLES", "3"))
# The first is left out where a query asks for a deadline that a busy machine cannot keep: it is told to come back.
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
DOCUMENT = describe()
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
MODES = [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]
FORM = {"application/x-www-form-urlencoded"}


def modes(operation: dict[str, Any]) -> list[Any]:
    """How to ask. A form alone is text whatever is filled in: nothing wrong is drawn of it in six seconds."""
    form = set(operation.get("requestBody", {}).get("content", {})) == FORM and not operation.get("parameters")
    return MODES[:1] if form else MODES


CASES = [
    pytest.param(path, method, mode, id=f"{path}-{method}-{mode.name.lower()}")
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    for mode in modes(operation)
]


@pytest.mark.parametrize(("path", "method", "mode"), CASES)
def test_every_address_answers_as_documented(address: str, path: str, method: str, mode: Any) -> None:
    operation = SCHEMA[path][method.upper()]

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        response = case.call(base_url=address, timeout=PATIENCE)
        late = path == "/sparql" and response.status_code == 503 and "retry-after" in response.headers
        case.validate_response(response, checks=CHECKS[1:] if late else CHECKS)

    # An address without parameters, or whose parameters take any text, cannot be asked wrongly.
    with contextlib.suppress(Unsatisfiable):
        ask()
