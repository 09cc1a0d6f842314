"""People choose which mails they get, and may have them once a day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import EmailMessage

from events.domain.actor import SYSTEM
from events.domain.errors import Invalid, NotAllowed, NotHere
from notify.letters import mail_off_token
from notify.models import Delivery, Preference
from notify.queries import preferences_of
from notify.services import deliver_due, dispatch, set_preference, turn_mail_off
from notify.services.bundling import next_morning
from tests.factories import MONDAY, actor_of, make_ticket, reply
from tests.notify.told import Desk, belled, clear, tell
from tickets.models import Ticket

MORNING = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket of the member, told already."""
    made = make_ticket(desk.contract, requester=desk.member)
    clear()
    return made


def choose(desk: Desk, choice: str, *, group: str = "tickets", channel: str = "email") -> None:
    """Let the member choose."""
    set_preference(actor=actor_of(desk.member), group=group, channel=channel, choice=choice)


def test_a_group_that_is_off_is_not_mailed(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    choose(desk, "off")
    reply(ticket, desk.engineer)
    tell()
    assert mailoutbox == []
    assert Delivery.objects.get(person=desk.member).state == "withdrawn"


def test_a_bell_that_is_off_stays_silent(desk: Desk, ticket: Ticket) -> None:
    choose(desk, "off", channel="inapp")
    reply(ticket, desk.engineer)
    tell()
    assert belled("message.posted") == set()


def test_once_a_day_everything_comes_as_one_mail_in_the_morning(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    choose(desk, "digest")
    reply(ticket, desk.engineer, "One.")
    reply(ticket, desk.engineer, "Two.")
    tell()
    assert mailoutbox == []
    deliver_due(at=MORNING)
    assert [mail.subject for mail in mailoutbox] == ["2 things happened since yesterday"]
    assert set(Delivery.objects.filter(person=desk.member).values_list("state", flat=True)) == {"done"}


def test_what_waits_for_the_morning_holds_back_no_decision(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    choose(desk, "digest")
    reply(ticket, desk.engineer)
    tell()
    choose(desk, "on")
    reply(ticket, desk.engineer, "At once.")
    tell()
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("choice", ["off", "digest"])
def test_decisions_cannot_be_turned_off(desk: Desk, choice: str) -> None:
    with pytest.raises(Invalid):
        choose(desk, choice, group="decisions")
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    ("group", "channel", "choice"),
    [
        ("nothing", "email", "on"),
        ("tickets", "sms", "on"),
        ("tickets", "email", "later"),
        ("tickets", "inapp", "digest"),
    ],
)
def test_a_choice_that_does_not_exist_is_refused(desk: Desk, group: str, channel: str, choice: str) -> None:
    with pytest.raises(Invalid):
        choose(desk, choice, group=group, channel=channel)
    assert not Preference.objects.exists()


def test_only_a_person_chooses(db: None) -> None:
    with pytest.raises(NotAllowed):
        set_preference(actor=SYSTEM, group="tickets", channel="email", choice="off")


def test_choosing_again_replaces_the_choice(desk: Desk) -> None:
    choose(desk, "off")
    choose(desk, "on")
    assert preferences_of(desk.member)["tickets", "email"] == "on"
    assert Preference.objects.count() == 1


def test_the_link_in_a_mail_ends_that_group_alone(desk: Desk) -> None:
    assert turn_mail_off(token=mail_off_token(person_id=desk.member.pk, group="proactive")) == "proactive"
    chosen = preferences_of(desk.member)
    assert chosen["proactive", "email"] == "off"
    assert [key for key, choice in chosen.items() if choice != "on"] == [("proactive", "email")]


def test_a_token_that_is_not_ours_or_names_another_group_ends_nothing(desk: Desk) -> None:
    tokens = ["", "x", mail_off_token(person_id=desk.member.pk, group="tickets")]
    for token in tokens:
        with pytest.raises(NotHere):
            turn_mail_off(token=token)
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    ("now", "zone", "morning"),
    [
        ("2026-03-02 09:00", "UTC", "2026-03-03 07:00"),
        ("2026-03-02 06:59", "UTC", "2026-03-02 07:00"),
        ("2026-03-28 12:00", "Europe/Brussels", "2026-03-29 05:00"),
        ("2026-03-02 23:00", "Asia/Kolkata", "2026-03-03 01:30"),
    ],
)
def test_the_next_morning_is_seven_on_the_readers_wall_clock(now: str, zone: str, morning: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert next_morning(at, zone=zone) == datetime.fromisoformat(morning).replace(tzinfo=UTC)


def test_a_second_sweep_sends_the_bundle_no_second_time(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    choose(desk, "digest")
    reply(ticket, desk.engineer)
    dispatch(at=MONDAY)
    deliver_due(at=MONDAY)
    for minutes in range(3):
        deliver_due(at=MORNING + timedelta(minutes=minutes))
    assert len(mailoutbox) == 1
