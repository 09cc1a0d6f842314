"""A worker is killed while a mailing goes out: the next sweep goes on, and nobody gets it twice (P5)."""

from __future__ import annotations

import pytest

from events.models import Record
from notify.models import Delivery
from notify.services import dispatch
from proactive.models import Mailing, MailingRecipient
from proactive.services import send_mailing_now
from proactive.services.posting import begin_mailings, post_batch
from tests.durability.processes import DIED, swept
from tests.factories import MONDAY, Desk, actor_of
from tests.factories.mailings import draft_insight, mail_desk, post_all

SWEEP = "proactive.services.posting.post_batch"


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    """An insight under way that nobody was given yet."""
    desk = mail_desk()
    send_mailing_now(actor=actor_of(desk.csm), at=MONDAY, mailing=draft_insight(desk))
    begin_mailings(at=MONDAY)
    return desk


def test_a_batch_that_was_killed_leaves_nothing_and_is_sent_once_by_the_next(desk: Desk) -> None:
    assert swept(SWEEP, at=MONDAY, fail_point="mailing_batch") == DIED
    assert (MailingRecipient.objects.count(), Record.objects.filter(kind="mailing.posted").count()) == (0, 0)
    post_all(MONDAY)
    dispatch(at=MONDAY)
    assert Delivery.objects.filter(template="insight").count() == 3


def test_killed_between_two_batches_it_goes_on_with_the_rest(desk: Desk) -> None:
    post_batch(at=MONDAY, size=2)
    assert swept(SWEEP, at=MONDAY, fail_point="mailing_batch") == DIED
    post_all(MONDAY)
    told = [one for row in Record.objects.filter(kind="mailing.posted") for one in row.data["told_ids"]]
    assert sorted(told) == sorted({desk.poc.pk, desk.member.pk, desk.observer.pk})
    assert Mailing.objects.get().handed == 3
