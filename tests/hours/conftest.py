"""What tests of paid time start from: a desk with reserved hours, and short words for what happens there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from contracts.models import CalendarVersion, Contract
from events.domain.actor import Actor
from hours import services
from hours.models import LedgerEntry, TimeEntry
from hours.queries import Balance, balance_of, changed_months, ledger_faults
from tests.factories import MONDAY, Desk, actor_of, make_desk
from tickets.models import Ticket

HOUR = 60
TODAY = date(2026, 3, 2)


@dataclass(kw_only=True)
class Hours:
    """A desk whose contract has hours, one ticket on it, and what people do there."""

    desk: Desk
    contract: Contract
    ticket: Ticket

    def actor(self, role: str) -> Actor:
        """The person of that role, with the rights of now."""
        return actor_of(self.desk.person(role))

    def log(self, minutes: int, *, role: str = "engineer", at: datetime = MONDAY, **facts: Any) -> TimeEntry:  # noqa: ANN401
        """Log work of today on the ticket, or of the day stated."""
        work = {"worked_on": at.date(), "note": "Mended the board", "ticket": self.ticket, **facts}
        return services.log_time(actor=self.actor(role), at=at, minutes=minutes, **work)

    def balance(self, at: datetime = MONDAY) -> Balance:
        """What the contract's balance holds."""
        return balance_of(self.contract, at=at)

    def lines(self) -> list[tuple[str, int]]:
        """Kinds and minutes of the ledger, in order."""
        rows = LedgerEntry.objects.filter(account__contract=self.contract).order_by("number")
        return list(rows.values_list("kind", "minutes"))


def direct_ticket(contract: Contract, number: int = 1, **facts: Any) -> Ticket:  # noqa: ANN401
    """A ticket stored as a row, for tests that need many or care about nothing else of it."""
    key = f"{contract.client.key}-{number}"
    stored = {"urgency": "high", "rank": 2, "request_type": "request", "channel": "portal", **facts}
    return Ticket.objects.create(
        client=contract.client,
        contract=contract,
        number=number,
        key=key,
        subject="The board does not load",
        opened_at=MONDAY,
        updated_at=MONDAY,
        **stored,
    )


def make_hours(
    key: str = "ACME", plan: str = "total-care", *, reserved: int = 10 * HOUR, **terms: object
) -> Hours:
    """A desk with so many reserved minutes a month, since the first of March unless stated."""
    facts = {"hours_period": "month", "hours_per_period_minutes": reserved, "starts_on": date(2026, 3, 1)}
    desk = make_desk(key, plan, **{**facts, **terms})
    return Hours(desk=desk, contract=desk.contract, ticket=direct_ticket(desk.contract))


def in_zone(hours: Hours, zone: str) -> Hours:
    """Move the contract's calendar to another zone, as a calendar edit does."""
    version = CalendarVersion.objects.get(calendar=hours.contract.calendar)
    content = {**version.content, "tz": zone}
    CalendarVersion.objects.create(
        calendar=version.calendar, number=2, content=content, digest=zone, saved_at=version.saved_at
    )
    return hours


@pytest.fixture
def hours(db: None) -> Hours:
    """Ten reserved hours in March."""
    return make_hours()


@pytest.fixture(autouse=True)
def sound_ledger(request: pytest.FixtureRequest) -> Any:  # noqa: ANN401
    """After each test on the database the ledger reconciles to the minute."""
    asks = {"db", "transactional_db"} & set(request.fixturenames)
    for name in asks:
        request.getfixturevalue(name)
    yield
    if asks:
        assert (ledger_faults(), changed_months()) == ([], [])
