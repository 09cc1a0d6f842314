"""What paid time does when a contract begins or its terms change (H4)."""

from __future__ import annotations

from contracts.models import Contract
from events.models import Record
from hours.services import open_account, review_account


def open_hours(record: Record) -> None:
    """A contract was opened: open its account, and grant what has begun already."""
    open_account(contract=_contract(record), at=record.at)


def review_hours(record: Record) -> None:
    """A contract was amended or moved to another plan version: what is due is worked out anew."""
    review_account(contract=_contract(record), at=record.at)


def follow_calendar(record: Record) -> None:
    """A client's calendar reads otherwise, perhaps in another zone: when its accounts are due is set anew."""
    found = Contract.objects.filter(calendar_id=record.subject_id, hours_account__isnull=False)
    for contract in found.order_by("pk").with_terms():
        review_account(contract=contract, at=record.at)


def _contract(record: Record) -> Contract:
    return Contract.objects.with_terms().get(pk=record.subject_id)
