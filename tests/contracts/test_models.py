"""What the tables themselves refuse, whoever writes to them, and how their rows are named."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, models, transaction

from contracts.models import CalendarVersion, Contract, PlanVersion
from tests.factories import MONDAY, Desk, make_contract, make_environment, name_contact

HOUR = timedelta(hours=1)


def again(row: models.Model) -> None:
    """Store the same row a second time, as two workers would that both looked first."""
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_contract_cannot_end_before_it_starts(desk: Desk) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=desk.contract.pk).update(ends_on=date(2025, 12, 31))


def test_a_version_number_stands_once_a_plan(desk: Desk) -> None:
    again(PlanVersion.objects.get(key="total-care"))


def test_a_version_number_stands_once_a_calendar(desk: Desk) -> None:
    again(CalendarVersion.objects.get(calendar=desk.contract.calendar))


def test_a_calendar_stands_once_by_name(desk: Desk) -> None:
    again(desk.contract.calendar)


def test_a_calendar_of_the_provider_stands_once_by_name(premier: Desk) -> None:
    shared = CalendarVersion.objects.get(calendar__name="24x7", calendar__client=None).calendar
    again(shared)


def test_a_person_is_named_once_at_a_time(premier: Desk) -> None:
    named = name_contact(premier.contract, premier.member)
    again(named)
    premier.contract.named_contacts.update(ended_at=MONDAY)
    assert name_contact(premier.contract, premier.member).pk


def test_an_engineer_is_cleared_once_at_a_time(desk: Desk) -> None:
    again(desk.contract.clearances.create(person=desk.engineer, since=MONDAY))


def test_an_environment_stands_once_by_name(desk: Desk) -> None:
    again(make_environment(desk.contract))


def test_a_window_ends_after_it_starts(desk: Desk) -> None:
    environment = make_environment(desk.contract)
    with pytest.raises(IntegrityError), transaction.atomic():
        environment.windows.create(starts_at=MONDAY, ends_at=MONDAY, announced_at=MONDAY, summary="Upgrade")


def test_a_precondition_is_proved_once(desk: Desk) -> None:
    again(desk.contract.preconditions.create(key="vpn", proof="Tried", met_on=date(2026, 3, 2)))


def test_a_rule_and_its_wordings_are_numbered_once(desk: Desk) -> None:
    sop = desk.contract.sops.create(number=1, title="Fridays")
    version = sop.versions.create(number=1, body="None.", proposed_by=desk.poc, proposed_at=MONDAY)
    again(version)
    again(sop)


def test_a_step_stands_once_a_contract(desk: Desk) -> None:
    again(
        desk.contract.onboarding.create(
            key="kick-off", label="Kick-off", owner="provider", due_on=date(2026, 3, 2)
        )
    )


def test_rows_are_named_as_people_name_them(premier: Desk) -> None:
    contract = premier.contract
    sop = contract.sops.create(number=1, title="Fridays")
    window = make_environment(contract).windows.create(
        starts_at=MONDAY, ends_at=MONDAY + HOUR, announced_at=MONDAY, summary="Upgrade"
    )
    assert str(contract.plan_version) == "Premier Support, version 1"
    assert str(contract.calendar.versions.get()) == f"{contract.calendar.name}, version 1"
    assert str(name_contact(contract, premier.member)) == f"{premier.member.name} for {contract.name}"
    assert (str(sop), str(window)) == ("1. Fridays", "Upgrade")


def test_the_newest_version_of_each_is_found(desk: Desk) -> None:
    old = PlanVersion.objects.get(key="total-care")
    newer = PlanVersion.objects.create(
        key="total-care", number=2, title="Total Care", family="total-care", body={}, loaded_at=MONDAY
    )
    assert list(PlanVersion.objects.newest().filter(key="total-care")) == [newer]
    assert old in PlanVersion.objects.all()


def test_contracts_in_force_are_found_by_their_days(desk: Desk) -> None:
    later = make_contract(desk.client, "select", starts_on=date(2026, 6, 1))
    assert list(Contract.objects.in_force(date(2026, 3, 1))) == [desk.contract]
    assert set(Contract.objects.in_force(date(2026, 6, 1))) == {desk.contract, later}
