"""Making the people, clients, contracts and what surrounds them, through the services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from accounts.models import Client, Duty, Person, Role, Team
from accounts.services import add_client, add_member, add_person, add_team, assign_duty
from config.demo.desk import Desk
from config.demo.script import PASSWORD, ClientPart, ContractPart, Script, TeamPart
from contracts.models import BusinessCalendar, Contract
from contracts.queries import calendars_of, contract_for, effective_plan, newest_version
from contracts.services import (
    ContractFacts,
    EnvironmentFacts,
    add_environment,
    clear_engineer,
    name_contact,
    open_contract,
    record_precondition,
    save_calendar,
)
from escalation.services import set_team_hours
from events.domain.actor import SYSTEM

_DUTIES = {"csm": Duty.SUCCESS, "account_executive": Duty.ACCOUNT}


@dataclass(frozen=True, kw_only=True)
class House:
    """The provider's people by role, and its teams by key."""

    people: dict[str, list[Person]]
    teams: dict[str, Team]
    serves: dict[int, tuple[str, ...]]

    def first(self, role: str) -> Person:
        """The first person in that role."""
        return self.people[role][0]

    def engineers_of(self, client_key: str) -> tuple[Person, ...]:
        """The engineers who serve that client."""
        found = [
            one for one in self.people["engineer"] if client_key in (self.serves[one.pk] or (client_key,))
        ]
        return tuple(found)


def found_house(script: Script, *, at: datetime) -> House:
    """Take the provider's people in and make up the teams of the regions."""
    people: dict[str, list[Person]] = {}
    members: dict[str, list[Person]] = {}
    serves = {}
    for part in script.staff:
        person = add_person(
            actor=SYSTEM,
            at=at,
            email=part.email,
            name=part.name,
            password=PASSWORD,
            staff_role=part.role,
            zone=part.zone,
        )
        people.setdefault(part.role, []).append(person)
        members.setdefault(part.team, []).append(person)
        serves[person.pk] = part.serves
    everybody = {person.name: person for some in people.values() for person in some}
    teams = {
        part.key: _team(part, [*members.get(part.key, []), *(everybody[name] for name in part.also)], at=at)
        for part in script.teams
    }
    return House(people=people, teams=teams, serves=serves)


def _team(part: TeamPart, people: list[Person], *, at: datetime) -> Team:
    team = add_team(
        actor=SYSTEM, key=part.key, name=part.name, region=part.region, zone=part.zone, people=people
    )
    if part.works_as:
        set_team_hours(
            actor=SYSTEM,
            at=at,
            team=team,
            works_as=part.works_as,
            content=part.hours,
            country=part.country,
            holiday_region=part.holiday_region,
            gives_by_turn=part.gives_by_turn,
        )
    return team


def found_client(
    house: House, part: ClientPart, *, at: datetime, password: str | None = PASSWORD
) -> tuple[Client, dict[str, list[Person]]]:
    """Take a client on, with its contacts by role and the staff who work for it."""
    client = add_client(actor=SYSTEM, at=at, key=part.key, name=part.name, zone=part.zone)
    contacts: dict[str, list[Person]] = {}
    for contact in part.contacts:
        person = Person.objects.filter(email=contact.email).first() or add_person(
            actor=SYSTEM, at=at, email=contact.email, name=contact.name, password=password, zone=part.zone
        )
        add_member(actor=SYSTEM, at=at, client=client, person=person, role=Role(contact.role))
        contacts.setdefault(contact.role, []).append(person)
    for role in ("csm", "account_executive"):
        assign_duty(actor=SYSTEM, at=at, client=client, person=house.first(role), duty=_DUTIES[role])
    for engineer in house.engineers_of(part.key):
        assign_duty(actor=SYSTEM, at=at, client=client, person=engineer, duty=Duty.SERVES)
    return client, contacts


def found_desks(
    house: House, part: ClientPart, *, at: datetime, rng: Random, password: str | None = PASSWORD
) -> list[Desk]:
    """Take a client on and open its contracts; without a password its people cannot sign in."""
    client, contacts = found_client(house, part, at=at, password=password)
    calendar = save_calendar(
        actor=SYSTEM,
        at=at,
        client=client,
        name="Business hours",
        content={"tz": part.zone, "weekly": part.week},
        country=part.country,
        region=part.region,
    ).calendar
    return [
        _desk(
            house,
            _contract(house, client, calendar, one, at=at),
            one,
            contacts,
            at=at,
            rng=rng,
        )
        for one in part.contracts
    ]


def _contract(
    house: House, client: Client, calendar: BusinessCalendar, part: ContractPart, *, at: datetime
) -> Contract:
    version = newest_version(part.plan)
    facts: dict[str, Any] = dict(part.terms)
    if "add_ons" in facts:
        facts["add_ons"] = tuple(facts["add_ons"])
    if "regions" in facts:
        facts["regions"] = tuple(facts["regions"])
    return open_contract(
        actor=SYSTEM,
        at=at,
        client=client,
        version=version,
        name=version.title,
        starts_on=at.date(),
        calendar=calendar,
        facts=ContractFacts(
            reference=f"{client.key}-{at:%Y}",
            contact_domains=(f"{client.slug}.example",),
            csm=house.first("csm"),
            account_executive=house.first("account_executive"),
            dedicated_team=house.teams.get(part.dedicated),
            standard_team=house.teams.get(part.standard) or house.teams["emea"],
            outcomes=part.outcomes,
            restricts_engineers=part.restricted,
            **facts,
        ),
    )


def _desk(
    house: House,
    contract: Contract,
    part: ContractPart,
    contacts: dict[str, list[Person]],
    *,
    at: datetime,
    rng: Random,
) -> Desk:
    contract = contract_for(SYSTEM, contract.pk)
    engineers = house.engineers_of(contract.client.key)
    _surround(contract, part, contacts, engineers, at=at)
    environments = []
    for row in part.environments:
        facts: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
        }
        name, days = str(facts.pop("name")), facts.pop("maintenance_days", None)
        if days is not None:
            facts["maintenance_ends_on"] = at.date() + timedelta(days=int(days))
        environments.append(
            add_environment(
                actor=SYSTEM, at=at, contract=contract, name=name, facts=EnvironmentFacts(**facts)
            )
        )
    return Desk(
        client=contract.client,
        contract=contract,
        plan=effective_plan(contract),
        calendars=calendars_of(contract),
        pocs=tuple(contacts["poc"]),
        requesters=(*contacts["poc"], *contacts.get("member", [])),
        engineers=engineers,
        lead=house.first("lead"),
        csm=house.first("csm"),
        account_executive=house.first("account_executive"),
        environments=tuple(environments),
        tickets=part.tickets,
        rng=rng,
        actors={},
    )


def _surround(
    contract: Contract,
    part: ContractPart,
    contacts: dict[str, list[Person]],
    engineers: Sequence[Person],
    *,
    at: datetime,
) -> None:
    if part.named:
        for person in [*contacts["poc"], *contacts.get("member", [])]:
            name_contact(actor=SYSTEM, at=at, contract=contract, person=person)
    if part.restricted:
        for engineer in engineers:
            clear_engineer(actor=SYSTEM, at=at, contract=contract, person=engineer)
    for one in effective_plan(contract).preconditions:
        record_precondition(
            actor=SYSTEM,
            at=at,
            contract=contract,
            key=one.key,
            proof="Seen in the kick-off call.",
            met_on=at.date(),
        )
