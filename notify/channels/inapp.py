"""The bell inside the product: a line made from the record alone, without a word of any conversation."""

from __future__ import annotations

from accounts.models import Client, Person
from events.models import Record
from notify.lines import line_for
from notify.links import link_for
from notify.models import Notice


def notice_for(record: Record, *, person: Person, client: Client | None) -> Notice:
    """The notice of that record for that person; the caller stores it, a second one is swallowed."""
    return Notice(
        person=person,
        client_id=record.client_id,
        record=record,
        text=line_for(record, is_staff=person.works_here)[:300],
        link=link_for(record, is_staff=person.works_here, client=client),
        at=record.at,
    )
