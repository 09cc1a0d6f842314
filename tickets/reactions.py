"""What tickets do when something was agreed below them."""

from __future__ import annotations

from accounts.models import Person
from contracts.models import Contract
from events.domain.actor import SYSTEM
from events.models import Record
from tickets.services import move_earlier_tickets


def take_over_earlier_tickets(record: Record) -> None:
    """A contact was named: what they filed earlier moves to the contract. Wakes on `contact.named`."""
    contract = Contract.objects.with_terms().get(id=record.subject_id)
    person = Person.objects.get(id=record.data["person_id"])
    move_earlier_tickets(actor=SYSTEM, at=record.at, contract=contract, person=person)
