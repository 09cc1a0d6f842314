"""What a ticket consists of: counted before and after it goes on in another one, so that nothing is lost."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db.models import Count, Q

from tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """How much stands on a ticket; `people` are its participants and whoever filed it."""

    messages: int
    files: int
    people: int
    approvals: int

    def facts(self) -> dict[str, int]:
        """The same as facts of an event."""
        return asdict(self)


def manifest_of(ticket: Ticket) -> Manifest:
    """What stands on the ticket now, in one statement; the caller has authorised the ticket."""
    row = Ticket.objects.filter(pk=ticket.pk).aggregate(
        said=Count("messages", distinct=True),
        kept=Count("messages__attachments", filter=Q(messages__redacted_at__isnull=True), distinct=True),
        joined=Count("participants__person", distinct=True),
        asked=Count("approvals", distinct=True),
    )
    people = row["joined"] + (ticket.requester_id is not None)
    return Manifest(messages=row["said"], files=row["kept"], people=people, approvals=row["asked"])
