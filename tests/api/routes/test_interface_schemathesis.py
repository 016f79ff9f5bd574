"""Whatever is sent to the interface, sound or not, it answers as it is described, and never with a 5xx.

Schemathesis makes the requests from the description; the parts of an address are often put to what is really
there. `STEPUP_FUZZ_EXAMPLES` asks for a longer run (40 by default, for each operation and each way).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.permissions import Permission
from tests.architecture.route_table import bare_app
from tests.installations import Installation, install_everything

EXAMPLES = int(os.environ.get("STEPUP_FUZZ_EXAMPLES", "40"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
DESCRIBED = bare_app().openapi()["paths"]
OPERATIONS = [(method.upper(), path) for path, methods in DESCRIBED.items() for method in methods]
METHODS = {"GET", "PUT", "POST", "DELETE"}


@pytest.fixture(scope="module")
def installation(module_url: str) -> Iterator[Installation]:
    made = install_everything(module_url)
    yield made
    made.service.database.close()


@pytest.fixture(scope="module")
def described(installation: Installation) -> Any:
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", installation.service.app)


def test_every_operation_of_the_interface_is_described() -> None:
    assert len(OPERATIONS) == 17
    assert {method for method, _ in OPERATIONS} == METHODS
    assert all(path.startswith("/api/v1/campaigns/{campaign}") for _, path in OPERATIONS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["sound", "unsound"])
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=[f"{m} {p}" for m, p in OPERATIONS])
def test_answers_are_as_described(
    installation: Installation, described: Any, method: str, path: str, mode: GenerationMode
) -> None:
    operation = described[path][method]

    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def look(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        _put_to_what_is_there(case, data, installation)
        token = installation.tokens[_scope(method, path)]
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

    look()


def _put_to_what_is_there(case: Any, data: st.DataObject, installation: Installation) -> None:
    """The campaign always is; table, row, job and draft half the time, and so is the change that was read."""
    case.path_parameters["campaign"] = installation.service.campaign
    if data.draw(st.booleans()):
        for name in set(case.path_parameters) - {"campaign"}:
            case.path_parameters[name] = installation.values[name]
    if case.method == "PUT" and case.path.endswith("/tables") and data.draw(st.booleans()):
        with installation.service.database.reading() as work:
            record = work.campaigns.by_id(installation.service.campaign)
        assert record is not None
        case.headers = {**(case.headers or {}), "If-Match": str(record.change)}


def _scope(method: str, path: str) -> str:
    permission = Permission.TOKEN_READ if method == "GET" else Permission.TOKEN_WRITE
    if "/jobs" in path and method != "GET":
        permission = Permission.TOKEN_SOLVE
    return {
        Permission.TOKEN_READ: "read",
        Permission.TOKEN_WRITE: "write",
        Permission.TOKEN_SOLVE: "solve",
    }[permission]
