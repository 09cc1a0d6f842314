"""The board of handoffs: who is on round the sun, and the cards of what passes from team to team (E7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from escalation.domain.coverage import NOTICE
from escalation.domain.relay import Leg, Ring, holder_at, leg_from
from escalation.models import Handoff
from escalation.permissions import may_take_over
from escalation.queries import batons_visible_to, house_ring, on_the_board, ring_of, roster
from escalation.queries.coverage import Roster
from slo.queries.terms import standings_of
from tickets.models import Ticket
from web.chips import NextDue, next_dues
from web.desk.sun import sun_of
from web.requests import StaffRequest
from web.wording.times import moment, relative

#: What was taken stays on the board for one shift.
TAKEN_SHOWS = timedelta(hours=9)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What a ticket is called on its card."""

    urgency: str
    due: NextDue


def board_of(request: StaffRequest) -> dict[str, Any]:
    """Everything the board shows, in as many statements for one card as for fifty."""
    known = roster()
    ring = house_ring(known)
    found = list(on_the_board(request.actor, since=request.at - TAKEN_SHOWS))
    words = _words(request, [one.ticket for one in found])
    mine = frozenset(request.user.teams.values_list("pk", flat=True))
    cards = [(one, _card(request, one, words[one.ticket_id], team_ids=mine)) for one in found]
    current = _current_leg(ring, request.at)
    return {
        **_head(request, ring, current),
        "sun": sun_of(ring, zone=request.zone, now=request.at) if ring.crews else None,
        "lanes": _lanes(cards, current),
        "coming": _coming(request, known, {one.ticket_id for one in found if one.is_open}),
        "is_staffed": bool(ring.crews),
    }


def _current_leg(ring: Ring, at: datetime) -> Leg | None:
    """The leg that runs now: in an overlap, of the crew that goes off first."""
    running = [leg for crew in ring.crews if crew.is_on(at) and (leg := leg_from(ring, crew, at)) is not None]
    if running:
        return min(running, key=lambda leg: leg.ends_at)
    holder = holder_at(ring, at)
    return leg_from(ring, holder, at) if holder is not None else None


def _head(request: StaffRequest, ring: Ring, leg: Leg | None) -> dict[str, Any]:
    if leg is None or leg.receiver is None:
        return {"title": "Handoffs", "leg": leg, "following": None, "is_handing": False}
    is_handing = leg.ends_at - NOTICE <= request.at or (
        leg.overlap is not None and leg.overlap[0] <= request.at
    )
    following = leg_from(ring, leg.receiver, leg.ends_at)
    title = f"Handoff: {leg.giver.name} to {leg.receiver.name}" if is_handing else f"On now: {leg.giver.name}"
    return {
        "title": title,
        "leg": leg,
        "is_handing": is_handing,
        "following": following if following and following.receiver else None,
        "giver_zone": leg.giver.calendar.zone,
    }


def _words(request: StaffRequest, tickets: Sequence[Ticket]) -> dict[int, _Words]:
    dues = next_dues(tickets, zone=request.zone, now=request.at)
    standings = standings_of({ticket.contract_id for ticket in tickets})
    labels = {
        (contract_id, one.code): one.label
        for contract_id, standing in standings.items()
        for one in standing.plan.urgencies
    }
    return {
        ticket.pk: _Words(
            urgency=labels.get((ticket.contract_id, ticket.urgency), ticket.urgency), due=dues[ticket.pk]
        )
        for ticket in tickets
    }


def _card(request: StaffRequest, row: Handoff, words: _Words, *, team_ids: frozenset[int]) -> dict[str, Any]:
    ticket = row.ticket
    return {
        "key": ticket.key,
        "subject": ticket.subject,
        "address": reverse("desk:ticket", kwargs={"key": ticket.key}) + "#handoff",
        "client": ticket.client.name,
        "rank": ticket.rank,
        "urgency": words.urgency,
        "chip": words.due.chip,
        "brief": _brief(row),
        "warning": _warning(request, row),
        "who": _who(request, row),
        "action": _action(request, row, team_ids=team_ids),
    }


def _brief(row: Handoff) -> dict[str, str] | None:
    if not row.has_brief:
        return None
    return {"now": row.findings, "tried": row.tried, "next": row.next_steps}


def _warning(request: StaffRequest, row: Handoff) -> str:
    giver, taker = row.from_team.name, row.to_team.name if row.to_team else "any team"
    if row.state == "missed":
        by = moment(row.ends_at, zone=request.zone, now=request.at)
        return f"Nobody of {taker} took it by {by}; it is escalated."
    if row.state == "declined":
        return f"Sent back: {row.answer}"
    if row.state == "due":
        off = relative(row.ends_at, now=request.at)
        return f"{giver} goes off {off}. Nothing can be taken over without a brief."
    return "" if row.to_team else "No team comes on after this shift."


def _who(request: StaffRequest, row: Handoff) -> str:
    if row.state == "accepted" and row.answered_by and row.answered_at:
        return (
            f"Taken by {row.answered_by.name}, {moment(row.answered_at, zone=request.zone, now=request.at)}"
        )
    person = row.written_by or row.ticket.assignee
    return f"{person.name}, {row.from_team.name}" if person else row.from_team.name


def _action(request: StaffRequest, row: Handoff, *, team_ids: frozenset[int]) -> dict[str, Any]:
    places = {"key": row.ticket.key}
    if row.state in ("due", "declined") or (row.state == "missed" and not row.has_brief):
        return {"label": "Write brief", "address": reverse("desk:write_brief", kwargs=places)}
    if row.is_open and may_take_over(request.actor, row, team_ids=team_ids):
        address = reverse("desk:take_handoff", kwargs={**places, "handoff_id": row.pk})
        return {"label": "Take over", "address": address, "name": "act", "value": "take", "is_primary": True}
    return {"label": "Open", "address": reverse("desk:ticket", kwargs=places) + "#handoff"}


def _lanes(cards: Iterable[tuple[Handoff, dict[str, Any]]], leg: Leg | None) -> list[dict[str, Any]]:
    rows = list(cards)
    unwritten = [card for row, card in rows if row.is_open and (not row.has_brief or row.state == "declined")]
    waiting = [(row, card) for row, card in rows if row.state in ("offered", "missed") and row.has_brief]
    taken = [(row, card) for row, card in rows if row.state == "accepted"]
    return [
        _lane("due", "No brief yet", unwritten, none="Every brief is written."),
        _lane(
            "offered",
            f"Waiting for {_takers(waiting, leg)}",
            [card for _, card in waiting],
            none="Nothing waits.",
        ),
        _lane(
            "taken",
            f"Taken by {_takers(taken, leg)}",
            [card for _, card in taken],
            none="Nothing was taken lately.",
        ),
    ]


def _lane(name: str, title: str, cards: list[dict[str, Any]], *, none: str) -> dict[str, Any]:
    return {"id": f"lane-{name}", "title": title, "count": len(cards), "cards": cards, "none": none}


def _takers(rows: Sequence[tuple[Handoff, dict[str, Any]]], leg: Leg | None) -> str:
    """The one team that all of these go to; where there are several, or none, words for that."""
    names = {row.to_team.name for row, _ in rows if row.to_team}
    if len(names) == 1:
        return names.pop()
    if not rows and leg is not None and leg.receiver is not None:
        return leg.receiver.name
    return "the next team"


def _coming(request: StaffRequest, known: Roster, shown: set[int]) -> list[dict[str, Any]]:
    """What is handed over later: the batons that no card shows yet, by when their brief is due."""
    batons = batons_visible_to(request.actor).exclude(ticket_id__in=shown)
    wanted = batons.filter(look_at__isnull=False).select_related(
        "ticket__client", "ticket__contract__plan_version"
    )
    rings: dict[int, Ring] = {}
    rows = []
    for baton in wanted.order_by("look_at")[:50]:
        contract = baton.ticket.contract
        ring = rings.setdefault(contract.pk, ring_of(contract, known))
        holder = ring.member(baton.team_id)
        leg = leg_from(ring, holder, baton.since) if holder is not None else None
        if leg is not None:
            rows.append({"ticket": baton.ticket, "leg": leg})
    return rows
