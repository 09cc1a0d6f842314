"""The ledger is appended, never changed: PostgreSQL refuses, constraints hold everywhere (H2, H5)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F, Model

from hours import services
from hours.models import BucketBalance, LedgerEntry, Statement, TimeEntry
from tests.factories import moment
from tests.hours.conftest import Hours

ON_POSTGRESQL = connection.vendor == "postgresql"
FROZEN = [(LedgerEntry, "actor_name"), (Statement, "digest"), (TimeEntry, "note")]


@pytest.fixture
def written(hours: Hours) -> Hours:
    """A row in each table that is appended alone."""
    hours.log(60)
    services.close_months(at=moment("2026-04-10 09:00"))
    return hours


@pytest.mark.parametrize(("model", "column"), FROZEN)
def test_rows_of_the_ledger_take_no_change(written: Hours, model: type[Model], column: str) -> None:
    assert refuses(lambda: model._default_manager.update(**{column: "forged"})) is ON_POSTGRESQL


@pytest.mark.parametrize("table", ["hours_ledgerentry", "hours_statement", "hours_timeentry", "hours_bucket"])
def test_rows_of_the_ledger_cannot_be_deleted(written: Hours, table: str) -> None:
    assert refuses(lambda: _delete_from(table)) is ON_POSTGRESQL


def test_the_fate_of_an_entry_may_move_on(written: Hours) -> None:
    assert not refuses(lambda: TimeEntry.objects.update(settled_reason="Noted"))


def test_no_bucket_goes_below_zero(hours: Hours) -> None:
    hours.log(60)
    assert refuses(lambda: BucketBalance.objects.update(remaining=F("remaining") - 10_000))


@pytest.mark.parametrize("forged", [{"after": 1}, {"minutes": 5, "after": 605}, {"number": 1}])
def test_a_line_that_does_not_add_up_is_refused(hours: Hours, forged: dict[str, int]) -> None:
    hours.log(60)
    line = LedgerEntry.objects.get(kind="draw")
    line.pk, line.number = None, 3
    for name, value in forged.items():
        setattr(line, name, value)
    assert refuses(lambda: line.save(force_insert=True))


@pytest.mark.parametrize(("worked", "charged"), [(0, 15), (1441, 1441), (30, 15), (-15, -15)])
def test_the_tables_refuse_unfit_minutes_too(hours: Hours, worked: int, charged: int) -> None:
    entry = hours.log(60)
    entry.pk, entry.worked_minutes, entry.billed_minutes = None, worked, charged
    assert refuses(lambda: entry.save(force_insert=True))


@pytest.mark.skipif(not ON_POSTGRESQL, reason="roles are PostgreSQL's")
def test_the_role_of_the_documentation_cannot_change_the_ledger_and_goes_on_working(
    written: Hours, application: None
) -> None:
    for table in ("hours_ledgerentry", "hours_bucket", "hours_statement"):
        for act in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
            assert "permission denied" in refusal(act.format(table))
    for act in ("DELETE FROM hours_timeentry", "TRUNCATE hours_timeentry CASCADE"):
        assert "permission denied" in refusal(act)
    assert "corrected by a reversal" in refusal("UPDATE hours_timeentry SET billed_minutes = 1")
    at = moment("2026-04-10 09:00")
    entry = written.log(60, at=at)
    services.reverse_entry(actor=written.actor("engineer"), at=at, entry=entry, reason="Wrong")
    assert written.balance(at).available == 600


@pytest.fixture
def application(written: Hours) -> Iterator[None]:
    """Go on as a role that does not own the tables, with the rights that docs/operations.md leaves it."""
    text = (Path(settings.BASE_DIR) / "docs" / "operations.md").read_text()
    taken = [line for line in text.splitlines() if line.startswith("REVOKE") and "hours_" in line]
    assert len(taken) == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() != (True,):
            pytest.skip("this role of PostgreSQL makes no others")
        cursor.execute("CREATE ROLE caredesk_test_app NOLOGIN")
        cursor.execute("GRANT caredesk_test_app TO CURRENT_USER")
        for what in ("TABLES", "SEQUENCES"):
            cursor.execute(f"GRANT ALL ON ALL {what} IN SCHEMA public TO caredesk_test_app")
        for line in taken:
            cursor.execute(line.replace("FROM caredesk", "FROM caredesk_test_app"))
        cursor.execute("SET LOCAL ROLE caredesk_test_app")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def refusal(act: str) -> str:
    """What the database says to a statement that it refuses; empty where it does it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act)
            transaction.set_rollback(True)
    except DatabaseError as refused:
        return str(refused)
    return ""


def refuses(act: object) -> bool:
    """Whether the database refuses the act; everything it did is taken back."""
    try:
        with transaction.atomic():
            act()  # type: ignore[operator]
            transaction.set_rollback(True)
    except IntegrityError:
        return True
    return False


def _delete_from(table: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of this file
