"""Makes clients and people."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count

from django.db import transaction

from accounts import queries, services
from accounts.events import DutyAssigned, MemberJoined, PersonAdded
from accounts.models import Assignment, Client, Duty, Membership, Person, Role, Team
from events.domain.actor import SYSTEM, Actor
from events.domain.event import Event
from events.services import record_many
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


def make_everybody(client: Client, *, at: datetime = MONDAY) -> dict[str, Person]:
    """A person in every role for the client, by role: what the services would store, in four statements."""
    contacts = {role: _contact(client, role) for role in ("poc", "member", "observer")}
    staff = {role: _staff(role) for role in ("engineer", "lead", "csm", "account_executive", "administrator")}
    everybody = {**contacts, **staff}
    Person.objects.bulk_create(everybody.values())
    Membership.objects.bulk_create(
        [Membership(client=client, person=person, role=role) for role, person in contacts.items()]
    )
    duties = {role: _DUTIES.get(role, Duty.SERVES) for role in ("engineer", "csm", "account_executive")}
    Assignment.objects.bulk_create(
        [Assignment(client=client, person=staff[role], duty=duty) for role, duty in duties.items()]
    )
    with transaction.atomic():
        record_many([*_told(client, contacts, staff, duties)], at=at, actor=SYSTEM)
    return everybody


def _contact(client: Client, role: str) -> Person:
    number = next(_NUMBERS)
    name = f"{role.title()} {number} of {client.name}"
    return _person(f"{role}{number}@{client.slug}.example", name=name, zone=client.zone)


def _staff(role: str) -> Person:
    number = next(_NUMBERS)
    return _person(f"{role}{number}@provider.example", name=f"{role.title()} {number}", staff_role=role)


def _person(email: str, **fields: str) -> Person:
    person = Person(email=email, **fields)
    person.set_password(PASSWORD)
    return person


def _told(
    client: Client, contacts: dict[str, Person], staff: dict[str, Person], duties: dict[str, Duty]
) -> Iterator[Event]:
    for person in (*contacts.values(), *staff.values()):
        yield PersonAdded(
            client_id=None, subject_id=person.pk, email=person.email, staff_role=person.staff_role
        )
    for role, person in contacts.items():
        yield MemberJoined(client_id=client.pk, subject_id=person.pk, role=role)
    for role, duty in duties.items():
        yield DutyAssigned(client_id=client.pk, subject_id=staff[role].pk, duty=duty)


def make_team(*people: Person, key: str = "emea", zone: str = "Europe/London") -> Team:
    """A team of those people."""
    return services.add_team(
        actor=SYSTEM, key=key, name=key.upper(), region=key, zone=zone, people=list(people)
    )


def actor_of(person: Person) -> Actor:
    """The person as an actor, with the rights of this moment."""
    return queries.actor_for(person)
