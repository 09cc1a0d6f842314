"""Makes interconnections: another ticketing system joined to the desk, agreed to by both sides."""

from typing import Final

from contracts.domain.mapping import Maps
from contracts.models import Interconnection
from contracts.services import (
    Assessment,
    Wish,
    agree_to_interconnection,
    assess_interconnection,
    map_interconnection,
    request_interconnection,
)
from tests.factories.desks import Desk
from tests.factories.moments import MONDAY
from tests.factories.people import actor_of

SOUND = Assessment(
    feasibility="yes",
    feasibility_text="It has an API of its own.",
    security="conditions",
    security_text="The key is kept in their vault.",
    estimate_minutes=480,
)
MAPS: Final = Maps(
    fields=(
        ("external_reference", "key"),
        ("subject", "fields.summary"),
        ("description", "fields.text"),
        ("urgency", "fields.priority.name"),
        ("request_type", "=incident"),
        ("status", "fields.status"),
    ),
    urgencies=(("P1", "critical"), ("P2", "high"), ("P3", "medium"), ("P4", "low"), ("P5", "low")),
    states=(
        ("Open", "new"),
        ("In progress", "in_progress"),
        ("Asked back", "waiting_on_client"),
        ("Solved", "resolved"),
        ("Done", "closed"),
        ("Withdrawn", "cancelled"),
    ),
)


def ask_for_interconnection(desk: Desk, *, name: str = "Jira of the shop") -> Interconnection:
    """One that the point of contact asked for."""
    wish = Wish(name=name, product="Jira 10", wishes="Incidents, both ways.")
    return request_interconnection(actor=actor_of(desk.poc), at=MONDAY, contract=desk.contract, wish=wish)


def make_interconnection(desk: Desk, *, name: str = "Jira of the shop") -> Interconnection:
    """One that is assessed, agreed to by both sides, and mapped."""
    made = ask_for_interconnection(desk, name=name)
    assess_interconnection(actor=actor_of(desk.csm), at=MONDAY, interconnection=made, assessment=SOUND)
    for person in (desk.poc, desk.account_executive):
        agree_to_interconnection(actor=actor_of(person), at=MONDAY, interconnection=made)
    return map_interconnection(actor=actor_of(desk.csm), at=MONDAY, interconnection=made, maps=MAPS)
