"""Claims hold for one worker at a time, and run out by themselves."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from notify.channels.answer import done
from notify.domain.schedule import MOST_CRASHES
from notify.models import Attempt, Delivery, State
from notify.services import dispatch
from notify.services.claiming import LEASE, claim_mail
from notify.services.settling import settle
from tests.factories import MONDAY, make_desk, make_ticket
from tests.notify.told import Desk


@pytest.fixture
def mail(desk: Desk) -> Delivery:
    """One mail that is due."""
    make_ticket(desk.contract, requester=desk.member)
    dispatch(at=MONDAY)
    Delivery.objects.exclude(person=desk.member, template="ticket_received").delete()
    return Delivery.objects.get()


def fresh(delivery: Delivery) -> Delivery:
    """The delivery as it stands now."""
    return Delivery.objects.get(pk=delivery.pk)


def test_a_claimed_mail_is_nobody_elses_until_the_claim_runs_out(mail: Delivery) -> None:
    assert claim_mail(now=MONDAY) == mail
    assert claim_mail(now=MONDAY) is None
    assert claim_mail(now=MONDAY + LEASE - timedelta(seconds=1)) is None
    assert claim_mail(now=MONDAY + LEASE) == mail


def test_nothing_is_due_before_its_moment(mail: Delivery) -> None:
    assert claim_mail(now=MONDAY - timedelta(seconds=1)) is None


def test_a_claim_that_was_taken_over_settles_nothing(mail: Delivery) -> None:
    slow = claim_mail(now=MONDAY)
    claim_mail(now=MONDAY + LEASE)
    assert slow is not None
    settle(slow, done("250 OK"), now=MONDAY + LEASE)
    assert fresh(mail).state == State.SENDING
    assert Attempt.objects.filter(outcome="done").count() == 1


def test_after_the_fifth_death_a_mail_is_set_aside_and_recorded(mail: Delivery) -> None:
    for number in range(MOST_CRASHES + 1):
        claim_mail(now=MONDAY + number * LEASE)
    assert (fresh(mail).state, fresh(mail).crashes) == (State.FAILED, MOST_CRASHES)
    assert claim_mail(now=MONDAY + timedelta(days=9)) is None


def both(act: Callable[[], object], *, threads: int) -> list[object]:
    """Do the same thing in several threads at once; gives what each brought."""
    barrier, brought = threading.Barrier(threads), list[object]()

    def run() -> None:
        barrier.wait()
        brought.append(act())
        connection.close()

    workers = [threading.Thread(target=run) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return brought


@pytest.mark.django_db(transaction=True)
def test_of_four_workers_at_once_each_mail_has_one() -> None:
    desk = make_desk()
    for _ in range(3):
        make_ticket(desk.contract, requester=desk.member)
    dispatch(at=MONDAY)
    Delivery.objects.exclude(template="ticket_received").delete()
    claimed = both(lambda: claim_mail(now=MONDAY), threads=4)
    taken = [mail for mail in claimed if mail is not None]
    assert len(taken) == len(set(taken)) == 3


@pytest.mark.django_db(transaction=True)
def test_two_dispatchers_at_once_make_each_delivery_once() -> None:
    desk = make_desk()
    for _ in range(5):
        make_ticket(desk.contract, requester=desk.member)
    both(lambda: dispatch(at=MONDAY), threads=2)
    dispatch(at=MONDAY)
    assert Delivery.objects.filter(template="ticket_received").count() == 5
    assert Delivery.objects.filter(template="ticket_opened").count() == 5
