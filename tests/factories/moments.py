"""Moments that tests speak of."""

from datetime import UTC, datetime

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday at nine in London, when it is winter time and business hours begin."""


def moment(text: str) -> datetime:
    """The moment that a text like `2026-03-02 09:00` says, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
