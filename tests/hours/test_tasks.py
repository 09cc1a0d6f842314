"""The sweeps: they find what is due by the database's clock, and run twice to no effect (H4, H8, H9)."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from events.models import Record
from hours import services, tasks
from hours.models import Account, Statement, Timer
from hours.queries.terms import zone_of
from tests.hours.conftest import Hours, direct_ticket, make_hours


def test_the_sweep_grants_and_closes_what_is_due_by_now(hours: Hours) -> None:
    tasks.sweep_periods()
    assert hours.lines()[0] == ("grant", 600)
    assert Account.objects.get().next_due_at is not None
    assert Statement.objects.exists()


def test_a_second_sweep_finds_nothing(hours: Hours) -> None:
    tasks.sweep_periods()
    lines, records = hours.lines(), Record.objects.count()
    assert tasks.sweep_periods() == 0
    assert (hours.lines(), Record.objects.count()) == (lines, records)


def test_a_contract_made_behind_our_back_gets_its_account_with_the_sweep(hours: Hours) -> None:
    assert not Account.objects.exists()
    tasks.sweep_periods()
    assert Account.objects.get().contract == hours.contract


def test_the_sweep_reminds_of_a_forgotten_timer_once(hours: Hours) -> None:
    began = timezone.now() - timedelta(hours=5)
    services.start_timer(actor=hours.actor("engineer"), at=began, ticket=hours.ticket)
    assert [tasks.sweep_timers(), tasks.sweep_timers()] == [1, 0]
    assert Timer.objects.get().reminded_at is not None


def test_a_timer_that_was_paused_in_between_is_not_forgotten(hours: Hours) -> None:
    actor, now = hours.actor("engineer"), timezone.now()
    timer = services.start_timer(actor=actor, at=now - timedelta(hours=9), ticket=hours.ticket)
    services.pause_timer(actor=actor, at=now - timedelta(hours=8), timer=timer)
    services.resume_timer(actor=actor, at=now - timedelta(hours=1), timer=timer)
    assert tasks.sweep_timers() == 0


def test_a_sweep_takes_no_more_than_its_share_and_the_next_one_goes_on(db: None) -> None:
    there = [make_hours(f"C{number}") for number in range(3)]
    at = timezone.now()
    for one in there:
        services.open_account(contract=one.contract, at=at)
    later = at + timedelta(days=40)
    assert [services.grant_periods(at=later, limit=2) for _ in range(3)] == [2, 1, 0]


def test_many_timers_are_reminded_of_in_shares(hours: Hours) -> None:
    began = timezone.now() - timedelta(hours=5)
    for number, role in enumerate(("engineer", "lead", "csm"), start=2):
        ticket = direct_ticket(hours.contract, number)
        services.start_timer(actor=hours.actor(role), at=began, ticket=ticket)
    assert [services.remind_idle_timers(at=timezone.now(), limit=2) for _ in range(3)] == [2, 1, 0]


def test_the_zone_of_a_contract_is_that_of_its_calendar(hours: Hours) -> None:
    assert zone_of(hours.contract) == "Europe/London"
