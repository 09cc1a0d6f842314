"""Storing a checked request as a ticket: rows, first message, approvals, and the event that starts clocks."""

from __future__ import annotations

from datetime import datetime

from contracts.models import Contract, SopVersion
from contracts.queries import effective_plan, governing_sops
from events.domain.actor import Actor
from events.services import record
from tickets import events
from tickets.domain.lifecycle import Status
from tickets.models import Message, MessageKind, Participant, Ticket, Visibility
from tickets.services.asking import Question, ask
from tickets.services.attachments import bind_attachments
from tickets.services.due import in_hand
from tickets.services.finding import store_words, words_of_message, words_of_ticket
from tickets.services.joining import require_free_reference
from tickets.services.numbering import next_number
from tickets.services.requests import TicketRequest, admitted, checked, contacts_among
from tickets.services.rows import author_kind
from tickets.services.standing import Standing, standing_of


def store_ticket(*, actor: Actor, at: datetime, request: TicketRequest) -> Ticket:
    """Store the request as a new ticket in the caller's transaction; all reading precedes the lock."""
    plan = effective_plan(request.contract)
    asked, is_named = admitted(actor, request, at=at)
    clean = checked(actor, asked, plan)
    participants = contacts_among(clean.contract.client_id, clean.participants)
    standing = standing_of(clean, plan, at=at, is_named=is_named)
    rules = governing_sops(clean.contract, service_key=clean.category, at=at) if clean.category else []
    ticket = _insert(actor, clean, standing, at)
    _describe(actor, at, ticket, clean)
    others = [person_id for person_id in participants if person_id != ticket.requester_id]
    Participant.objects.bulk_create(
        Participant(client_id=ticket.client_id, ticket=ticket, person_id=person_id, added_at=at)
        for person_id in others
    )
    with in_hand(ticket):
        _record_opening(actor, at, ticket)
    _ask_what_must_be_decided(actor, at, ticket, rules)
    return ticket


def _insert(actor: Actor, request: TicketRequest, standing: Standing, at: datetime) -> Ticket:
    client = request.contract.client
    number = next_number(client)
    require_free_reference(actor, request.external_reference)
    return Ticket.objects.create(
        client=client,
        contract=request.contract,
        number=number,
        key=f"{client.key}-{number}",
        status=Status.NEW.value,
        urgency=standing.urgency,
        rank=standing.rank,
        request_type=request.request_type,
        category=request.category,
        environment=request.environment,
        channel=request.channel,
        subject=request.subject,
        requester=request.requester,
        team_id=standing.team_id,
        external_reference=request.external_reference,
        interconnection_id=actor.interconnection_id if request.external_reference else None,
        coverage=standing.coverage,
        flags=list(standing.flags),
        exempt_reason=standing.exempt_reason,
        opened_at=at,
        updated_at=at,
        submission_id=request.submission_id,
    )


def _describe(actor: Actor, at: datetime, ticket: Ticket, request: TicketRequest) -> None:
    message = Message.objects.create(
        client_id=ticket.client_id,
        ticket=ticket,
        kind=MessageKind.DESCRIPTION,
        visibility=Visibility.PUBLIC,
        author_id=actor.person_id,
        author_kind=author_kind(actor),
        author_name=actor.name,
        body=request.description,
        at=at,
    )
    store_words(words_of_ticket(ticket), words_of_message(message))
    bind_attachments(
        actor=actor, client_id=ticket.client_id, message=message, attachments=request.attachments
    )


def _record_opening(actor: Actor, at: datetime, ticket: Ticket) -> None:
    record(
        events.TicketOpened(
            client_id=ticket.client_id,
            subject_id=ticket.pk,
            key=ticket.key,
            contract_id=ticket.contract_id,
            urgency=ticket.urgency,
            rank=ticket.rank,
            request_type=ticket.request_type,
            category=ticket.category,
            channel=ticket.channel,
            environment_id=ticket.environment_id,
            requester_id=ticket.requester_id,
            exempt_reason=ticket.exempt_reason,
            flags=ticket.flags,
            has_team=_has_team(ticket.contract),
        ),
        at=at,
        actor=actor,
    )


def _has_team(contract: Contract) -> bool:
    return contract.dedicated_team_id is not None or contract.standard_team_id is not None


def _ask_what_must_be_decided(actor: Actor, at: datetime, ticket: Ticket, rules: list[SopVersion]) -> None:
    for rule in rules:
        if rule.approval_role:
            question = Question(
                kind="golden_rule",
                text=f"Golden rule {rule.sop.number}, {rule.sop.title}: may we do this work?",
                role=rule.approval_role,
                rule_version=rule,
            )
            ask(actor=actor, at=at, ticket=ticket, question=question)
    if "unsupported_instance" in ticket.flags:
        question = Question(
            kind="unsupported",
            text="The instance has no current maintenance or runs an unsupported version: do we take it?",
            role="lead",
        )
        ask(actor=actor, at=at, ticket=ticket, question=question)
