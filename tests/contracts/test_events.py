"""Every fact of this floor survives the event log."""

import json
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest

from contracts import events
from contracts.services import (
    EnvironmentFacts,
    add_environment,
    announce_maintenance_window,
    settle_contract,
)
from events.domain.event import Event, event_class
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of

KINDS = [
    kind
    for kind in vars(events).values()
    if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
]
SAMPLES: dict[str, Any] = {
    "str": "text",
    "int": 7,
    "bool": True,
    "Any": [1, "two"],
    "int | None": None,
    "dict[str, Any]": {"name": ["old", "new"]},
    "list[str]": ["a.b"],
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_event_comes_back_as_it_was_stored(kind: type[Event]) -> None:
    facts = {field.name: SAMPLES.get(str(field.type), 1) for field in fields(kind)}
    event = kind(**facts)
    stored = json.loads(json.dumps(event.to_data()))
    again = event_class(kind.kind).from_data(
        client_id=event.client_id, subject_id=event.subject_id, data=stored
    )
    assert again == event


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_event_says_what_it_is_about(kind: type[Event]) -> None:
    subject, _, verb = kind.kind.partition(".")
    assert subject
    assert verb
    assert kind.subject_type


def test_every_event_of_a_contract_names_its_client(desk: Desk) -> None:
    poc, admin = actor_of(desk.poc), actor_of(desk.administrator)
    environment = add_environment(
        actor=poc,
        at=MONDAY,
        contract=desk.contract,
        name="Production",
        facts=EnvironmentFacts(product="Jira", maintenance_ends_on=date(2027, 1, 1)),
    )
    announce_maintenance_window(
        actor=poc,
        at=MONDAY,
        environment=environment,
        starts_at=MONDAY + timedelta(hours=1),
        ends_at=MONDAY + timedelta(hours=2),
        summary="Upgrade",
        told=[],
    )
    settle_contract(actor=admin, at=MONDAY, contract=desk.contract, changes={"regions": ["emea"]})
    latest = Record.objects.order_by("-id")[:3]
    assert {(row.client_id, row.actor_name) for row in latest} == {
        (desk.client.pk, desk.poc.name),
        (desk.client.pk, desk.administrator.name),
    }
