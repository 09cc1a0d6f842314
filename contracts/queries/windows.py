"""Announced maintenance around a moment, a ticket or a client, and where it overlaps (S11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from contracts.models import MaintenanceWindow
from contracts.queries.surroundings import windows_visible_to
from events.domain.actor import Actor

#: How far ahead a ticket's page looks for maintenance of its environment.
AHEAD = timedelta(days=14)


def windows_between(
    actor: Actor, *, start: datetime, end: datetime, client_id: int | None = None
) -> QuerySet[MaintenanceWindow]:
    """The windows that share time with that interval and were not called off, of clients the actor sees."""
    found = windows_visible_to(actor).filter(starts_at__lt=end, ends_at__gt=start, cancelled_at__isnull=True)
    if client_id is not None:
        found = found.filter(environment__client_id=client_id)
    return found.select_related("environment__client").order_by("starts_at", "id")


def windows_of_ticket(
    environment_id: int | None, *, opened_at: datetime, closed_at: datetime | None, at: datetime
) -> QuerySet[MaintenanceWindow]:
    """The windows of a ticket's environment in its life and the fortnight ahead; none without one.

    The caller has authorised the ticket.
    """
    if environment_id is None:
        return MaintenanceWindow.objects.none()
    until = closed_at or at + AHEAD
    found = MaintenanceWindow.objects.filter(environment_id=environment_id, cancelled_at__isnull=True)
    return found.filter(starts_at__lt=until, ends_at__gt=opened_at).order_by("starts_at")[:10]


def overlaps_of(windows: Iterable[MaintenanceWindow]) -> dict[int, list[MaintenanceWindow]]:
    """Which of those windows share time with which others of the same environment; touching is none."""
    rows = list(windows)
    found = {one.pk: [other for other in rows if _overlap(one, other)] for one in rows}
    return {pk: others for pk, others in found.items() if others}


def _overlap(one: MaintenanceWindow, other: MaintenanceWindow) -> bool:
    is_same_place = one.pk != other.pk and one.environment_id == other.environment_id
    return is_same_place and one.starts_at < other.ends_at and other.starts_at < one.ends_at
