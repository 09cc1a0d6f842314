"""Makes clients and people."""

from datetime import datetime
from itertools import count

from accounts import queries, services
from accounts.models import Client, Duty, Person, Role, Team
from events.domain.actor import SYSTEM, Actor
from tests.factories.moments import MONDAY

PASSWORD = "a long and honest password"
_NUMBERS = count(1)
_DUTIES = {"csm": Duty.SUCCESS, "account_executive": Duty.ACCOUNT}


def make_client(key: str = "ACME", *, zone: str = "Europe/London", at: datetime = MONDAY) -> Client:
    """A client of that key."""
    return services.add_client(actor=SYSTEM, at=at, key=key, name=f"{key.title()} Ltd", zone=zone)


def make_contact(
    client: Client, role: Role | str = Role.POC, *, name: str = "", email: str = "", at: datetime = MONDAY
) -> Person:
    """A person who belongs to the client in that role."""
    number = next(_NUMBERS)
    person = services.add_person(
        actor=SYSTEM,
        at=at,
        email=email or f"{role}{number}@{client.slug}.example",
        name=name or f"{role.title()} {number} of {client.name}",
        password=PASSWORD,
        zone=client.zone,
    )
    services.add_member(actor=SYSTEM, at=at, client=client, person=person, role=Role(role))
    return person


def make_staff(
    role: str = "engineer", *, clients: tuple[Client, ...] = (), name: str = "", at: datetime = MONDAY
) -> Person:
    """A member of staff who serves (or watches over) those clients."""
    number = next(_NUMBERS)
    person = services.add_person(
        actor=SYSTEM,
        at=at,
        email=f"{role}{number}@provider.example",
        name=name or f"{role.title()} {number}",
        password=PASSWORD,
        staff_role=role,
    )
    duty = _DUTIES.get(role, Duty.SERVES)
    for client in clients:
        services.assign_duty(actor=SYSTEM, at=at, client=client, person=person, duty=duty)
    return person


def make_team(*people: Person, key: str = "emea", zone: str = "Europe/London") -> Team:
    """A team of those people."""
    return services.add_team(
        actor=SYSTEM, key=key, name=key.upper(), region=key, zone=zone, people=list(people)
    )


def actor_of(person: Person) -> Actor:
    """The person as an actor, with the rights of this moment."""
    return queries.actor_for(person)
