"""Everything with a day or an hour that a person may see, for pages and calendar programs (P10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from contracts.queries.windows import windows_between
from escalation.models import BookingState
from escalation.queries import bookings_between
from events.domain.actor import Actor
from proactive.models import Occurrence, Review, State, Webinar, WebinarState
from proactive.printing.calendar_file import Happening
from proactive.printing.happenings import webinar_happening
from proactive.queries import between, reviews_visible_to
from proactive.queries.mailings import invitations_of, webinars
from web.drawing.month import Entry
from web.wording.times import zone_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose calendar it is: what the actor sees of one client or of all, on dates in that zone."""

    actor: Actor
    first_on: date
    last_on: date
    zone: ZoneInfo
    client_id: int | None = None

    @property
    def start(self) -> datetime:
        """When the first day begins."""
        return datetime.combine(self.first_on, time.min, tzinfo=self.zone)

    @property
    def end(self) -> datetime:
        """When the last day is over."""
        return datetime.combine(self.last_on + timedelta(days=1), time.min, tzinfo=self.zone)


def happenings_of(scope: Scope, *, limit: int) -> list[Happening]:
    """All of it as calendar programs read it: titles, days and hours, and no text of a conversation."""
    found = [*_services(scope, limit), *_maintenance(scope, limit), *_reviews(scope, limit)]
    return [*found, *_bookings(scope, limit), *(webinar_happening(one) for one in events_in(scope)[:limit])]


def events_in(scope: Scope) -> list[Webinar]:
    """The events within those days that the actor may know of; drafts stay with those who write them."""
    rows = webinars(scope.actor) if scope.client_id is None else invitations_of([scope.client_id])
    told = rows.exclude(state=WebinarState.DRAFT).filter(starts_at__lt=scope.end, starts_at__gte=scope.start)
    return list(told.order_by("starts_at", "id"))


def reviews_in(scope: Scope) -> list[Review]:
    """The meetings about a service review within those days."""
    rows = reviews_visible_to(scope.actor).filter(held_on__range=(scope.first_on, scope.last_on))
    if scope.client_id is not None:
        rows = rows.filter(client_id=scope.client_id)
    return list(rows.order_by("held_on", "id"))


def more_entries(scope: Scope, *, now: datetime, slug: str = "") -> list[Entry]:
    """Events and review meetings for a month's page: of a client's portal, or of the desk without a slug."""
    side = {"client": slug} if slug else {}
    space = "portal" if slug else "success"
    entries = []
    for one in events_in(scope):
        begins = one.starts_at.astimezone(scope.zone)
        is_off = one.state == WebinarState.CALLED_OFF
        entries.append(
            Entry(
                on=begins.date(),
                title=one.title,
                text="called off" if is_off else f"event, {begins:%H:%M} {zone_name(begins)}",
                state="late" if is_off else "done" if one.ends_at <= now else "plan",
                address=reverse(f"{space}:event", kwargs={**side, "webinar_id": one.pk}),
            )
        )
    for review in reviews_in(scope):
        address = reverse(f"{space}:review", kwargs={**side, "review_id": review.pk})
        title = review.title if slug else review.client.name
        entries.append(Entry(on=_held(review), title=title, text="review", state="done", address=address))
    return entries


def _services(scope: Scope, limit: int) -> Iterator[Happening]:
    rows = between(scope.actor, first_on=scope.first_on, last_on=scope.last_on).exclude(state=State.SKIPPED)
    if scope.client_id is not None:
        rows = rows.filter(client_id=scope.client_id)
    for one in rows[:limit]:
        until = "" if one.planned_on or one.state == State.DELIVERED else " (by this day)"
        yield Happening(
            key=f"service-{one.pk}",
            title=f"{_whose(scope, one.client.name)}{one.programme.label}{until}",
            begins=one.planned_on or one.due_on,
            stamp=_stamp(one),
        )


def _maintenance(scope: Scope, limit: int) -> Iterator[Happening]:
    rows = windows_between(scope.actor, start=scope.start, end=scope.end, client_id=scope.client_id)
    for one in rows[:limit]:
        yield Happening(
            key=f"maintenance-{one.pk}",
            title=f"{_whose(scope, one.environment.client.name)}{one.environment.name}: {one.summary}",
            begins=one.starts_at,
            ends=one.ends_at,
            stamp=one.announced_at,
        )


def _bookings(scope: Scope, limit: int) -> Iterator[Happening]:
    """Weekend engineers who were confirmed."""
    rows = bookings_between(scope.actor, start=scope.start, end=scope.end)
    rows = rows.filter(state=BookingState.CONFIRMED)
    if scope.client_id is not None:
        rows = rows.filter(client_id=scope.client_id)
    for one in rows[:limit]:
        yield Happening(
            key=f"booking-{one.pk}",
            title=f"{_whose(scope, one.client.name)}{one.summary}",
            begins=one.starts_at,
            ends=one.ends_at,
            stamp=one.decided_at or one.asked_at,
        )


def _reviews(scope: Scope, limit: int) -> Iterator[Happening]:
    for one in reviews_in(scope)[:limit]:
        yield Happening(
            key=f"review-{one.pk}",
            title=f"{_whose(scope, one.client.name)}{one.title}",
            begins=_held(one),
            stamp=one.prepared_at,
        )


def _held(review: Review) -> date:
    assert review.held_on is not None  # noqa: S101  the query asks for those that were
    return review.held_on


def _whose(scope: Scope, name: str) -> str:
    return f"{name}: " if scope.client_id is None else ""


def _stamp(one: Occurrence) -> datetime:
    """A moment that stays while the row stays: a calendar that nothing changed in is the same bytes."""
    begun = datetime.combine(one.window_first_on, time.min, tzinfo=UTC)
    return one.delivered_at or one.missed_at or one.started_at or begun
