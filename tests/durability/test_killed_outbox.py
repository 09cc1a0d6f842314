"""A worker is killed at each point of a delivery: it goes out later, once, or once more under the same id."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from events.domain.actor import SYSTEM
from events.models import Record
from notify.models import Attempt, Delivery, Notice
from notify.services import add_endpoint, dispatch
from tests.durability.processes import DIED, swept
from tests.factories import MONDAY, make_desk, make_ticket, reply
from tests.notify.servers import HookSink, MailSink, hook_server, mail_server
from tests.notify.told import Desk, clear

LATER = MONDAY + timedelta(seconds=46)

BEFORE_THE_TEXT = ["claimed", "rendered", "connected"]
AFTER_THE_TEXT = ["sent", "before_done"]


@pytest.fixture
def sink(transactional_db: None) -> Iterator[MailSink]:
    """A mail server that takes everything."""
    with mail_server() as running:
        yield running


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    """A client whose ticket was answered; nobody was told yet, and nothing else is to be told."""
    made = make_desk()
    ticket = make_ticket(made.contract, requester=made.member)
    clear()
    reply(ticket, made.engineer)
    Delivery.objects.all().delete()
    Record.objects.exclude(kind="message.posted").update(dispatched_at=MONDAY)
    return made


@pytest.fixture
def mail(desk: Desk, sink: MailSink) -> Delivery:
    """The one mail about the answer."""
    dispatch(at=MONDAY)
    return Delivery.objects.get()


def fresh(delivery: Delivery) -> Delivery:
    """The delivery as it stands now."""
    return Delivery.objects.get(pk=delivery.pk)


@pytest.mark.parametrize("point", BEFORE_THE_TEXT)
def test_killed_before_the_text_went_out_the_mail_is_sent_later_and_once(
    sink: MailSink, mail: Delivery, point: str
) -> None:
    assert swept("deliver_due", at=MONDAY, fail_point=point) == DIED
    assert sink.taken == []
    assert swept("deliver_due", at=LATER) == 0
    assert swept("deliver_due", at=LATER + timedelta(days=1)) == 0
    assert [taken.mail["Message-ID"] for taken in sink.taken] == [mail.message_id]
    assert fresh(mail).state == "done"


@pytest.mark.parametrize("point", AFTER_THE_TEXT)
def test_killed_after_the_text_went_out_one_more_copy_follows_under_the_same_id(
    sink: MailSink, mail: Delivery, point: str
) -> None:
    assert swept("deliver_due", at=MONDAY, fail_point=point) == DIED
    assert swept("deliver_due", at=LATER) == 0
    assert swept("deliver_due", at=LATER + timedelta(days=1)) == 0
    assert [taken.mail["Message-ID"] for taken in sink.taken] == [mail.message_id] * 2
    assert (fresh(mail).state, fresh(mail).doubts) == ("done", 1)
    assert list(Attempt.objects.values_list("outcome", flat=True)) == ["unknown", "done"]


def test_while_the_claim_of_a_dead_worker_holds_nobody_sends(sink: MailSink, mail: Delivery) -> None:
    swept("deliver_due", at=MONDAY, fail_point="claimed")
    assert swept("deliver_due", at=MONDAY + timedelta(seconds=30)) == 0
    assert sink.taken == []


def test_a_mail_that_kills_five_workers_is_set_aside_and_the_others_go_on(
    sink: MailSink, mail: Delivery, desk: Desk
) -> None:
    now = MONDAY
    for _ in range(5):
        assert swept("deliver_due", at=now, fail_point="rendered") == DIED
        now += timedelta(minutes=1)
    make_ticket(desk.contract, requester=desk.poc, at=now)
    dispatch(at=now)
    assert swept("deliver_due", at=now) == 0
    assert fresh(mail).state == "failed"
    assert "5 processes" in fresh(mail).outcome
    assert desk.poc.email in [taken.to[0] for taken in sink.taken]


def test_killed_while_making_deliveries_all_are_made_later_and_once(desk: Desk, sink: MailSink) -> None:
    assert swept("dispatch", at=MONDAY, fail_point="dispatching") == DIED
    assert not Delivery.objects.exists()
    assert not Notice.objects.exists()
    for _ in range(2):
        assert swept("dispatch", at=MONDAY) == 0
    assert (Delivery.objects.count(), Notice.objects.count()) == (1, 1)


@pytest.mark.parametrize(("point", "copies"), [("claimed", 1), ("before_done", 2)])
def test_a_webhook_survives_its_worker_under_the_same_id(
    desk: Desk, sink: MailSink, point: str, copies: int
) -> None:
    with hook_server() as receiver:
        add_endpoint(actor=SYSTEM, at=MONDAY, client=desk.client, url=receiver.url, kinds=["message.posted"])
        dispatch(at=MONDAY)
        Delivery.objects.exclude(channel="webhook").delete()
        assert swept("deliver_due", at=MONDAY, fail_point=point) == DIED
        assert swept("deliver_due", at=LATER) == 0
        assert ids_of(receiver) == ids_of(receiver)[:1] * copies
    assert Delivery.objects.get().state == "done"


def ids_of(receiver: HookSink) -> list[str]:
    """The ids of the webhooks that arrived, in order."""
    return [headers["webhook-id"] for headers, _ in receiver.got]
