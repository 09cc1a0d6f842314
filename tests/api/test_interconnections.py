"""Tickets in the other system's words, references that stand once, and no echo (X2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from contracts.models import Interconnection
from contracts.services import issue_interconnection_key
from events.domain.actor import SYSTEM
from events.models import Record
from hours.services import grant_periods, log_time
from notify.models import Delivery
from notify.payloads import payload_of
from notify.services import add_endpoint, dispatch
from tests.api.conftest import Caller, caller_of_client, form
from tests.factories import MONDAY, Desk, actor_of, reply
from tests.factories.joined import make_interconnection
from tickets.models import Ticket
from tickets.services import change_status


def theirs(**fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """A ticket as the other system has it."""
    own = {"summary": "Shop is down", "text": "Since nine.", "priority": {"name": "P1"}, "status": "Open"}
    return {"ticket": {"key": "OPS-1", "fields": {**own, **fields}}}


@pytest.fixture
def joined(desk: Desk) -> Interconnection:
    """The client's system, joined to the desk."""
    return make_interconnection(desk)


@pytest.fixture
def own(desk: Desk, joined: Interconnection) -> Caller:
    """That system."""
    key, secret = issue_interconnection_key(actor=actor_of(desk.poc), at=MONDAY, interconnection=joined)
    return Caller(secret=secret, key=key)


@pytest.fixture
def send(own: Caller, joined: Interconnection) -> Callable[..., dict[str, Any]]:
    """Let it send a ticket of its own."""

    def sent(**fields: Any) -> dict[str, Any]:  # noqa: ANN401
        answer = own.post(f"interconnections/{joined.pk}/tickets", theirs(**fields))
        assert answer.status_code == 201, answer.content
        told: dict[str, Any] = answer.json()
        return told

    return sent


Send = Callable[..., dict[str, Any]]


def test_a_ticket_of_theirs_is_opened_once_and_then_followed(send: Send) -> None:
    first = send()
    again = send(priority={"name": "P2"}, summary="Shop is slow")
    assert (first["is_new"], again["is_new"], first["key"]) == (True, False, again["key"])
    ticket = Ticket.objects.get()
    assert (ticket.urgency, ticket.subject, ticket.channel) == ("high", "Shop is slow", "api")


def test_the_same_again_is_no_news(send: Send) -> None:
    send()
    before = Record.objects.count()
    assert send()["left"] == {}
    assert Record.objects.count() == before


def test_what_is_ours_to_say_is_left_and_told(send: Send, desk: Desk) -> None:
    send()
    change_status(actor=actor_of(desk.engineer), at=MONDAY, ticket=Ticket.objects.get(), to="in_progress")
    assert "status" in send(status="Solved")["left"]
    assert "urgency" in send(priority={"name": "Blocker"})["left"]
    assert Ticket.objects.get().status == "in_progress"


def test_they_withdraw_what_they_asked_for(send: Send) -> None:
    send()
    assert send(status="Withdrawn")["status"] == "cancelled"


def test_a_state_that_they_have_no_word_for_is_not_undone(send: Send, desk: Desk) -> None:
    send()
    engineer, ticket = actor_of(desk.engineer), Ticket.objects.get()
    change_status(actor=engineer, at=MONDAY, ticket=ticket, to="in_progress")
    change_status(actor=engineer, at=MONDAY, ticket=ticket, to="waiting_on_vendor", vendor_reference="V-1")
    assert send(status="In progress") | {"key": ""} == {
        "key": "",
        "status": "waiting_on_vendor",
        "external_reference": "OPS-1",
        "is_new": False,
        "left": {},
    }


def test_a_ticket_that_the_maps_cannot_read_is_refused_by_field(own: Caller, joined: Interconnection) -> None:
    answer = own.post(f"interconnections/{joined.pk}/tickets", theirs(priority={"name": "Blocker"}))
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == ["urgency"]
    assert not Ticket.objects.exists()


def test_the_dry_run_says_what_would_become_of_it(own: Caller, joined: Interconnection) -> None:
    answer = own.post(f"interconnections/{joined.pk}/dry-run", theirs(status="Nowhere")).json()
    assert answer["ticket"]["urgency"] == "critical"
    assert list(answer["faults"]) == ["status"]
    assert answer["back"]["fields.priority.name"] == "P1"
    assert not Ticket.objects.exists()


def test_maps_are_changed_by_table(own: Caller, joined: Interconnection) -> None:
    answer = own.patch(f"interconnections/{joined.pk}", {"urgencies": [["Hot", "critical"]]})
    assert answer.json()["maps"]["urgencies"] == [["Hot", "critical"]]
    assert answer.json()["maps"]["states"] == [list(pair) for pair in joined.maps["states"]]
    refused = own.patch(f"interconnections/{joined.pk}", {"urgencies": [["Hot", "boiling"]]})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "urgencies")


def test_their_number_stands_once_an_interconnection(own: Caller, desk: Desk) -> None:
    assert own.post("tickets", form(desk, external_reference="OPS-1")).status_code == 201
    again = own.post("tickets", form(desk, external_reference="OPS-1"))
    assert (again.status_code, again.json()["code"]) == (409, "reference_taken")
    found = own.get("tickets?external_reference=OPS-1").json()["results"]
    assert [one["key"] for one in found] == ["ACME-1"]


def test_a_ticket_of_ours_joins_by_their_number(own: Caller, send: Send, ticket: Ticket) -> None:
    own.patch(f"tickets/{ticket.key}", {"external_reference": "OPS-1"})
    assert send()["key"] == ticket.key


def test_another_key_of_the_client_does_not_speak_for_it(jira: Caller, joined: Interconnection) -> None:
    assert jira.post(f"interconnections/{joined.pk}/tickets", theirs()).status_code == 422


def test_nothing_goes_back_by_the_webhook_that_came_by_the_interconnection(
    own: Caller, send: Send, desk: Desk
) -> None:
    hook = own.post("webhooks", {"url": "https://192.0.2.8/in", "kinds": ["ticket.opened", "message.posted"]})
    assert hook.json()["interconnection"] == own.key.interconnection_id
    other, _ = add_endpoint(actor=SYSTEM, at=MONDAY, client=desk.client, url="https://192.0.2.9/in")
    send()
    reply(Ticket.objects.get(), desk.engineer, "On it.")
    dispatch(at=MONDAY)
    told = Delivery.objects.filter(channel="webhook").order_by("id")
    kinds = {one.record.kind for one in told.filter(endpoint=other)}
    assert [one.record.kind for one in told.exclude(endpoint=other)] == ["message.posted"]
    assert {"ticket.opened", "message.posted"} <= kinds


def test_its_webhook_says_the_ticket_in_their_words(own: Caller, send: Send, desk: Desk) -> None:
    own.post("webhooks", {"url": "https://192.0.2.8/in", "kinds": ["message.posted"]})
    send()
    reply(Ticket.objects.get(), desk.engineer, "On it.")
    dispatch(at=MONDAY)
    sent = Delivery.objects.get(channel="webhook")
    assert sent.endpoint is not None
    external = payload_of(sent.record, sent.endpoint)["data"]["external"]
    assert external["key"] == "OPS-1"
    assert external["fields.priority.name"] == "P1"


def test_the_feed_marks_what_came_by_the_interconnection(own: Caller, send: Send, desk: Desk) -> None:
    send()
    reply(Ticket.objects.get(), desk.engineer, "On it.")
    told = {one["kind"]: one["own"] for one in own.get("events").json()["results"]}
    assert (told["ticket.opened"], told["message.posted"]) == (True, False)
    others = caller_of_client(desk).get("events").json()["results"]
    assert not any(one["own"] for one in others)


def test_work_on_it_draws_hours(desk: Desk, send: Send) -> None:
    send()
    grant_periods(at=MONDAY)
    entry = log_time(
        actor=actor_of(desk.engineer),
        at=MONDAY.replace(hour=18),
        ticket=Ticket.objects.get(),
        minutes=20,
        worked_on=MONDAY.date(),
        note="Mapped their states.",
        activity="interconnection",
    )
    assert (entry.state, entry.billed_minutes) == ("drawn", 30)
