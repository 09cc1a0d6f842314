"""Idempotency keys: one effect, one answer, however often a request is sent (F20)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import close_old_connections, connection, transaction

from api.models import StoredAnswer
from api.services import KEPT, Answer, StillRunning, answer_once, forget_answers
from events.models import Record
from hours.models import TimeEntry
from notify.models import Delivery
from tests.api.conftest import Caller, caller_of_client, form
from tests.factories import Desk
from tickets.models import Message, Ticket


def test_the_same_request_again_gives_the_first_answer(desk: Desk, jira: Caller) -> None:
    first, second = (jira.post("tickets", form(desk), Idempotency_Key="one") for _ in range(2))
    assert (second.status_code, second.content) == (201, first.content)
    assert (second["ETag"], second["Location"]) == (first["ETag"], first["Location"])
    assert (second["Idempotent-Replayed"], "Idempotent-Replayed" in first) == ("true", False)
    assert Ticket.objects.count() == Message.objects.count() == 1


def test_a_body_with_its_fields_in_another_order_is_the_same(desk: Desk, jira: Caller) -> None:
    asked = form(desk)
    jira.post("tickets", asked, Idempotency_Key="one")
    again = jira.post("tickets", dict(reversed(asked.items())), Idempotency_Key="one")
    assert again["Idempotent-Replayed"] == "true"


def test_another_body_under_the_same_key_is_refused(desk: Desk, jira: Caller) -> None:
    jira.post("tickets", form(desk), Idempotency_Key="one")
    answer = jira.post("tickets", form(desk, subject="Something else"), Idempotency_Key="one")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    other = jira.post("tickets/ACME-1/messages", {"body": "Hello"}, Idempotency_Key="one")
    assert other.status_code == 422
    assert (Ticket.objects.count(), Message.objects.count()) == (1, 1)


def test_the_key_of_another_caller_is_another_key(desk: Desk, other_desk: Desk, jira: Caller) -> None:
    other = caller_of_client(other_desk)
    assert jira.post("tickets", form(desk), Idempotency_Key="one").json()["key"] == "ACME-1"
    assert other.post("tickets", form(other_desk), Idempotency_Key="one").json()["key"] == "BETA-1"


def test_what_was_refused_can_be_tried_again_under_its_key(desk: Desk, jira: Caller) -> None:
    refused = jira.post("tickets", form(desk, urgency="hot"), Idempotency_Key="one")
    assert (refused.status_code, StoredAnswer.objects.count()) == (422, 0)
    assert jira.post("tickets", form(desk), Idempotency_Key="one").status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 129, "zwölf"])
def test_a_key_is_a_short_plain_text(desk: Desk, jira: Caller, key: str) -> None:
    answer = jira.post("tickets", form(desk), Idempotency_Key=key)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_idempotency_key")
    assert not Ticket.objects.exists()


def test_a_secret_is_told_once_and_never_stored(jira: Caller, settings: Any) -> None:  # noqa: ANN401
    settings.OUTBOUND_ALLOW = ["127.0.0.1"]
    asked = {"url": "https://127.0.0.1/hook"}
    first, second = (jira.post("webhooks", asked, Idempotency_Key="one") for _ in range(2))
    assert first.json()["secret"].startswith("whsec_")
    assert second.json() == {**first.json(), "secret": ""}
    assert first.json()["secret"] not in str(StoredAnswer.objects.values())


def test_old_answers_are_forgotten(desk: Desk, jira: Caller) -> None:
    jira.post("tickets", form(desk), Idempotency_Key="one")
    stored_at = StoredAnswer.objects.get().stored_at
    assert forget_answers(at=stored_at + KEPT) == 0
    assert forget_answers(at=stored_at + KEPT + timedelta(seconds=1)) == 1


def test_a_first_request_that_fails_leaves_neither_effect_nor_answer(desk: Desk, jira: Caller) -> None:
    def act() -> Answer:
        Record.objects.all()
        Ticket.objects.create(
            client=desk.client, contract=desk.contract, number=1, key="ACME-1", urgency="high", rank=2,
            request_type="request", channel="api", subject="Lost", opened_at=AT, updated_at=AT,
        )  # fmt: skip
        raise RuntimeError("the process ends here")

    with pytest.raises(RuntimeError):
        answer_once(at=AT, api_key_id=jira.key.pk, key="one", digest="d", act=act)
    assert not Ticket.objects.exists()
    assert not StoredAnswer.objects.exists()


AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_have_one_effect(desk: Desk, jira: Caller) -> None:
    def send(_: int) -> int:
        try:
            answer = jira.post("tickets", form(desk), Idempotency_Key="one")
            assert answer.status_code in (201, 409)
            assert answer.status_code == 201 or answer["Retry-After"] == "1"
            return int(answer.status_code)
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(send, range(8)))
    assert 201 in outcomes
    assert Ticket.objects.count() == StoredAnswer.objects.count() == 1
    assert (
        Delivery.objects.filter(ticket__isnull=False).count()
        == Delivery.objects.values("target").distinct().count()
    )
    assert not TimeEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer: the second waits")
def test_while_the_first_is_at_work_the_second_hears_so(jira: Caller) -> None:
    def second() -> None:
        try:
            with pytest.raises(StillRunning):
                answer_once(
                    at=AT, api_key_id=jira.key.pk, key="one", digest="d", act=lambda: Answer(status=200)
                )
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        answer_once(
            at=AT,
            api_key_id=jira.key.pk,
            key="one",
            digest="d",
            act=lambda: (pool.submit(second).result(), Answer(status=200))[1],
        )
