"""Reading programmes: how often each is owed, and how it stands against that in the contract's year (P1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from contracts.domain.plan import Cadence
from contracts.models import Contract
from events.domain.actor import Actor
from events.domain.errors import NotHere
from proactive.domain.recurrence import may_ask_again
from proactive.domain.terms import contract_year
from proactive.models import OPEN_STATES, Occurrence, Programme, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a programme stands in the running year of its contract.

    `owed` is the floor that its cadence sets for the year, without what the client waived; `ceiling` how
    often it may be asked for in it, None where nobody asks. `can_ask` says whether one more may be asked
    for today.
    """

    programme: Programme
    owed: int
    delivered: int
    missed: int
    ceiling: int | None
    can_ask: bool
    next: Occurrence | None
    last: Occurrence | None


def cadence_of(programme: Programme) -> Cadence:
    """How often the programme owes a delivery, as the plan stated it."""
    return Cadence(kind=programme.cadence_kind, every_months=programme.every_months, limit=programme.limit)


def programmes_of(contract: Contract) -> list[Programme]:
    """The contract's programmes, the caller having authorised the contract."""
    return list(Programme.objects.filter(contract=contract, ended_at__isnull=True).select_related("owner"))


def programme_for(actor: Actor, *, programme_id: int) -> Programme:
    """One running programme, if the actor may see its client; else `NotHere`."""
    found = Programme.objects.filter(id=programme_id, ended_at__isnull=True).select_related("contract")
    programme = found.first()
    if programme is None or not actor.sees_client(programme.client_id):
        raise NotHere
    return programme


def asked_days(programme: Programme) -> list[date]:
    """The days for which it was asked so far, without what was left out; the initial one is none of them."""
    asked = Occurrence.objects.filter(programme=programme, requested_on__isnull=False)
    days = asked.exclude(state=State.SKIPPED).values_list("requested_on", flat=True)
    return [day for day in days if day is not None]


def standings(contracts: Iterable[Contract], *, today: date) -> list[Standing]:
    """How every programme of those contracts stands, in two statements; the caller has authorised them."""
    programmes = list(
        Programme.objects.filter(contract__in=list(contracts), ended_at__isnull=True)
        .select_related("owner", "contract")
        .order_by("contract_id", "label")
    )
    rows: defaultdict[int, list[Occurrence]] = defaultdict(list)
    found = Occurrence.objects.filter(Q(programme__in=programmes)).select_related("owner")
    for row in found.order_by("due_on", "id"):
        rows[row.programme_id].append(row)
    return [_standing(one, rows[one.pk], today=today) for one in programmes]


def _standing(programme: Programme, rows: Sequence[Occurrence], *, today: date) -> Standing:
    year = contract_year(programme.contract.starts_on, on=today)
    within = [row for row in rows if year.first_on <= row.window_first_on <= year.last_on]
    scheduled = [row for row in within if row.requested_on is None and not row.is_initial]
    asked = [row.requested_on for row in rows if row.requested_on and row.state != State.SKIPPED]
    is_on_request = programme.cadence_kind == "on_request"
    cadence = cadence_of(programme)
    done = [row for row in rows if row.state == State.DELIVERED]
    return Standing(
        programme=programme,
        owed=sum(not row.waived_by for row in scheduled),
        delivered=sum(row.state == State.DELIVERED for row in within),
        missed=sum(row.state == State.MISSED for row in rows),
        ceiling=(cadence.limit or 0) * 4 if is_on_request else None,
        can_ask=is_on_request and may_ask_again(cadence, asked_on=today, earlier=asked),
        next=next((row for row in rows if row.state in OPEN_STATES), None),
        last=max(done, key=lambda row: (row.delivered_at is not None, row.delivered_at), default=None),
    )
