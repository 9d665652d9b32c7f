"""Schemathesis asks every documented address odd things: no fault of ours, no status or media type that is not told.

A real server. Its own pytest plugin does not know pytest 9: cases are drawn from its strategies, the same on each run.
It is loaded with the first of them: its 2 s of processor were spent by each process of the suite to list its tests.
"""

import contextlib
import os
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable

from service.openapi.document import describe
from tests.service.conftest import PATIENCE

pytestmark = pytest.mark.slow

#: Examples of each kind an address: the whole stays under a minute. More where EXAMPLES says so.
EXAMPLES = int(os.environ.get("EXAMPLES", "3"))
DOCUMENT = describe()
MODES = ["positive", "negative"]
FORM = {"application/x-www-form-urlencoded"}


def modes(operation: dict[str, Any]) -> list[str]:
    """How to ask. A form alone is text whatever is filled in: nothing wrong is drawn of it in six seconds."""
    form = set(operation.get("requestBody", {}).get("content", {})) == FORM and not operation.get("parameters")
    return MODES[:1] if form else MODES


CASES = [
    pytest.param(path, method, mode, id=f"{path}-{method}-{mode}")
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    for mode in modes(operation)
]


@pytest.fixture(scope="module")
def schemathesis() -> ModuleType:
    return pytest.importorskip("schemathesis", reason="schemathesis is not installed")


@pytest.fixture(scope="module")
def schema(schemathesis: ModuleType) -> Any:
    return schemathesis.openapi.from_dict(DOCUMENT)


@pytest.fixture(scope="module")
def checks(schemathesis: ModuleType) -> list[Any]:
    """Without the first where a query asks for a deadline that a busy machine cannot keep: it is told to come back."""
    pytest.importorskip("schemathesis.specs.openapi.checks")
    return [
        schemathesis.checks.not_a_server_error,
        schemathesis.checks.status_code_conformance,
        schemathesis.checks.content_type_conformance,
        schemathesis.checks.response_schema_conformance,
    ]


@pytest.mark.parametrize(("path", "method", "mode"), CASES)
def test_every_address_answers_as_documented(
    address: str, schemathesis: ModuleType, schema: Any, checks: list[Any], path: str, method: str, mode: str
) -> None:
    operation, generation = schema[path][method.upper()], schemathesis.GenerationMode(mode)

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=generation))
    def ask(case: Any) -> None:
        response = case.call(base_url=address, timeout=PATIENCE)
        late = path == "/sparql" and response.status_code == 503 and "retry-after" in response.headers
        case.validate_response(response, checks=checks[1:] if late else checks)

    # An address without parameters, or whose parameters take any text, cannot be asked wrongly.
    with contextlib.suppress(Unsatisfiable):
        ask()
