"""Logging work: rounding, drawing, holding, and every refusal with its reason (H1, H3, H5, H7)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from hours import services
from hours.models import TimeEntry
from tests.factories import MONDAY, actor_of, make_staff, moment
from tests.hours.conftest import HOUR, Hours, in_zone, make_hours
from tickets.models import Approval


@pytest.mark.parametrize(("worked", "charged"), [(1, 15), (15, 15), (16, 30), (1440, 1440)])
def test_an_entry_is_billed_in_full_quarters(hours: Hours, worked: int, charged: int) -> None:
    entry = hours.log(worked)
    assert (entry.worked_minutes, entry.billed_minutes) == (worked, charged)


def test_work_draws_from_the_reserved_hours(hours: Hours) -> None:
    entry = hours.log(50)
    assert entry.state == "drawn"
    assert hours.balance().available == 9 * HOUR
    assert hours.lines() == [("grant", 600), ("draw", -60)]


def test_logging_is_an_event_on_the_ticket(hours: Hours) -> None:
    hours.log(50)
    record = Record.objects.get(kind="time.logged")
    assert record.subject_id == hours.ticket.pk
    assert record.data["billed_minutes"] == 60


@pytest.mark.parametrize("minutes", [0, -15, 25 * HOUR, 15.5, True, "15"])
def test_unfit_minutes_are_refused_with_the_way_to_mend_them(hours: Hours, minutes: int) -> None:
    with pytest.raises(Invalid) as refused:
        hours.log(minutes)
    assert refused.value.fields["minutes"]
    assert not TimeEntry.objects.exists()
    assert not Record.objects.filter(kind="time.logged").exists()


@pytest.mark.parametrize(
    ("worked_on", "words"),
    [(date(2026, 3, 3), "to come"), (date(2026, 2, 28), "began"), (date(2026, 4, 1), "to come")],
)
def test_days_to_come_and_outside_the_contract_are_refused(hours: Hours, worked_on: date, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        hours.log(30, worked_on=worked_on)
    assert words in refused.value.fields["worked_on"]
    assert not TimeEntry.objects.exists()


def test_today_is_what_the_clients_clock_shows(hours: Hours) -> None:
    sydney = in_zone(hours, "Australia/Sydney")
    late = moment("2026-03-02 14:00")
    assert sydney.log(30, at=late, worked_on=date(2026, 3, 3)).state == "drawn"
    with pytest.raises(Invalid):
        sydney.log(30, at=late, worked_on=date(2026, 3, 4))


def test_a_day_after_the_contract_is_refused(db: None) -> None:
    ended = make_hours(ends_on=date(2026, 3, 10))
    with pytest.raises(Invalid, match="ended"):
        ended.log(30, at=moment("2026-03-12 09:00"))


def test_a_day_of_a_closed_month_is_refused(hours: Hours) -> None:
    hours.log(30)
    with pytest.raises(Invalid, match="closed"):
        hours.log(30, at=moment("2026-04-05 09:00"), worked_on=date(2026, 3, 31))


def test_work_needs_words_that_the_client_can_read(hours: Hours) -> None:
    with pytest.raises(Invalid) as refused:
        hours.log(30, note="  ")
    assert "note" in refused.value.fields


def test_an_unknown_kind_of_work_is_refused(hours: Hours) -> None:
    with pytest.raises(Invalid) as refused:
        hours.log(30, activity="gardening")
    assert "activity" in refused.value.fields


def test_what_does_not_fit_is_held_whole(hours: Hours) -> None:
    hours.log(9 * HOUR + 45)
    entry = hours.log(30)
    assert entry.state == "held"
    assert (hours.balance().available, hours.balance().held) == (15, 30)


@pytest.mark.parametrize("activity", ["success_management", "escalation", "procurement_vendor_liaison"])
def test_free_activities_never_draw(hours: Hours, activity: str) -> None:
    entry = hours.log(60, activity=activity)
    assert (entry.state, hours.balance().available) == ("not_billed", 600)
    assert entry.not_billed_reason


def test_a_plan_without_hours_records_work_as_not_billed(db: None) -> None:
    plain = make_hours("NOHRS", "managed-self-hosted", hours_period="", reserved=0)
    entry = plain.log(60)
    assert entry.state == "not_billed"
    assert plain.lines() == []


def test_a_lead_marks_work_as_not_billed_with_a_reason(hours: Hours) -> None:
    entry = hours.log(60, role="lead", not_billed_reason="Our mistake")
    assert (entry.state, entry.not_billed_reason) == ("not_billed", "Our mistake")


def test_an_engineer_cannot_waive_the_bill(hours: Hours) -> None:
    with pytest.raises(NotAllowed):
        hours.log(60, not_billed_reason="A favour")
    assert not TimeEntry.objects.exists()


def test_a_lead_logs_for_an_engineer(hours: Hours) -> None:
    entry = hours.log(60, role="lead", person=hours.desk.engineer)
    assert (entry.person, entry.logged_by) == (hours.desk.engineer, hours.desk.lead)


def test_an_engineer_does_not_log_for_somebody_else(hours: Hours) -> None:
    with pytest.raises(NotAllowed):
        hours.log(60, person=hours.desk.lead)


@pytest.mark.parametrize("role", ["poc", "observer", "account_executive"])
def test_who_does_not_log_time_is_refused(hours: Hours, role: str) -> None:
    with pytest.raises(NotAllowed):
        hours.log(60, role=role)
    assert not TimeEntry.objects.exists()


def test_a_strange_engineer_finds_no_ticket(hours: Hours) -> None:
    work: dict[str, Any] = {
        "ticket": hours.ticket,
        "minutes": 60,
        "worked_on": MONDAY.date(),
        "note": "Looked",
    }
    with pytest.raises(NotHere):
        services.log_time(actor=actor_of(make_staff("engineer")), at=MONDAY, **work)
    assert not TimeEntry.objects.exists()


def test_excluded_work_is_refused_until_an_exception_stands(hours: Hours) -> None:
    hours.ticket.category = "infrastructure"
    hours.ticket.save()
    with pytest.raises(Invalid, match="excludes") as refused:
        hours.log(60)
    assert refused.value.code == "excluded_scope"
    _agree(hours, "exception")
    assert hours.log(60).state == "drawn"


def test_an_excluded_ticket_takes_free_and_unbilled_work(hours: Hours) -> None:
    hours.ticket.category = "infrastructure"
    hours.ticket.save()
    assert hours.log(60, activity="escalation").state == "not_billed"
    assert hours.log(60, role="lead", not_billed_reason="Goodwill").state == "not_billed"


def test_administration_is_refused_without_the_add_on(db: None) -> None:
    payg = make_hours("PAYG", "pay-as-you-go", reserved=0, hours_period="")
    payg.ticket.category = "administration"
    payg.ticket.save()
    with pytest.raises(Invalid, match="Administration"):
        payg.log(60)
    payg.contract.add_ons = ["administration"]
    payg.contract.save()
    assert payg.log(60).state == "held"


def test_work_on_site_needs_the_clients_agreement(hours: Hours) -> None:
    with pytest.raises(Invalid, match="site"):
        hours.log(60, on_site=True)
    _agree(hours, "on_site")
    assert hours.log(60, on_site=True).state == "drawn"


def test_the_same_request_twice_is_one_entry(hours: Hours) -> None:
    first, second = hours.log(60, request_key="k1"), hours.log(60, request_key="k1")
    assert first == second
    assert hours.balance().available == 9 * HOUR


def test_the_same_key_with_other_content_is_refused(hours: Hours) -> None:
    hours.log(60, request_key="k1")
    with pytest.raises(Conflict):
        hours.log(75, request_key="k1")


def test_yesterdays_work_after_a_period_end_uses_that_periods_hours(hours: Hours) -> None:
    hours.log(60)
    entry = hours.log(90, at=moment("2026-04-01 09:00"), worked_on=date(2026, 3, 31))
    assert entry.state == "drawn"
    april = hours.balance(moment("2026-04-01 09:00"))
    assert april.available == 600
    assert hours.lines()[-3:] == [("grant", 600), ("reversal", 90), ("draw", -90)]


def test_late_work_beyond_what_expired_goes_on_in_the_present_period(hours: Hours) -> None:
    hours.log(9 * HOUR)
    hours.log(90, at=moment("2026-04-01 09:00"), worked_on=date(2026, 3, 31))
    assert hours.balance(moment("2026-04-01 09:00")).available == 570


def _agree(hours: Hours, kind: str) -> None:
    Approval.objects.create(
        client=hours.desk.client,
        ticket=hours.ticket,
        kind=kind,
        question="Agreed?",
        asked_at=MONDAY - timedelta(days=1),
        state="approved",
    )
