"""Insights (P5): written once, sent in working hours, one mail a person, the plan's delivery proven."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from accounts.services import add_member, end_membership
from events.domain.actor import SYSTEM
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from proactive.domain.mailings import Audience
from proactive.models import Mailing, MailingRecipient, Occurrence
from proactive.queries.mailings import contacts_reached, insights_of, mailing_for
from proactive.services import (
    ItemWords,
    call_mailing_back,
    schedule_mailing,
    send_mailing_now,
    send_test,
    write_insight,
)
from proactive.services.posting import begin_mailings, post_batch
from proactive.services.proving import prove_mailings
from tests.factories import MONDAY, Desk, actor_of, make_contact, make_environment, moment, refused
from tests.factories.mailings import ITEM, draft_insight, mail_desk, post_all, sent_insight

TEN = moment("2026-03-02 10:00")


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Total Care, whose plan carries insights."""
    return mail_desk()


def reached(audience: Audience) -> set[int]:
    return {person for person, _ in contacts_reached(audience, kind="insight", on=MONDAY.date())}


def scheduled(desk: Desk) -> Mailing:
    mailing = draft_insight(desk)
    return schedule_mailing(actor=actor_of(desk.csm), at=MONDAY, mailing=mailing, send_at=TEN)


def test_contacts_of_contracts_that_carry_it_are_reached_once(desk: Desk) -> None:
    other = mail_desk("OTHER")
    mail_desk("PREMI", "premier-support")
    add_member(actor=SYSTEM, at=MONDAY, client=other.client, person=desk.poc, role=Role.POC)
    ours = {desk.poc.pk, desk.member.pk, desk.observer.pk}
    assert reached(Audience()) == ours | {other.poc.pk, other.member.pk, other.observer.pk}


def test_plan_product_and_role_narrow_it(desk: Desk) -> None:
    other = mail_desk("OTHER", "total-care-enterprise")
    make_environment(other.contract, product="Confluence")
    assert reached(Audience(products=("Confluence",), roles=("poc",))) == {other.poc.pk}
    assert reached(Audience(plans=("total-care",), roles=("member",))) == {desk.member.pk}
    assert not reached(Audience(plans=("total-care",), products=("Confluence",)))


def test_what_nobody_has_cannot_be_chosen(desk: Desk) -> None:
    audience = Audience(products=("Abacus",))
    with refused(Invalid, field="products"):
        write_insight(actor=actor_of(desk.csm), at=MONDAY, title="News", audience=audience)


@pytest.mark.parametrize("role", ["engineer", "account_executive", "poc"])
def test_others_do_not_write_to_all(desk: Desk, role: str) -> None:
    with refused(NotAllowed):
        write_insight(actor=actor_of(desk.person(role)), at=MONDAY, title="News")


@pytest.mark.parametrize(
    ("send_at", "words"),
    [
        ("2026-03-02 08:00", "has passed"),
        ("2026-03-07 10:00", "Monday to Friday"),
        ("2026-03-03 19:00", "7:00"),
    ],
)
def test_the_moment_lies_ahead_and_in_working_hours(desk: Desk, send_at: str, words: str) -> None:
    mailing = draft_insight(desk)
    with refused(Invalid, match=words, field="send_at"):
        schedule_mailing(actor=actor_of(desk.csm), at=MONDAY, mailing=mailing, send_at=moment(send_at))


def test_an_empty_insight_or_one_for_nobody_does_not_go(desk: Desk) -> None:
    csm = actor_of(desk.csm)
    empty = write_insight(actor=csm, at=MONDAY, title="News")
    with refused(Conflict, match="add an item"):
        send_test(actor=csm, at=MONDAY, mailing=empty)
    for_nobody = draft_insight(desk, audience=Audience(roles=("poc",)))
    end_membership(actor=SYSTEM, at=MONDAY, membership=desk.poc.memberships.get())
    with refused(Conflict, match="Nobody would get this"):
        send_mailing_now(actor=csm, at=MONDAY, mailing=for_nobody)


def test_a_link_is_a_whole_address(desk: Desk) -> None:
    with refused(Invalid, field="link"):
        draft_insight(desk, ItemWords(topic="news", title="x", body="y", link="javascript:alert(1)"))


def test_nothing_goes_before_its_moment_and_all_of_it_after(desk: Desk) -> None:
    mailing = scheduled(desk)
    post_all(TEN - timedelta(minutes=1))
    assert not MailingRecipient.objects.exists()
    post_all(TEN)
    mailing.refresh_from_db()
    assert (mailing.state, mailing.wanted, mailing.handed) == ("sent", 3, 3)


def test_what_is_scheduled_stays_until_it_is_called_back(desk: Desk) -> None:
    mailing = scheduled(desk)
    with refused(Conflict, match="Call it back first"):
        send_mailing_now(actor=actor_of(desk.csm), at=MONDAY, mailing=mailing)
    call_mailing_back(actor=actor_of(desk.csm), at=MONDAY, mailing=mailing)
    post_all(TEN)
    assert not MailingRecipient.objects.exists()


@pytest.mark.parametrize("late", [timedelta(hours=2), timedelta(hours=10)])
def test_what_a_standstill_delayed_waits_for_a_person(desk: Desk, late: timedelta) -> None:
    mailing = scheduled(desk)
    post_all(TEN + late)
    mailing.refresh_from_db()
    assert (mailing.state, MailingRecipient.objects.count()) == ("held", 0)
    send_mailing_now(actor=actor_of(desk.csm), at=TEN + late, mailing=mailing)
    post_all(TEN + late)
    assert MailingRecipient.objects.count() == 3


def test_batches_go_on_where_the_last_one_ended(desk: Desk) -> None:
    for _ in range(4):
        make_contact(desk.client, "member")
    send_mailing_now(actor=actor_of(desk.csm), at=MONDAY, mailing=draft_insight(desk))
    begin_mailings(at=MONDAY)
    assert [post_batch(at=MONDAY, size=3) for _ in range(4)] == [3, 3, 1, 0]
    told = [one for row in Record.objects.filter(kind="mailing.posted") for one in row.data["told_ids"]]
    assert len(told) == len(set(told)) == 7


def test_a_person_stands_in_a_mailing_once(desk: Desk) -> None:
    mailing = sent_insight(desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        MailingRecipient.objects.create(mailing=mailing, person=desk.poc, client=desk.client)


def test_a_batch_costs_the_same_for_few_and_for_many(desk: Desk) -> None:
    for _ in range(12):
        make_contact(desk.client, "member")
    send_mailing_now(actor=actor_of(desk.csm), at=MONDAY, mailing=draft_insight(desk))
    begin_mailings(at=MONDAY)
    counts = []
    for size in (1, 10):
        with CaptureQueriesContext(connection) as queries:
            post_batch(at=MONDAY, size=size)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_the_delivery_that_was_owed_is_proven_by_the_mailing_once(desk: Desk) -> None:
    owed = Occurrence.objects.filter(programme__kind="insights", window_first_on__lte=MONDAY.date())
    owed = owed.filter(window_last_on__gte=MONDAY.date())
    mailing = sent_insight(desk)
    assert (prove_mailings(at=MONDAY), prove_mailings(at=MONDAY)) == (1, 0)
    done = owed.get()
    assert (done.state, done.mailing) == ("delivered", mailing)
    assert "“News of March”, mailed to 3 people on 02 Mar 2026" in done.proof


def test_clients_read_what_they_were_sent_and_nothing_else(desk: Desk) -> None:
    mailing, draft = sent_insight(desk), draft_insight(desk, ITEM)
    assert list(insights_of(actor_of(desk.poc), client_id=desk.client.pk)) == [mailing]
    stranger = mail_desk("LATER").poc
    for person, one in ((desk.poc, draft), (stranger, mailing)):
        with pytest.raises(NotHere):
            mailing_for(actor_of(person), mailing_id=one.pk)
