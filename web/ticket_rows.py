"""A ticket as one line of a list, in the words of its own plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from contracts.domain.plan import Plan
from contracts.queries import effective_plan
from tickets.models import Ticket
from tickets.queries import Snippet
from web.chips import NextDue


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRow:
    """One line of a list: the ticket, its urgency in the plan's own word, its next moment, what was found."""

    ticket: Ticket
    urgency: str
    due: NextDue
    snippet: Snippet | None = None


def rows_of(
    tickets: Sequence[Ticket],
    dues: Mapping[int, NextDue],
    *,
    snippets: Mapping[int, Snippet] = MappingProxyType({}),
    plans: Mapping[int, Plan] = MappingProxyType({}),
) -> list[TicketRow]:
    """The lines of a list; no statement of its own where the contracts come with their plan versions.

    `snippets` are the messages by which a search found them. `plans` are those of the contracts by id, where
    they are known already.
    """
    return [
        TicketRow(
            ticket=ticket,
            urgency=_urgency(ticket, plans.get(ticket.contract_id)),
            due=dues[ticket.pk],
            snippet=snippets.get(ticket.pk),
        )
        for ticket in tickets
    ]


def _urgency(ticket: Ticket, plan: Plan | None) -> str:
    plan = plan or effective_plan(ticket.contract)
    return next((one.label for one in plan.urgencies if one.code == ticket.urgency), ticket.urgency)
