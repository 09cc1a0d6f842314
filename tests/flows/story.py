"""The story that every floor takes part in, as steps that a flow test tells one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import Person
from contracts.models import Contract
from contracts.queries import effective_plan, newest_version
from contracts.services import ContractFacts, load_plans, name_contact, open_contract, save_calendar
from events.domain.actor import SYSTEM, Actor
from tests.factories import actor_of, make_client, make_contact, make_staff, moment
from tickets.models import Ticket
from tickets.services import open_ticket

#: A Wednesday at ten in London, in business hours on every plan's calendar.
FILED = moment("2026-03-04 10:00")
OPENED_ON = date(2026, 1, 1)
WEEK = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who plays: a client on one plan, its point of contact, and the staff who look after it."""

    contract: Contract
    poc: Person
    engineer: Person
    csm: Person
    account_executive: Person

    @property
    def client_side(self) -> Actor:
        """The point of contact, with the rights of this moment."""
        return actor_of(self.poc)

    @property
    def desk_side(self) -> Actor:
        """The engineer, with the rights of this moment."""
        return actor_of(self.engineer)


def cast_for(plan: str, *, key: str = "HALD") -> Cast:
    """A client under contract on that plan, with everything made through services."""
    began = moment("2026-01-01 08:00")
    load_plans(actor=SYSTEM, at=began)
    client = make_client(key, at=began)
    csm, executive = make_staff("csm", clients=(client,)), make_staff("account_executive", clients=(client,))
    engineer = make_staff("engineer", clients=(client,))
    poc = make_contact(client, "poc", email=f"bram@{client.slug}.example")
    version = newest_version(plan)
    calendar = save_calendar(
        actor=SYSTEM,
        at=began,
        client=client,
        name="Business hours",
        content={"tz": "Europe/London", "weekly": WEEK},
    ).calendar
    contract = open_contract(
        actor=SYSTEM,
        at=began,
        client=client,
        version=version,
        name=version.title,
        starts_on=OPENED_ON,
        calendar=calendar,
        facts=_facts(plan, csm, executive),
    )
    if effective_plan(contract).contacts is not None:
        name_contact(actor=SYSTEM, at=began, contract=contract, person=poc)
    return Cast(contract=contract, poc=poc, engineer=engineer, csm=csm, account_executive=executive)


def file_ticket(cast: Cast, *, at: datetime = FILED, rank: int = 1, actor: Actor | None = None) -> Ticket:
    """The point of contact files something of that rank, of the plan's first kind."""
    plan = effective_plan(cast.contract)
    urgency = next(one for one in plan.urgencies if one.rank == rank)
    return open_ticket(
        actor=actor or cast.client_side,
        at=at,
        contract=cast.contract,
        requester=cast.poc,
        request_type=plan.request_types[0].code,
        urgency=urgency.code,
        subject="Nobody can sign in",
        description="Since nine o'clock everybody sees an error page.",
        channel="api" if actor else "portal",
    )


def later(minutes: int) -> datetime:
    """So many minutes after the ticket was filed."""
    return FILED + timedelta(minutes=minutes)


def _facts(plan: str, csm: Person, executive: Person) -> ContractFacts:
    has_reserve = plan.startswith("total-care")
    return ContractFacts(
        csm=csm,
        account_executive=executive,
        contact_domains=("hald.example",),
        hours_period="month" if has_reserve else "",
        hours_per_period_minutes=1200 if has_reserve else 0,
    )
