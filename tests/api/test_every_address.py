"""Every operation, called with made-up input by every sort of caller, keeps to its document."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from contracts.models import Interconnection
from contracts.services import issue_interconnection_key
from escalation.services import set_default_path
from tests.api.conftest import Caller, caller_of_client, caller_of_staff
from tests.factories import MONDAY, Desk, actor_of, make_environment, make_ticket
from tests.factories.joined import make_interconnection

EXAMPLES = int(os.environ.get("API_EXAMPLES", "2"))
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
STAFF = ("engineer", "account_executive", "administrator")


def joined_caller(desk: Desk) -> Caller:
    """A system that is joined to the desk."""
    made = Interconnection.objects.get()
    key, secret = issue_interconnection_key(actor=actor_of(desk.poc), at=MONDAY, interconnection=made)
    return Caller(secret=secret, key=key)


CALLERS: dict[str, Callable[[Desk], Caller]] = {
    "integration of an interconnection": joined_caller,
    "integration": caller_of_client,
    "integration of one contract": lambda desk: caller_of_client(desk, contract=desk.contract),
    **{role: lambda desk, role=role: caller_of_staff(desk.person(role)) for role in STAFF},  # type: ignore[misc]
}


@pytest.fixture
def known(desk: Desk) -> dict[str, Any]:
    """Parts of addresses under which something is there."""
    ticket = make_ticket(desk.contract, requester=desk.poc)
    set_default_path(at=MONDAY, contract=desk.contract)
    environment = make_environment(desk.contract)
    return {
        "key": ticket.key,
        "plan_key": "total-care",
        "contract_id": desk.contract.pk,
        "environment_id": environment.pk,
        "interconnection_id": make_interconnection(desk).pk,
        "person_id": desk.poc.pk,
        "month": f"{date(2026, 3, 1):%Y-%m}",
    }


@pytest.fixture(autouse=True)
def unhindered(settings: Any) -> Iterator[None]:  # noqa: ANN401
    """No rate limit, and the test's own transaction stays open between requests."""
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@cache
def operations(name: str) -> list[tuple[Any, Any]]:
    """The operations of a document, and what makes up input for each."""
    document = json.loads((Path(settings.BASE_DIR) / "api" / name).read_text())
    schema = schemathesis.openapi.from_dict(document)
    schema.app = application
    found = [one.ok() for one in schema.get_all_operations()]  # type: ignore[union-attr] # a fault fails here
    return [(one, one.as_strategy()) for one in found]


@pytest.mark.parametrize("who", CALLERS)
def test_every_operation_keeps_to_its_document(who: str, known: dict[str, Any], desk: Desk) -> None:
    caller = CALLERS[who](desk)
    name = "openapi.json" if who.startswith("integration") else "openapi-staff.json"
    faults = []
    for operation, cases in operations(name):
        try:
            calls_of(cases, caller, known)()
        except Exception as fault:  # noqa: BLE001 - all faults are told together
            faults.append(f"{operation.method} {operation.path}: {fault}")
    assert not faults, "\n\n".join(faults)


def calls_of(cases: Any, caller: Caller, known: dict[str, Any]) -> Callable[[], None]:  # noqa: ANN401
    """Some calls of that operation, half of them at addresses under which something is there."""

    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=cases, is_there=st.booleans())
    def call(case: Any, is_there: bool) -> None:  # noqa: ANN401
        if is_there:
            case.path_parameters = {
                name: known.get(name, value) for name, value in case.path_parameters.items()
            }
        case.call_and_validate(headers={"Authorization": f"Bearer {caller.secret}"}, checks=CHECKS)

    return call
