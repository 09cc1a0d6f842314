"""What of a client wants attention today: escalations, late work, hours that run out, renewals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse

from accounts.models import Client
from hours.queries import Balance
from web.drawing.meter import Meter
from web.drawing.spark import Spark
from web.wording.amounts import hmm


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    """One line of the portfolio; what is None is not counted for this client."""

    client: Client
    plans: str
    share: str
    is_below: bool
    spark: Spark | None
    balance: Balance | None
    meter: Meter | None
    runs_out_on: date | None
    runs_out_early: bool
    escalations: int
    highest_tier: int
    overdue: int
    onboarding: int
    papers: int
    rating: float | None
    renewal_on: date | None
    renews_soon: bool
    renewal_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that wants the reader today: what, why, and where to do something about it."""

    icon: str
    title: str
    text: str
    address: str
    verb: str


def needs_of(rows: Sequence[ClientRow]) -> list[Need]:
    """What wants the reader today, the worst kind first, and within a kind in the order of the rows."""
    found = (kind(row) for kind in _KINDS for row in rows)
    return [need for need in found if need is not None]


def _page(row: ClientRow) -> str:
    return reverse("success:client", kwargs={"client": row.client.slug})


def _escalated(row: ClientRow) -> Need | None:
    if not row.escalations:
        return None
    return Need(
        icon="chevrons-up",
        title=f"{row.client.name} has gone to tier {row.highest_tier}",
        text=f"Escalations are open: {row.escalations}.",
        address=reverse("desk:escalations"),
        verb="Open escalations",
    )


def _late_work(row: ClientRow) -> Need | None:
    if not row.overdue:
        return None
    return Need(
        icon="calendar-x",
        title=f"Planned work for {row.client.name} is late",
        text=f"Missed and not delivered yet: {row.overdue}.",
        address=f"{reverse('success:proactive')}?client={row.client.key}",
        verb="Set a date",
    )


def _papers(row: ClientRow) -> Need | None:
    if not row.papers:
        return None
    return Need(
        icon="file-clock",
        title=f"{row.client.name} waits for a document",
        text=f"Root causes or investigations past their day: {row.papers}.",
        address=_page(row),
        verb="See what is owed",
    )


def _onboarding(row: ClientRow) -> Need | None:
    if not row.onboarding:
        return None
    return Need(
        icon="list-checks",
        title=f"Onboarding of {row.client.name} is late",
        text=f"Steps past their day that wait for nobody: {row.onboarding}.",
        address=_page(row),
        verb="See the steps",
    )


def _runs_dry(row: ClientRow) -> Need | None:
    if not row.runs_out_early or row.runs_out_on is None:
        return None
    left = hmm(row.balance.available) if row.balance else "No hours"
    return Need(
        icon="trending-down",
        title=f"{row.client.name} runs out of hours about {row.runs_out_on.day} {row.runs_out_on:%b %Y}",
        text=f"{left} are left, at the pace of the last eight weeks.",
        address=_page(row),
        verb="See hours",
    )


def _renews(row: ClientRow) -> Need | None:
    if not row.renews_soon:
        return None
    return Need(
        icon="calendar-clock",
        title=f"{row.client.name} renews in {row.renewal_days} days",
        text="Talk about what comes next.",
        address=_page(row),
        verb="See the client",
    )


#: The worst first.
_KINDS: Final[tuple[Callable[[ClientRow], Need | None], ...]] = (
    _escalated,
    _late_work,
    _papers,
    _onboarding,
    _runs_dry,
    _renews,
)
