"""The work: tickets, their conversation, who takes part, what is asked and agreed around them."""

from tickets.models.conversation import Attachment, Draft, Message, MessageKind, Visibility
from tickets.models.desk import CannedReply, Presence, SavedView
from tickets.models.finding import TicketWords
from tickets.models.papers import ChangeStep, Document, DocumentEdition, DocumentQuerySet
from tickets.models.people import Approval, Participant, UrgencyProposal, Watcher
from tickets.models.ticket import Link, Ticket, TicketCounter, TicketQuerySet

__all__ = [
    "Approval",
    "Attachment",
    "CannedReply",
    "ChangeStep",
    "Document",
    "DocumentEdition",
    "DocumentQuerySet",
    "Draft",
    "Link",
    "Message",
    "MessageKind",
    "Participant",
    "Presence",
    "SavedView",
    "Ticket",
    "TicketCounter",
    "TicketQuerySet",
    "TicketWords",
    "UrgencyProposal",
    "Visibility",
    "Watcher",
]
