"""What clients are asked, what they order, and what they ask about their statements."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from contracts.domain.plan import Pack, Price
from contracts.models import Contract
from contracts.queries import effective_plan
from contracts.queries import visible_to as contracts_visible_to
from events.domain.actor import Actor
from events.domain.errors import NotHere
from hours.models import OverageRequest, Question, TopUp

_Row = TypeVar("_Row", bound=Model)


def overages_visible_to(actor: Actor) -> QuerySet[OverageRequest]:
    """The overage requests of the contracts whose hours the actor may see, newest first."""
    found = _of_seen_contracts(actor, OverageRequest.objects.all())
    return found.select_related("ticket", "contract", "asked_by", "decided_by").order_by("-id")


def overage_for(actor: Actor, overage_id: int) -> OverageRequest:
    """The overage request of that id, if the actor may see it; else `NotHere`."""
    return _one(overages_visible_to(actor), overage_id)


def top_ups_visible_to(actor: Actor) -> QuerySet[TopUp]:
    """The orders of packs of the contracts whose hours the actor may see, newest first."""
    found = _of_seen_contracts(actor, TopUp.objects.all())
    return found.select_related("contract", "requested_by", "decided_by").order_by("-id")


def top_up_for(actor: Actor, top_up_id: int) -> TopUp:
    """The order of that id, if the actor may see it; else `NotHere`."""
    return _one(top_ups_visible_to(actor), top_up_id)


def questions_visible_to(actor: Actor) -> QuerySet[Question]:
    """The questions about lines of the contracts whose hours the actor may see, newest first."""
    found = _of_seen_contracts(actor, Question.objects.all())
    return found.select_related(
        "contract", "time_entry__ticket", "time_entry__person", "correction"
    ).order_by("-id")


def question_for(actor: Actor, question_id: int) -> Question:
    """The question of that id, if the actor may see it; else `NotHere`."""
    return _one(questions_visible_to(actor), question_id)


def packs_on_offer(contract: Contract) -> list[tuple[Pack, Price]]:
    """The packs of the plan that have a price in the contract's currency, with that price (H11)."""
    packs = effective_plan(contract).hours.packs
    return [(pack, price) for pack in packs for price in pack.prices if price.currency == contract.currency]


def _of_seen_contracts(actor: Actor, rows: QuerySet[_Row]) -> QuerySet[_Row]:
    contracts = contracts_visible_to(actor)
    if not (actor.is_staff or actor.is_system):
        contracts = contracts.filter(
            client_id__in=[key for key, role in actor.roles.items() if role != "member"]
        )
    return rows.filter(contract__in=contracts)


def _one(rows: QuerySet[_Row], row_id: int) -> _Row:
    found = rows.filter(pk=row_id).first()
    if found is None:
        raise NotHere
    return found
