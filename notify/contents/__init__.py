"""What a mail says, read from record and tables at the moment of sending, with the reader's rights."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from notify.contents.hours import hours_contents
from notify.contents.mailings import mailed_contents
from notify.contents.people import people_contents
from notify.contents.ticket import ticket_contents
from notify.lines import line_for
from notify.links import absolute, link_for
from notify.models import Delivery
from notify.readers import Reader

#: Why somebody gets a mail: the last line of it.
WHY: Final = {
    "requester": "you filed the ticket",
    "participant": "you take part in the ticket",
    "assignee": "the ticket is assigned to you",
    "team": "your team has the ticket",
    "engineer": "you serve this client",
    "watcher": "you watch the ticket",
    "poc": "you are a point of contact of {client}",
    "success": "you look after {client}",
    "account": "you are the account executive of {client}",
    "lead": "you lead the desk",
    "tier": "you stand on the escalation path of {client}",
    "named": "you are asked by name",
    "invited": "somebody invited you",
    "subscriber": "the plan of {client} includes it",
}


def contents_of(delivery: Delivery, *, reader: Reader, now: datetime) -> dict[str, Any]:
    """Everything the templates of that delivery may name; nothing in it is a row that could lead further."""
    record = delivery.record
    client = delivery.client
    contents: dict[str, Any] = {
        "news": line_for(record, is_staff=reader.is_staff),
        "who": record.actor_name,
        "reader": reader.name,
        "is_staff": reader.is_staff,
        "client": client.name if client else "",
        "link": absolute(link_for(record, is_staff=reader.is_staff, client=client)),
        "settings_link": absolute("/settings/mail"),
        "why": WHY.get(delivery.reason, "").format(client=client.name if client else "the client"),
        "fact": record.data,
    }
    if record.subject_type == "ticket":
        contents |= ticket_contents(delivery, reader=reader, now=now)
    elif record.subject_type == "contract":
        contents |= hours_contents(record)
    elif record.subject_type in ("mailing", "webinar"):
        contents |= mailed_contents(delivery, reader=reader)
    else:
        contents |= people_contents(delivery, reader=reader, now=now)
    return contents
