"""What somebody asks for, before it is a ticket: the form, checked and made fit for storing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.models import Membership, Person
from contracts.domain.plan import Plan
from contracts.models import Contract, Environment
from contracts.queries import may_open
from events.domain.actor import Actor
from events.domain.errors import Invalid, NotAllowed, NotHere
from tickets import permissions
from tickets.domain.texts import BODY_LIMIT, SUBJECT_LIMIT, clean_body, clean_line
from tickets.models import Attachment

CHANNELS = ("portal", "email", "phone", "api", "monitoring", "chat")
#: Channels on which a contact stands before us: there a plan's rule on named contacts refuses at the door.
_OWN_CHANNELS = ("portal", "api")


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRequest:
    """The fields of a ticket's form; `submission_id` tells one sending of it from another."""

    contract: Contract
    request_type: str
    urgency: str
    subject: str
    description: str
    category: str = ""
    environment: Environment | None = None
    requester: Person | None = None
    channel: str = "portal"
    participants: tuple[Person, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    external_reference: str = ""
    submission_id: str | None = None


def checked(actor: Actor, request: TicketRequest, plan: Plan) -> TicketRequest:
    """The request with clean texts; raises `Invalid` with words for every field that is wrong."""
    clean = replace(
        request,
        subject=clean_line(request.subject),
        description=clean_body(request.description),
        external_reference=clean_line(request.external_reference)[:120],
    )
    faults = {**_text_faults(clean), **_plan_faults(clean, plan), **_place_faults(clean)}
    if clean.requester is None and _needs_requester(actor, clean):
        faults["requester"] = "Name the contact for whom you open the ticket."
    if faults:
        raise Invalid("Some fields need another look.", fields=faults)
    return clean


def admitted(actor: Actor, request: TicketRequest, *, at: datetime) -> tuple[TicketRequest, bool]:
    """The request with its requester, and whether that person is named where the plan names its contacts.

    Raises `NotHere` for a contract that the actor does not see, `NotAllowed` with the way out where the actor
    or the requester may not open tickets. Who is not named is refused at our own doors; what staff file for
    them, or mail brings, is taken in without service levels (S11).
    """
    contract = request.contract
    if not actor.sees_client(contract.client_id) or actor.contract_id not in (None, contract.pk):
        raise NotHere
    if not permissions.may_open(actor, contract.client):
        raise NotAllowed("Points of contact and members open tickets; ask one of them to open it for you.")
    requester = request.requester
    if actor.person_id is not None and not actor.is_staff:
        requester = _themselves(actor.person_id, requester)
    if requester is None:
        return request, True
    opening = may_open(contract, requester, at.astimezone(ZoneInfo(contract.client.zone)).date())
    is_at_our_door = not actor.is_staff and request.channel in _OWN_CHANNELS
    if not opening.allowed and (opening.code != "not_named" or is_at_our_door):
        raise NotAllowed(f"{opening.why} {opening.way_out}", code=opening.code)
    return replace(request, requester=requester), opening.allowed


def contacts_among(client_id: int, people: tuple[Person, ...]) -> list[int]:
    """The ids of those people, each once; raises `Invalid` when one of them is no contact of the client."""
    wanted = {person.pk for person in people}
    if not wanted:
        return []
    found = Membership.objects.filter(
        client_id=client_id, person_id__in=wanted, ended_at__isnull=True, person__is_active=True
    ).values_list("person_id", flat=True)
    if set(found) != wanted:
        raise Invalid(
            "One of the participants is no contact of this client.",
            fields={"participants": "Choose contacts of this client."},
        )
    return sorted(wanted)


def _themselves(person_id: int, requester: Person | None) -> Person:
    if requester is None:
        return Person.objects.get(pk=person_id)
    if requester.pk != person_id:
        words = "You open tickets for yourself; add the others as participants."
        raise Invalid(words, fields={"requester": words})
    return requester


def _needs_requester(actor: Actor, request: TicketRequest) -> bool:
    return actor.staff_role == "engineer" and request.channel != "monitoring"


def _text_faults(request: TicketRequest) -> dict[str, str]:
    faults = {}
    if not request.subject:
        faults["subject"] = "Say in one line what it is about."
    elif len(request.subject) > SUBJECT_LIMIT:
        faults["subject"] = f"{SUBJECT_LIMIT} characters at most."
    if not request.description.strip():
        faults["description"] = "Say what happens and what you expected."
    elif len(request.description) > BODY_LIMIT:
        faults["description"] = f"{BODY_LIMIT:,} characters at most; send the rest as a file."
    return faults


def _plan_faults(request: TicketRequest, plan: Plan) -> dict[str, str]:
    faults = {}
    if request.urgency not in {urgency.code for urgency in plan.urgencies}:
        faults["urgency"] = f"Choose one of: {', '.join(urgency.label for urgency in plan.urgencies)}."
    if request.request_type not in {kind.code for kind in plan.request_types}:
        faults["request_type"] = f"Choose one of: {', '.join(kind.label for kind in plan.request_types)}."
    if request.category and request.category not in {service.key for service in plan.services}:
        faults["category"] = "Choose one of the services of your plan."
    if request.channel not in CHANNELS:
        faults["channel"] = f"Choose one of: {', '.join(CHANNELS)}."
    return faults


def _place_faults(request: TicketRequest) -> dict[str, str]:
    environment = request.environment
    if environment is None:
        return {}
    if environment.contract_id != request.contract.pk or environment.retired_at is not None:
        return {"environment": "Choose one of the environments of this contract."}
    return {}
