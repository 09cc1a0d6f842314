"""What must always hold of tickets; an empty answer is health."""

from __future__ import annotations

from typing import Final

from django.db import connection
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTextTransform

from accounts.models import Membership
from events.invariants import MOST_NAMED, Check, named
from events.models import Record
from tickets.domain.lifecycle import FINAL_STATUSES, Status
from tickets.models import (
    Attachment,
    ChangeStep,
    Document,
    DocumentEdition,
    Message,
    Participant,
    Ticket,
    TicketCounter,
    TicketWords,
    UrgencyProposal,
    Visibility,
)
from tickets.models.finding import FOLLOWER


def numbers_have_no_gap() -> list[str]:
    """Each client's numbers run from one to its counter, and keys say the number."""
    rows = Ticket.objects.order_by().values("client__key").annotate(many=Count("id"), last=Max("number"))
    counters = dict(TicketCounter.objects.values_list("client__key", "last_number"))
    gaps = [
        f"The numbers of {row['client__key']} have a gap."
        for row in rows
        if not row["many"] == row["last"] == counters.get(row["client__key"])
    ]
    return gaps[:MOST_NAMED]


def people_belong_to_the_client() -> list[str]:
    """Requesters and participants are, or once were, contacts of the ticket's client; assignees are staff."""
    ever = Membership.objects.filter(client=OuterRef("client"))
    asked = Ticket.objects.filter(requester__isnull=False).exclude(
        Exists(ever.filter(person=OuterRef("requester")))
    )
    present = Participant.objects.exclude(Exists(ever.filter(person=OuterRef("person"))))
    return [
        *named(asked, "was asked for by a stranger"),
        *named(present, "is a stranger's"),
        *named(Ticket.objects.filter(assignee__staff_role=""), "is assigned to a contact"),
    ]


def places_belong_to_the_contract() -> list[str]:
    """A ticket's environment is one of its contract."""
    elsewhere = Ticket.objects.filter(environment__isnull=False).exclude(contract=F("environment__contract"))
    return named(elsewhere, "is about an environment of another contract")


def states_agree_with_their_moments() -> list[str]:
    """Resolved tickets know when, and when they close; final ones when they ended; others neither."""
    resolved = Q(status=Status.RESOLVED) & (Q(resolved_at__isnull=True) | Q(close_due_at__isnull=True))
    final = Q(status__in=FINAL_STATUSES) & Q(closed_at__isnull=True)
    going_on = ~Q(status__in=(*FINAL_STATUSES, Status.RESOLVED)) & Q(closed_at__isnull=False)
    return named(Ticket.objects.filter(resolved | final | going_on), "does not know when it got there")


def states_agree_with_the_log() -> list[str]:
    """A ticket stands where its last recorded move took it."""
    moves = Record.objects.filter(
        subject_type="ticket", subject_id=OuterRef("pk"), kind="ticket.status_changed"
    ).order_by("-id")
    last = Subquery(moves.annotate(to=KeyTextTransform("after", "data")).values("to")[:1])
    rows = Ticket.objects.annotate(last_move=last)
    moved = rows.filter(last_move__isnull=False).exclude(last_move=F("status"))
    unmoved = rows.filter(last_move__isnull=True).exclude(status=Status.NEW)
    return named(moved | unmoved, "stands elsewhere than the log says")


def the_log_knows_the_client() -> list[str]:
    """A record about a ticket is of the ticket's client."""
    client = Subquery(Ticket.objects.filter(pk=OuterRef("subject_id")).values("client_id")[:1])
    records = Record.objects.filter(subject_type="ticket").annotate(owner=client)
    return named(records.exclude(owner=F("client_id")), "is about a ticket of another client")


def files_stay_with_their_message() -> list[str]:
    """A file that was sent belongs to its message's ticket."""
    astray = Attachment.objects.filter(message__isnull=False).exclude(ticket=F("message__ticket"))
    return named(astray, "is on another ticket than its message")


def one_proposal_is_open() -> list[str]:
    """At most one urgency is proposed on a ticket, and none on a final one."""
    many = (
        UrgencyProposal.objects.filter(state="proposed")
        .order_by()
        .values("ticket__key")
        .annotate(many=Count("id"))
        .filter(many__gt=1)
    )
    return [f"{row['ticket__key']} has two open proposals." for row in many[:MOST_NAMED]]


def notes_are_found_by_staff_alone() -> list[str]:
    """No word of an internal message stands among those that clients search."""
    internal = TicketWords.objects.filter(message__visibility=Visibility.INTERNAL, public__isnull=False)
    drafted = TicketWords.objects.filter(document__published_at__isnull=True, public__isnull=False)
    drafted = drafted.filter(document__isnull=False)
    astray = TicketWords.objects.filter(message__isnull=False).exclude(ticket=F("message__ticket"))
    return [
        *named(internal, "lets clients find an internal note"),
        *named(astray, "is about a message of another ticket"),
        *named(drafted, "lets clients find a draft"),
    ]


def what_is_written_can_be_found() -> list[str]:
    """Every ticket and every message that can be read has its words, and what was redacted has none."""
    own = TicketWords.objects.filter(ticket=OuterRef("pk"), message__isnull=True, document__isnull=True)
    said = TicketWords.objects.filter(message=OuterRef("pk"))
    written = TicketWords.objects.filter(document=OuterRef("pk"))
    return [
        *named(Ticket.objects.exclude(Exists(own)), "cannot be found: run rebuild_search"),
        *named(
            Message.objects.filter(redacted_at__isnull=True).exclude(Exists(said)),
            "cannot be found: run rebuild_search",
        ),
        *named(Message.objects.filter(Exists(said), redacted_at__isnull=False), "is redacted and found"),
        *named(
            Document.objects.filter(published_at__isnull=False).exclude(Exists(written)),
            "cannot be found: run rebuild_search",
        ),
        *_follower_faults(),
    ]


def _follower_faults() -> list[str]:
    """On SQLite the table that is searched follows the rows by three triggers, and says what they say."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{FOLLOWER}%"]
        )
        triggers = cursor.fetchone()[0]
    return [] if triggers == 3 else [f"{FOLLOWER} has {triggers} triggers instead of 3."]


def documents_agree_with_their_editions() -> list[str]:
    """A document is published exactly when it has an edition, and only settled incidents have one due."""
    has_edition = Exists(DocumentEdition.objects.filter(document=OuterRef("pk")))
    untold = Document.objects.filter(has_edition, published_at__isnull=True)
    empty = Document.objects.filter(~has_edition, published_at__isnull=False)
    settled = (Status.RESOLVED, Status.CLOSED)
    early = Document.objects.owed().exclude(ticket__status__in=settled)
    return [
        *named(untold | empty, "does not agree with its editions"),
        *named(early, "is due although the incident is not solved"),
    ]


def papers_stay_with_their_client() -> list[str]:
    """Documents and steps of changes are of their ticket's client."""
    foreign = Document.objects.exclude(client=F("ticket__client"))
    strange = ChangeStep.objects.exclude(client=F("ticket__client"))
    words = "is on a ticket of another client"
    return [*named(foreign, words), *named(strange, words)]


INVARIANTS: Final[tuple[tuple[str, Check], ...]] = (
    ("tickets: numbers have no gap", numbers_have_no_gap),
    ("tickets: people belong to the client", people_belong_to_the_client),
    ("tickets: places belong to the contract", places_belong_to_the_contract),
    ("tickets: states agree with their moments", states_agree_with_their_moments),
    ("tickets: states agree with the log", states_agree_with_the_log),
    ("tickets: the log knows the client", the_log_knows_the_client),
    ("tickets: files stay with their message", files_stay_with_their_message),
    ("tickets: one proposal is open", one_proposal_is_open),
    ("tickets: notes are found by staff alone", notes_are_found_by_staff_alone),
    ("tickets: what is written can be found", what_is_written_can_be_found),
    ("tickets: documents agree with their editions", documents_agree_with_their_editions),
    ("tickets: papers stay with their client", papers_stay_with_their_client),
)
