"""Webhooks: signed after the standard, retried by the schedule, stopped when the receiver is gone."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from standardwebhooks import Webhook, WebhookVerificationError

from accounts.queries import actor_by_key
from accounts.services import issue_key
from events.domain.actor import SYSTEM
from notify.domain.schedule import HOOK_STEPS
from notify.models import Attempt, Delivery, Endpoint, State
from notify.services import add_endpoint, deliver_due, dispatch, resume_endpoint, rotate_secret, send_again
from tests.factories import MONDAY, actor_of, make_desk, make_ticket, reply
from tests.notify.servers import HookSink, hook_server
from tests.notify.told import Desk, clear
from tickets.models import Ticket
from tickets.services import post_message

NOW = datetime.now(tz=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def sink() -> Iterator[HookSink]:
    """A receiver that takes everything."""
    with hook_server() as running:
        yield running


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket of the member, told already."""
    made = make_ticket(desk.contract, requester=desk.member)
    clear()
    return made


@pytest.fixture
def secret(desk: Desk, sink: HookSink) -> str:
    """The secret of the client's one endpoint."""
    poc = actor_of(desk.poc)
    _, made = add_endpoint(actor=poc, at=MONDAY, client=desk.client, url=sink.url, kinds=["message.posted"])
    clear()
    return made


@pytest.fixture
def hook(desk: Desk, ticket: Ticket, secret: str) -> Delivery:
    """A webhook about a reply, waiting in the outbox."""
    reply(ticket, desk.engineer, "Found it.", at=NOW)
    dispatch(at=NOW)
    return Delivery.objects.get(channel="webhook")


def fresh(delivery: Delivery) -> Delivery:
    """The delivery as it stands now."""
    return Delivery.objects.get(pk=delivery.pk)


def due(delivery: Delivery) -> datetime:
    """When it is tried again."""
    due_at = fresh(delivery).due_at
    assert due_at is not None
    return due_at


def run_schedule(times: int) -> datetime:
    """Let time pass so that the webhook is tried that often; gives the moment of the last try."""
    now = NOW
    for _ in range(times):
        deliver_due(at=now)
        now += timedelta(hours=30)
    return now


def verified(secret: str, body: bytes, headers: dict[str, str]) -> Any:  # noqa: ANN401 - whatever was sent
    """What the reference verifier makes of a delivery that it gets at the moment of sending."""
    with time_machine.travel(NOW, tick=False):
        return Webhook(secret).verify(body, headers)


def test_the_reference_verifier_accepts_what_we_send(sink: HookSink, secret: str, hook: Delivery) -> None:
    deliver_due(at=NOW)
    headers, body = sink.got[0]
    content = verified(secret, body, headers)
    assert content["type"] == "message.posted"
    assert content["data"]["key"] == "ACME-1"
    assert content["data"]["body"] == "Found it."
    assert fresh(hook).state == State.DONE


def test_a_flipped_bit_is_rejected_by_the_verifier(sink: HookSink, secret: str, hook: Delivery) -> None:
    deliver_due(at=NOW)
    headers, body = sink.got[0]
    with pytest.raises(WebhookVerificationError):
        verified(secret, body.replace(b"Found", b"Sound"), headers)


def test_no_clients_secret_verifies_for_another(sink: HookSink, secret: str, hook: Delivery) -> None:
    other = make_desk("OTHER")
    _, foreign = add_endpoint(actor=SYSTEM, at=MONDAY, client=other.client, url=sink.url)
    deliver_due(at=NOW)
    with pytest.raises(WebhookVerificationError):
        verified(foreign, sink.got[0][1], sink.got[0][0])


def test_after_a_rotation_both_secrets_verify_for_a_day(sink: HookSink, secret: str, hook: Delivery) -> None:
    new = rotate_secret(actor=SYSTEM, at=NOW, endpoint=Endpoint.objects.get())
    deliver_due(at=NOW)
    headers, body = sink.got[0]
    assert verified(secret, body, headers) == verified(new, body, headers)


def test_after_the_day_only_the_new_secret_signs(sink: HookSink, secret: str, hook: Delivery) -> None:
    rotate_secret(actor=SYSTEM, at=NOW - 2 * DAY, endpoint=Endpoint.objects.get())
    deliver_due(at=NOW)
    with pytest.raises(WebhookVerificationError):
        verified(secret, sink.got[0][1], sink.got[0][0])


def test_a_second_try_keeps_the_id_and_renews_the_timestamp(sink: HookSink, hook: Delivery) -> None:
    sink.answer = lambda handler: handler.reply(500)
    deliver_due(at=NOW)
    deliver_due(at=NOW + timedelta(minutes=1))
    (first, _), (second, _) = sink.got
    assert first["webhook-id"] == second["webhook-id"]
    assert int(second["webhook-timestamp"]) == int(first["webhook-timestamp"]) + 60


@pytest.mark.parametrize("status", [301, 302, 400, 404, 429, 500, 503])
def test_only_a_2xx_is_success(sink: HookSink, hook: Delivery, status: int) -> None:
    sink.answer = lambda handler: handler.reply(status, {"Location": "/elsewhere"})
    deliver_due(at=NOW)
    assert (fresh(hook).state, len(sink.got)) == (State.WAITING, 1)
    assert str(status) in fresh(hook).outcome


def test_retry_after_is_obeyed(sink: HookSink, hook: Delivery) -> None:
    sink.answer = lambda handler: handler.reply(429, {"Retry-After": "7200"})
    deliver_due(at=NOW)
    assert due(hook) >= NOW + timedelta(hours=2)


def test_an_unreasonable_retry_after_is_obeyed_for_a_day_at_most(sink: HookSink, hook: Delivery) -> None:
    sink.answer = lambda handler: handler.reply(503, {"Retry-After": "99999999999"})
    deliver_due(at=NOW)
    assert NOW + DAY <= due(hook) <= NOW + DAY + timedelta(minutes=1)


def test_the_receivers_words_are_kept_nowhere(sink: HookSink, hook: Delivery) -> None:
    sink.answer = lambda handler: handler.reply(500, body=b"root:x:0:0 secret page")
    deliver_due(at=NOW)
    assert "secret" not in fresh(hook).outcome + Attempt.objects.get(delivery=hook).detail


def test_a_receiver_that_is_gone_is_suspended_at_once(sink: HookSink, hook: Delivery) -> None:
    sink.answer = lambda handler: handler.reply(410)
    deliver_due(at=NOW)
    endpoint = Endpoint.objects.get()
    assert endpoint.suspended_at is not None
    assert "410" in endpoint.suspended_reason
    assert fresh(hook).state == State.SUSPENDED


def test_after_the_last_try_the_endpoint_is_suspended_and_its_people_are_told(
    sink: HookSink, hook: Delivery, desk: Desk
) -> None:
    sink.answer = lambda handler: handler.reply(500)
    now = run_schedule(len(HOOK_STEPS) + 1)
    assert len(sink.got) == len(HOOK_STEPS) + 1
    assert fresh(hook).state == State.FAILED
    assert Endpoint.objects.get().suspended_at is not None
    dispatch(at=now)
    told = Delivery.objects.filter(template="endpoint_suspended").values_list("person", flat=True)
    assert set(told) == {desk.poc.pk, desk.csm.pk}


def test_what_happens_while_suspended_is_sent_on_resuming(
    sink: HookSink, hook: Delivery, desk: Desk, ticket: Ticket
) -> None:
    sink.answer = lambda handler: handler.reply(410)
    deliver_due(at=NOW)
    reply(ticket, desk.engineer, "Meanwhile.", at=NOW)
    dispatch(at=NOW)
    sink.answer = lambda handler: handler.reply(204)
    resume_endpoint(actor=actor_of(desk.poc), at=NOW, endpoint=Endpoint.objects.get())
    deliver_due(at=NOW + timedelta(seconds=1))
    bodies = [json.loads(body)["data"].get("body") for _, body in sink.got[1:]]
    assert {"Found it.", "Meanwhile."} <= set(bodies)


def test_a_delivered_webhook_can_be_sent_again_under_its_id(
    sink: HookSink, hook: Delivery, desk: Desk
) -> None:
    deliver_due(at=NOW)
    send_again(actor=actor_of(desk.poc), at=NOW, delivery=hook)
    deliver_due(at=NOW)
    assert len({headers["webhook-id"] for headers, _ in sink.got}) == 1
    assert len(sink.got) == 2


def test_a_sick_endpoint_is_tried_once_a_step_and_holds_up_no_other(
    sink: HookSink, hook: Delivery, desk: Desk, ticket: Ticket
) -> None:
    with_port = sink.url.replace("/hooks", "/sick")
    add_endpoint(actor=SYSTEM, at=NOW, client=desk.client, url=with_port)
    for number in range(5):
        reply(ticket, desk.engineer, f"Number {number}.", at=NOW)
    dispatch(at=NOW)
    sink.answer = lambda handler: handler.reply(500 if handler.path == "/sick" else 204)
    deliver_due(at=NOW)
    sick = Endpoint.objects.get(url=with_port)
    assert Attempt.objects.filter(delivery__endpoint=sick).count() == 1
    assert (
        not Delivery.objects.filter(channel="webhook").exclude(endpoint=sick).exclude(state="done").exists()
    )


def test_no_internal_note_leaves_by_a_webhook(
    sink: HookSink, secret: str, desk: Desk, ticket: Ticket
) -> None:
    post_message(actor=actor_of(desk.engineer), at=NOW, ticket=ticket, body="CANARY", visibility="internal")
    dispatch(at=NOW)
    deliver_due(at=NOW)
    assert not Delivery.objects.filter(channel="webhook").exists()
    assert sink.got == []


def test_a_redacted_message_is_not_sent_any_more(sink: HookSink, hook: Delivery, ticket: Ticket) -> None:
    ticket.messages.update(redacted_at=NOW)
    deliver_due(at=NOW)
    assert (fresh(hook).state, sink.got) == (State.WITHDRAWN, [])


def test_an_integration_does_not_hear_its_own_echo(sink: HookSink, desk: Desk, ticket: Ticket) -> None:
    key, text = issue_key(actor=SYSTEM, at=NOW, name="Their desk", client=desk.client)
    add_endpoint(actor=SYSTEM, at=NOW, client=desk.client, url=sink.url, api_key=key)
    clear()
    post_message(actor=actor_by_key(text, at=NOW)[0], at=NOW, ticket=ticket, body="From there.")
    dispatch(at=NOW)
    assert not Delivery.objects.filter(channel="webhook", record__kind="message.posted").exists()


def test_an_endpoint_hears_only_the_kinds_it_chose(sink: HookSink, desk: Desk, ticket: Ticket) -> None:
    add_endpoint(actor=SYSTEM, at=NOW, client=desk.client, url=sink.url, kinds=["ticket.opened"])
    clear()
    reply(ticket, desk.engineer, at=NOW)
    make_ticket(desk.contract, requester=desk.member, at=NOW)
    dispatch(at=NOW)
    hooks = Delivery.objects.filter(channel="webhook")
    assert [hook.record.kind for hook in hooks] == ["ticket.opened"]
