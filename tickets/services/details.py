"""What else a ticket says of itself: subject, category, environment, the other side's reference, tags."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from contracts.models import Environment
from contracts.queries import effective_plan
from events.domain.actor import Actor
from events.domain.errors import Invalid, NotAllowed
from events.services import record
from tickets import events, permissions
from tickets.domain.texts import SUBJECT_LIMIT, TAG_LIMIT, TAGS_AT_MOST, clean_line, clean_tags
from tickets.models import Ticket
from tickets.services.finding import renew_words
from tickets.services.joining import require_free_reference
from tickets.services.rows import locked, save_change

#: The columns whose words a ticket is found by.
_FOUND_BY = {"subject", "external_reference", "vendor_reference", "tags"}


@transaction.atomic
def change_details(
    *,
    actor: Actor,
    at: datetime,
    ticket: Ticket,
    subject: str | None = None,
    category: str | None = None,
    environment: Environment | None = None,
    external_reference: str | None = None,
    vendor_reference: str | None = None,
) -> Ticket:
    """Correct what the ticket says of itself; what is not given stays as it is.

    Staff may change all of it, the client's people the subject, the environment and their own reference. The
    coverage that was settled at the opening stays: a new category does not reopen it.
    """
    row = locked(actor, ticket)
    if not permissions.may_reply(actor, row):
        raise NotAllowed("You read this ticket and cannot change it.")
    if (category is not None or vendor_reference is not None) and not permissions.may_work(actor, row):
        raise NotAllowed("Staff set category and vendor reference.")
    given = {
        "subject": _subject(subject),
        "category": _category(row, category),
        "environment": _environment(row, environment),
        "external_reference": _reference(external_reference),
        "vendor_reference": _reference(vendor_reference),
    }
    require_free_reference(actor, str(given["external_reference"] or ""), ticket=row)
    changes = {
        name: [_shown(getattr(row, name)), _shown(value)]
        for name, value in given.items()
        if value is not None and getattr(row, name) != value
    }
    for name in changes:
        setattr(row, name, given[name])
    _join(actor, row, external_reference)
    _store(actor, at, row, changes)
    return row


@transaction.atomic
def set_tags(*, actor: Actor, at: datetime, ticket: Ticket, tags: Sequence[str]) -> Ticket:
    """Give the ticket these tags and no others; setting the same again changes nothing."""
    row = locked(actor, ticket)
    if not permissions.may_work(actor, row):
        raise NotAllowed("Staff tag tickets.")
    cleaned = clean_tags(list(tags))
    if len(cleaned) > TAGS_AT_MOST or any(len(tag) > TAG_LIMIT for tag in cleaned):
        words = f"{TAGS_AT_MOST} tags at most, of {TAG_LIMIT} characters at most."
        raise Invalid(words, fields={"tags": words})
    if cleaned != row.tags:
        changes: dict[str, list[object]] = {"tags": [row.tags, cleaned]}
        row.tags = cleaned
        _store(actor, at, row, changes)
    return row


def _join(actor: Actor, ticket: Ticket, reference: str | None) -> None:
    """A reference that came by an interconnection joins the ticket to it; one that is not joined yet."""
    if reference and actor.interconnection_id is not None and ticket.interconnection_id is None:
        ticket.interconnection_id = actor.interconnection_id
        ticket.save(update_fields=["interconnection"])


def _store(actor: Actor, at: datetime, ticket: Ticket, changes: dict[str, list[object]]) -> None:
    if not changes:
        return
    save_change(ticket, *changes, at=at)
    if _FOUND_BY & changes.keys():
        renew_words(ticket)
    record(
        events.TicketDetailsChanged(
            client_id=ticket.client_id, subject_id=ticket.pk, key=ticket.key, changes=changes
        ),
        at=at,
        actor=actor,
    )


def _subject(subject: str | None) -> str | None:
    if subject is None:
        return None
    line = clean_line(subject)
    if not 1 <= len(line) <= SUBJECT_LIMIT:
        raise Invalid("The subject needs another look.", fields={"subject": "One line that says what it is."})
    return line


def _category(ticket: Ticket, category: str | None) -> str | None:
    known = {service.key for service in effective_plan(ticket.contract).services} if category else set()
    if category and category not in known:
        raise Invalid("There is no such category.", fields={"category": "Choose one of the plan's services."})
    return category


def _environment(ticket: Ticket, environment: Environment | None) -> Environment | None:
    if environment is not None and environment.contract_id != ticket.contract_id:
        words = "Choose one of the environments of this contract."
        raise Invalid(words, fields={"environment": words})
    return environment


def _reference(reference: str | None) -> str | None:
    return None if reference is None else clean_line(reference)[:120]


def _shown(value: object) -> object:
    return value.name if isinstance(value, Environment) else value
