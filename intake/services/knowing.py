"""What we know of a mail: its sender among our people, and the places of ours that it was sent to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings

from accounts.models import Person
from accounts.queries import actor_for
from events.domain.actor import SYSTEM, Actor
from events.domain.errors import NotHere
from intake.domain.head import Head
from intake.domain.proof import Proof, proof_of
from intake.domain.sorting import Facts
from intake.models import ReceivedMail
from notify.addresses import AnswerPlace, read_bounce_address, read_reply_address
from notify.models import Delivery
from tickets.domain.texts import clean_line
from tickets.models import Ticket
from tickets.queries import ticket_by_id

_LOOKS_LIKE_OURS = re.compile(r"(?:reply|note|bounce)\+", re.IGNORECASE)
_THREAD = re.compile(r"<ticket-(\d{1,18})@([^<>\s]+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The sender as one of our people, with the rights of this moment, and where the mail was sent.

    `ticket` is the one that a genuine reply address names, `hint` the one that the mail merely refers to.
    """

    person: Person | None
    actor: Actor | None
    proof: Proof
    places: tuple[AnswerPlace, ...]
    bounced_id: int | None
    has_bad_address: bool
    refers_to_us: bool
    ticket: Ticket | None
    hint: Ticket | None

    def note_on(self, mail: ReceivedMail, head: Head) -> None:
        """Write what is known onto the receipt, for whoever has to decide; the caller stores it."""
        if head.sender is not None:
            mail.sender, mail.sender_name = head.sender.address[:320], clean_line(head.sender.name)[:200]
        mail.subject = clean_line(head.subject)[:250]
        mail.person = self.person
        client_id = self.client_id
        mail.client_id = client_id
        near = self.ticket or self.hint
        mail.hint = near if near is not None and near.client_id == client_id else None

    @property
    def client_id(self) -> int | None:
        """The one client that everything known points to; None where that is nobody, or more than one.

        A stranger with a genuine reply address leads to its ticket's client; anything that merely names a
        ticket leads nowhere by itself.
        """
        told = {self.ticket.client_id} if self.ticket is not None else set()
        roles = set(self.actor.roles) if self.actor is not None else set()
        if told and roles:
            return next(iter(told)) if told <= roles else None
        every = told or roles
        if len(every) == 1:
            return next(iter(every))
        named = {self.hint.client_id} & roles if self.hint is not None else set()
        return next(iter(named), None)


def known_of(head: Head) -> Known:
    """Look up sender and places of a mail."""
    person = _person(head)
    places = {read_reply_address(address) for address in head.addressed} - {None}
    bounces = {read_bounce_address(address) for address in head.addressed} - {None}
    found = tuple(place for place in places if place is not None)
    return Known(
        person=person,
        actor=actor_for(person) if person is not None else None,
        proof=_proof(head),
        places=found,
        bounced_id=next((one for one in bounces if one is not None), None),
        has_bad_address=any(_is_bad(address) for address in head.addressed),
        refers_to_us=bool(_of_us(head)),
        ticket=_ticket(found[0].ticket_id) if len(found) == 1 else None,
        hint=_referred(head),
    )


def facts_of(head: Head, known: Known) -> Facts:
    """The same as the table of outcomes asks for it."""
    person = known.person
    return Facts(
        is_ours_to_report=known.bounced_id is not None,
        is_report=head.is_report,
        is_automatic=bool(head.automatic),
        has_sender=head.sender is not None,
        is_own_address=head.sender is not None and head.sender.domain == settings.MAIL_DOMAIN.lower(),
        is_known=person is not None,
        works_here=person is not None and person.works_here,
        proof=known.proof,
        has_bad_address=known.has_bad_address,
        places=len(known.places),
        is_addressee=person is not None and {place.person_id for place in known.places} == {person.pk},
        refers_to_us=known.refers_to_us,
    )


def _person(head: Head) -> Person | None:
    if head.sender is None:
        return None
    return Person.objects.filter(email__iexact=head.sender.address, is_active=True).first()


def _proof(head: Head) -> Proof:
    if head.sender is None:
        return Proof.NONE
    servers = settings.INBOUND_MAIL_SERVERS
    return proof_of(head.verdicts, domain=head.sender.domain, servers=servers)


def _is_bad(address: str) -> bool:
    """Whether it looks like a reply address of ours, to the letter of its beginning, and is none."""
    is_here = address.rpartition("@")[2].lower() == settings.MAIL_DOMAIN.lower()
    if not is_here or not _LOOKS_LIKE_OURS.match(address):
        return False
    return read_reply_address(address) is None and read_bounce_address(address) is None


def _of_us(head: Head) -> list[str]:
    ending = f"@{settings.MAIL_DOMAIN.lower()}>"
    return [one for one in head.refers_to if one.lower().endswith(ending)]


def _referred(head: Head) -> Ticket | None:
    """The ticket of the mails of ours that this one refers to: a hint for people, and no proof."""
    ours = _of_us(head)
    if not ours:
        return None
    sent = Delivery.objects.filter(message_id__in=ours, ticket__isnull=False).order_by("-id").first()
    if sent is not None and sent.ticket_id is not None:
        return _ticket(sent.ticket_id)
    thread = next((match for one in ours if (match := _THREAD.fullmatch(one))), None)
    return _ticket(int(thread[1])) if thread is not None else None


def _ticket(ticket_id: int) -> Ticket | None:
    try:
        return ticket_by_id(SYSTEM, ticket_id)
    except NotHere:
        return None
