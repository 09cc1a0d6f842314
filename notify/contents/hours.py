"""What mails about support hours and packs say."""

from __future__ import annotations

from typing import Any

from contracts.models import Contract
from events.models import Record
from notify.domain.moments import hours_words


def hours_contents(record: Record) -> dict[str, Any]:
    """The contract by name, and the amounts as h:mm."""
    name = Contract.objects.filter(id=record.subject_id).values_list("name", flat=True).first()
    facts = record.data
    return {
        "contract": name or "",
        "hours": hours_words(int(facts.get("minutes") or 0)),
        "left": hours_words(int(facts.get("available") or 0)),
        "granted": hours_words(int(facts.get("capacity") or 0)),
        "state": str(facts.get("state") or ""),
    }
