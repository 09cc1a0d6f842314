"""Events (P6): never in the past, announced, registered for, reminded of, moved, called off, attended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from proactive.models import Mailing, MailingRecipient, Occurrence, Registration, Webinar
from proactive.queries.mailings import registrations_visible_to, webinar_for
from proactive.services import (
    announce_webinar,
    call_webinar_off,
    change_webinar,
    leave,
    note_attendance,
    plan_webinar,
    register,
)
from proactive.services.proving import prove_mailings
from tests.factories import MONDAY, Desk, actor_of, refused
from tests.factories.mailings import EVERYBODY, announced_webinar, mail_desk, post_all, webinar_words

LATER = MONDAY + timedelta(days=10)


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Total Care, whose plan carries events."""
    return mail_desk()


@pytest.fixture
def webinar(desk: Desk) -> Webinar:
    """An event in ten days, announced."""
    return announced_webinar(desk)


def comes(desk: Desk, webinar: Webinar, who: str = "poc") -> Registration:
    actor = actor_of(desk.person(who))
    return register(actor=actor, at=MONDAY, webinar=webinar, client_id=desk.client.pk)


def told(kind: str) -> list[int]:
    rows = MailingRecipient.objects.filter(mailing__kind=kind).order_by("id")
    return list(rows.values_list("person_id", flat=True))


@pytest.mark.parametrize("ago", [0, 1])
def test_an_event_in_the_past_is_refused(desk: Desk, ago: int) -> None:
    words = webinar_words(MONDAY - timedelta(minutes=ago))
    with refused(Invalid, match="still to come", field="starts_at"):
        plan_webinar(actor=actor_of(desk.csm), at=MONDAY, words=words, audience=EVERYBODY)


def test_a_draft_whose_hour_went_by_is_not_announced(desk: Desk) -> None:
    csm = actor_of(desk.csm)
    draft = plan_webinar(actor=csm, at=MONDAY, words=webinar_words(LATER), audience=EVERYBODY)
    with refused(Invalid, match="has passed"):
        announce_webinar(actor=csm, at=LATER, webinar=draft)
    with refused(Invalid, match="after the event has begun"):
        announce_webinar(actor=csm, at=MONDAY, webinar=draft, send_at=LATER)


def test_everybody_invited_is_told_once_and_the_delivery_is_proven(desk: Desk, webinar: Webinar) -> None:
    assert sorted(told("invitation")) == sorted([desk.poc.pk, desk.member.pk, desk.observer.pk])
    prove_mailings(at=MONDAY)
    assert Occurrence.objects.filter(programme__kind="events", state="delivered").count() == 1


def test_drafts_and_events_of_others_are_not_found(desk: Desk, webinar: Webinar) -> None:
    draft = plan_webinar(actor=actor_of(desk.csm), at=MONDAY, words=webinar_words(LATER), audience=EVERYBODY)
    stranger = mail_desk("OTHER").poc
    for person, one in ((desk.poc, draft), (stranger, webinar)):
        with pytest.raises(NotHere):
            webinar_for(actor_of(person), webinar_id=one.pk)
    assert webinar_for(actor_of(desk.member), webinar_id=webinar.pk) == webinar


def test_contacts_register_once_and_give_their_seat_back(desk: Desk, webinar: Webinar) -> None:
    assert comes(desk, webinar) == comes(desk, webinar)
    leave(actor=actor_of(desk.poc), at=MONDAY, webinar=webinar, client_id=desk.client.pk)
    assert not registrations_visible_to(actor_of(desk.csm), webinar).exists()
    comes(desk, webinar)
    assert Registration.objects.get().withdrawn_at is None


def test_full_is_full_until_somebody_leaves(desk: Desk) -> None:
    webinar = announced_webinar(desk, seats=1)
    comes(desk, webinar)
    with refused(Conflict, match="Every seat is taken"):
        comes(desk, webinar, "member")
    leave(actor=actor_of(desk.poc), at=MONDAY, webinar=webinar, client_id=desk.client.pk)
    assert comes(desk, webinar, "member").person == desk.member


def test_strangers_and_staff_take_no_seat(desk: Desk, webinar: Webinar) -> None:
    other = mail_desk("OTHER")
    with refused(NotAllowed):
        register(actor=actor_of(desk.csm), at=MONDAY, webinar=webinar, client_id=desk.client.pk)
    with refused(NotHere):
        comes(other, webinar)


def test_who_registered_is_reminded_a_day_and_an_hour_before(desk: Desk, webinar: Webinar) -> None:
    comes(desk, webinar)
    for hours in (24, 1):
        post_all(webinar.starts_at - timedelta(hours=hours))
    assert told("reminder") == [desk.poc.pk, desk.poc.pk]


def test_a_reminder_never_comes_after_its_event_nor_long_after_its_hour(desk: Desk, webinar: Webinar) -> None:
    comes(desk, webinar)
    post_all(webinar.starts_at)
    states = Mailing.objects.filter(kind="reminder").values_list("state", flat=True)
    assert (told("reminder"), list(states)) == ([], ["lapsed", "lapsed"])


def test_who_registered_hears_of_a_new_hour_and_is_reminded_of_that_alone(
    desk: Desk, webinar: Webinar
) -> None:
    comes(desk, webinar)
    words = webinar_words(webinar.starts_at + timedelta(days=1))
    change_webinar(actor=actor_of(desk.csm), at=MONDAY, webinar=webinar, words=words, audience=EVERYBODY)
    post_all(MONDAY)
    post_all(webinar.starts_at - timedelta(hours=24))
    assert (told("change"), told("reminder")) == ([desk.poc.pk], [])
    post_all(webinar.starts_at)
    assert told("reminder") == [desk.poc.pk]


def test_who_registered_hears_that_it_is_called_off_and_of_nothing_more(desk: Desk, webinar: Webinar) -> None:
    comes(desk, webinar)
    call_webinar_off(actor=actor_of(desk.csm), at=MONDAY, webinar=webinar, reason="The host is ill.")
    for at in (MONDAY, webinar.starts_at - timedelta(hours=1)):
        post_all(at)
    assert (told("change"), told("reminder")) == ([desk.poc.pk], [])
    with refused(Conflict, match="called off"):
        comes(desk, webinar, "member")


def test_attendance_is_noted_afterwards_among_those_one_sees(desk: Desk, webinar: Webinar) -> None:
    here, there = comes(desk, webinar), comes(desk, webinar, "member")
    with refused(Conflict, match="not begun"):
        note_attendance(actor=actor_of(desk.csm), at=MONDAY, webinar=webinar, came=[here.pk])
    stranger = actor_of(mail_desk("OTHER").csm)
    assert note_attendance(actor=stranger, at=LATER, webinar=webinar, came=[here.pk]) == 0
    note_attendance(actor=actor_of(desk.csm), at=LATER, webinar=webinar, came=[here.pk])
    there.refresh_from_db()
    assert there.came is False
