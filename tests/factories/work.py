"""Makes tickets and what is said on them."""

from datetime import datetime
from typing import Any

from accounts.models import Person
from contracts.models import Contract
from contracts.queries import effective_plan
from events.domain.actor import SYSTEM, Actor
from tests.factories.moments import MONDAY
from tests.factories.people import actor_of
from tickets.models import Message, Ticket
from tickets.services import open_ticket, post_message


def make_ticket(
    contract: Contract,
    *,
    requester: Person | None = None,
    actor: Actor | None = None,
    at: datetime = MONDAY,
    **facts: Any,  # noqa: ANN401 - whatever open_ticket takes
) -> Ticket:
    """A ticket of the contract, of the worst urgency and first request type of its plan unless stated."""
    plan = effective_plan(contract)
    opening = {
        "request_type": plan.request_types[0].code,
        "urgency": min(plan.urgencies, key=lambda urgency: urgency.rank).code,
        "subject": "The board does not load",
        "description": "Since this morning the board stays empty.",
        **facts,
    }
    by = actor or (actor_of(requester) if requester else SYSTEM)
    return open_ticket(actor=by, at=at, contract=contract, requester=requester, **opening)


def reply(
    ticket: Ticket, person: Person, body: str = "We look into it.", *, at: datetime = MONDAY
) -> Message:
    """A public message of that person on the ticket."""
    return post_message(actor=actor_of(person), at=at, ticket=ticket, body=body)
