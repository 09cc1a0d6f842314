"""What tests of the API start from: desks with keys, and callers who speak JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import ApiKey, Person
from accounts.services import issue_key
from contracts.models import Contract
from events.domain.actor import SYSTEM
from tests.factories import Desk, make_desk, make_ticket
from tickets.models import Ticket

ROOT = "/api/v1/"
PROBLEM = "application/problem+json"


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Somebody with a key, who calls addresses under `/api/v1/` and sends JSON."""

    secret: str
    key: ApiKey
    browser: Browser = field(default_factory=Browser)

    def send(self, method: str, address: str, body: Any = None, **headers: str) -> Any:  # noqa: ANN401
        """One request; names of headers are written with `_`."""
        where = address if address.startswith("http") else ROOT + address
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        told["Authorization"] = f"Bearer {self.secret}"
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return self.browser.generic(method, where, content, content_type="application/json", headers=told)

    def get(self, address: str, **headers: str) -> Any:  # noqa: ANN401
        """Read."""
        return self.send("GET", address, **headers)

    def post(self, address: str, body: Any = None, **headers: str) -> Any:  # noqa: ANN401
        """Write something new."""
        return self.send("POST", address, {} if body is None else body, **headers)

    def patch(self, address: str, body: Any, **headers: str) -> Any:  # noqa: ANN401
        """Change."""
        return self.send("PATCH", address, body, **headers)

    def delete(self, address: str) -> Any:  # noqa: ANN401
        """Take away."""
        return self.send("DELETE", address)


def caller_of_client(desk: Desk, *, contract: Contract | None = None, scopes: tuple[str, ...] = ()) -> Caller:
    """An integration of the desk's client."""
    key, secret = issue_key(
        actor=SYSTEM,
        at=datetime.now(tz=UTC),
        name=f"Jira of {desk.client.key}",
        client=desk.client,
        contract_id=contract.pk if contract else None,
        scopes=scopes,
    )
    return Caller(secret=secret, key=key)


def caller_of_staff(person: Person, *, scopes: tuple[str, ...] = ()) -> Caller:
    """A script of that member of staff."""
    key, secret = issue_key(
        actor=SYSTEM, at=datetime.now(tz=UTC), name="Script", person=person, scopes=scopes
    )
    return Caller(secret=secret, key=key)


def form(desk: Desk, **facts: Any) -> dict[str, Any]:  # noqa: ANN401
    """What a client's system sends to open a ticket under Total Care."""
    return {
        "contract": desk.contract.pk,
        "request_type": "request",
        "urgency": "high",
        "subject": "The board does not load",
        "description": "Since this morning the board stays empty.",
        **facts,
    }


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Total Care with ten hours a month, and a person in every role."""
    terms: dict[str, Any] = {"hours_period": "month", "hours_per_period_minutes": 600}
    return make_desk(starts_on=date(2026, 1, 1), **terms)


@pytest.fixture
def other_desk(db: None) -> Desk:
    """A second client that nothing of the first may reach."""
    return make_desk("BETA")


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket that the point of contact opened on Monday at nine."""
    return make_ticket(desk.contract, requester=desk.poc)


@pytest.fixture
def jira(desk: Desk) -> Caller:
    """The client's own system."""
    return caller_of_client(desk)


@pytest.fixture
def engineer(desk: Desk) -> Caller:
    """A script of the engineer who serves the client."""
    return caller_of_staff(desk.engineer)


@pytest.fixture
def staff(desk: Desk) -> Callable[[str], Caller]:
    """A script of the member of staff in that role."""
    return lambda role: caller_of_staff(desk.person(role))
