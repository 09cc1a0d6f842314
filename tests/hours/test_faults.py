"""The questions of the doctor: a sound ledger has no faults, and every forgery is found (H2, H5, H9)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from hours import services
from hours.invariants import INVARIANTS
from hours.models import Account, BucketBalance, LedgerEntry, Statement, TimeEntry
from hours.queries import broken_chains, changed_months, ledger_faults
from tests.factories import MONDAY, moment
from tests.hours.conftest import Hours


@pytest.fixture
def sound_ledger() -> None:
    """These tests forge the ledger, and look at what is found by themselves."""


@pytest.fixture
def forgeable(db: None) -> None:
    """On PostgreSQL only the tables' owner can forge: by taking the triggers off, until the test ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in ("ledgerentry", "statement", "timeentry"):
                cursor.execute(f"ALTER TABLE hours_{table} DISABLE TRIGGER USER")


@pytest.fixture
def lived(forgeable: None, hours: Hours) -> Hours:
    """A month with work, a reversal and held work, closed."""
    hours.log(60)
    services.reverse_entry(actor=hours.actor("engineer"), at=MONDAY, entry=hours.log(30), reason="Wrong")
    hours.log(600)
    services.close_months(at=moment("2026-04-10 09:00"))
    return hours


FORGERIES: dict[str, Callable[[], object]] = {
    "a balance": lambda: BucketBalance.objects.update(remaining=1),
    "an entry's fate": lambda: TimeEntry.objects.filter(state="held").update(state="drawn"),
    "a drawn entry": lambda: TimeEntry.objects.filter(state="drawn").update(state="held"),
    "a number": lambda: Account.objects.update(last_number=99),
    "a line taken out": lambda: LedgerEntry.objects.filter(kind="reversal").delete(),
    "what may be given back": lambda: BucketBalance.objects.update(returnable=10_000),
    "billed minutes": lambda: TimeEntry.objects.filter(state="drawn").update(billed_minutes=75),
}


def test_a_sound_ledger_has_no_faults(lived: Hours) -> None:
    assert (ledger_faults(), broken_chains(), changed_months()) == ([], [], [])


def test_an_empty_database_is_sound(db: None) -> None:
    assert [check() for _, check in INVARIANTS] == [[], [], []]


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_found_and_told_with_its_place(lived: Hours, name: str) -> None:
    FORGERIES[name]()
    assert any(character.isdigit() for fault in ledger_faults() for character in fault)


def test_a_line_slipped_into_a_closed_month_is_found(lived: Hours) -> None:
    line = LedgerEntry.objects.latest("number")
    line.pk, line.number, line.at = None, line.number + 1, MONDAY
    line.save(force_insert=True)
    assert len(changed_months()) == 1


def test_a_statement_that_was_rewritten_is_found(lived: Hours) -> None:
    row = Statement.objects.get()
    Statement.objects.update(body={**row.body, "closing": row.closing + 60})
    assert any("does not match" in fault for fault in broken_chains())


def test_the_doctor_asks_all_of_it(lived: Hours) -> None:
    assert {check for _, check in INVARIANTS} == {ledger_faults, broken_chains, changed_months}
    assert all(name.startswith("hours: ") for name, _ in INVARIANTS)
