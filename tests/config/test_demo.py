"""The demo world stands by itself: true to every rule, alive at this minute, and silent about its past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker, Settings

from accounts.models import Client
from accounts.queries import actor_by_key
from config.demo.crowd import add_tickets, found_crowd
from config.demo.desk import Desk, close_before
from config.demo.founding import House
from config.demo.player import Player, Story
from config.demo.script import PASSWORD, address, script
from config.demo.sign_ins import issue_keys, keys_file, sign_ins
from config.demo.world import make_world
from config.invariants import INVARIANTS
from contracts.domain.calendar import Calendar
from escalation.models import Escalation
from hours.models import LedgerEntry, OverageRequest, Timer
from notify.models import Delivery, Notice
from proactive.models import Exposure, Mailing, Problem, Registration
from slo.models import Clock
from slo.services import rebuild
from tests.factories.moments import moment
from tests.factories.promises import catalogue
from tickets.models import Approval, Document, Ticket

NOW = moment("2026-06-17 10:30")
pytestmark = pytest.mark.django_db


def silent(done: int, total: int) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[House, list[Desk]]]:
    """The first two clients of the world, made once for this file and gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world(now=NOW, progress=silent, clients=2)
        transaction.set_rollback(True)


def test_every_plan_of_the_catalogue_is_in_use() -> None:
    assert {one.plan for part in script().clients for one in part.contracts} == set(catalogue().plans)


def test_the_first_clients_are_one_of_each_family() -> None:
    families = [catalogue().plans[part.contracts[0].plan].family for part in script().clients[:5]]
    assert sorted(families) == sorted({plan.family for plan in catalogue().plans.values()})


def test_there_are_people_in_every_role_and_one_of_two_clients() -> None:
    roles = {one.role for one in script().staff}
    contacts = [contact for part in script().clients for contact in part.contacts]
    assert roles == {"engineer", "lead", "csm", "account_executive", "administrator"}
    assert {contact.role for contact in contacts} == {"poc", "member", "observer"}
    assert len(contacts) > len({contact.email for contact in contacts})


def test_addresses_are_invented_and_plain() -> None:
    assert address("Clement Asaré", "caredesk.example") == "clement.asare@caredesk.example"
    emails = [contact.email for part in script().clients for contact in part.contacts]
    assert all(email.isascii() and email.endswith(".example") for email in emails)


def test_stories_happen_in_the_order_of_time_and_end_now() -> None:
    seen: list[datetime] = []

    def story(*minutes: int) -> Story:
        for one in minutes:
            yield NOW + timedelta(minutes=one)
            seen.append(NOW + timedelta(minutes=one))

    player = Player(since=NOW, until=NOW + timedelta(minutes=9), before_each=lambda at: None)
    player.add(story(1, 5, 10))
    player.add(story(3, 4))
    assert player.play(silent) == 4
    assert seen == [NOW + timedelta(minutes=one) for one in (1, 3, 4, 5)]


@pytest.mark.parametrize("now", ["2026-06-17 10:30", "2026-06-20 23:10"])
def test_a_clock_that_shall_be_used_up_by_half_is_so_at_the_next_opening(now: str) -> None:
    office = Calendar.from_dict({"tz": "UTC", "weekly": {"wed": [["09:00", "17:00"]]}})
    at = close_before(office, moment(now), seconds=7200, used=0.5)
    opening = max(moment(now), office.next_open(moment(now)))
    assert at < moment(now)
    assert office.elapsed(at, opening) == 3600


def test_every_invariant_holds_in_it(world: object) -> None:
    assert {name: faults for name, check in INVARIANTS if (faults := check())} == {}


def test_its_clocks_are_the_fold_of_its_events(world: object) -> None:
    assert rebuild(at=NOW, check=True) == []


def test_something_waits_for_everybody(world: object) -> None:
    assert Ticket.objects.open().filter(next_due_at__gt=NOW).count() >= 2
    assert Ticket.objects.open().filter(at_risk=True).exists()
    assert Escalation.objects.exclude(state="resolved").exists()
    assert Approval.objects.filter(state="asked").exists()
    assert OverageRequest.objects.filter(state="asked").exists()
    assert Timer.objects.running().exists()


def test_its_history_has_met_and_missed_clocks_drawn_hours_and_ratings(world: object) -> None:
    states = set(Clock.objects.values_list("state", flat=True))
    assert {"met", "missed", "running"} <= states
    assert LedgerEntry.objects.filter(kind="draw").exists()
    assert Ticket.objects.filter(rating__isnull=False).exists()
    assert Ticket.objects.earliest("opened_at").opened_at < NOW - timedelta(days=90)


def test_nobody_is_mailed_about_it_but_the_bell_rings(world: object) -> None:
    assert not Delivery.objects.under_way().exists()
    assert Notice.objects.unread().exists()


def test_everybody_listed_can_sign_in(world: object) -> None:
    known = sign_ins(at=NOW)
    people = {row["email"]: row for row in known["people"]}
    assert {row["role"] for row in known["people"]} >= {"poc", "member", "observer", "engineer", "lead"}
    assert all(authenticate(username=email, password=PASSWORD) for email in people)


def test_every_key_listed_opens_its_own_contract(world: object) -> None:
    known = sign_ins(at=NOW)
    for row in known["api_keys"]:
        actor, key = actor_by_key(row["key"], at=NOW)
        assert (actor.contract_id, key.client and key.client.slug) == (row["contract"], row["client"])
    assert [row["role"] for row in known["staff_api_keys"]] == list(
        dict.fromkeys(p.role for p in script().staff)
    )


def test_keys_are_kept_from_other_eyes_and_replaced_when_they_are_lost(world: object) -> None:
    issue_keys(at=NOW)
    first = sign_ins(at=NOW)
    assert keys_file().stat().st_mode & 0o077 == 0
    assert sign_ins(at=NOW) == first
    keys_file().unlink()
    assert sign_ins(at=NOW)["api_keys"] != first["api_keys"]


def test_the_crowd_has_clocks_as_true_as_the_story(world: tuple[House, list[Desk]]) -> None:
    house, desks = world
    before = Ticket.objects.count()
    crowd = found_crowd(house, beyond=2, upto=4, now=NOW)
    add_tickets([*desks, *crowd], tickets=60, now=NOW, progress=silent)
    assert Ticket.objects.count() == before + 60
    assert rebuild(at=NOW, check=True) == []
    assert {name: faults for name, check in INVARIANTS if (faults := check())} == {}
    assert not Delivery.objects.under_way().exists()


def test_it_is_made_only_where_demo_is_on(settings: Settings) -> None:
    settings.DEMO, before = False, Client.objects.count()
    with pytest.raises(CommandError, match="only where DEMO is on"):
        call_command("demo")
    assert Client.objects.count() == before


def test_it_is_never_made_among_other_clients(world: object, settings: Settings) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="clients already"):
        call_command("demo")


def test_the_sign_ins_are_shown_as_text_and_as_json(world: object, settings: Settings) -> None:
    settings.DEMO = True
    text, written = StringIO(), StringIO()
    call_command("demo", show=True, stdout=text)
    call_command("demo", show=True, json=True, stdout=written)
    assert "mara.tunstall@alder.example" in text.getvalue()
    assert '"staff_api_keys"' in written.getvalue()


def test_it_mails_to_many_holds_events_and_is_watched(world: object) -> None:
    assert {"sent", "draft"} <= set(Mailing.objects.filter(kind="insight").values_list("state", flat=True))
    assert Registration.objects.filter(webinar__starts_at__gt=NOW).exists()
    assert Problem.objects.filter(recovered_at__isnull=True, ticket__isnull=False).exists()
    assert Exposure.objects.exists()


def test_most_documents_were_written_in_time(world: object) -> None:
    owed = Document.objects.count()
    assert Document.objects.overdue(NOW).count() <= owed / 4
