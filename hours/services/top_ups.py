"""Packs: ordered by a point of contact, confirmed by the account executive, then in the ledger (H11)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from contracts.models import Contract
from contracts.queries import contract_for
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from hours import events, permissions
from hours.domain.ledger import BucketKind
from hours.domain.periods import local_date, midnight, months_later
from hours.models import Bucket, Movement, RequestState, TopUp
from hours.queries.requests import packs_on_offer, top_up_for
from hours.services.book import Book
from hours.services.holding import draw_held
from hours.services.periods import open_book


@transaction.atomic
def request_top_up(
    *,
    actor: Actor,
    at: datetime,
    contract: Contract,
    pack: str,
    note: str = "",
    request_key: str | None = None,
) -> TopUp:
    """Order a pack of the plan's catalogue at today's price in the contract's currency (H11).

    The same `request_key` gives the first order. Raises `Invalid` for a pack that is not on offer.
    """
    contract = contract_for(actor, contract.pk)
    if not permissions.may_decide_for_client(actor, contract.client_id):
        raise NotAllowed("A point of contact of the client orders packs.")
    book = open_book(contract, at=at)
    known = TopUp.objects.filter(contract=contract, request_key=request_key or "").first()
    if known is not None:
        return known
    offer = next(((one, price) for one, price in packs_on_offer(contract) if one.key == pack), None)
    if offer is None:
        raise Invalid(
            "This pack is not on offer for the contract.", fields={"pack": "Choose one of the list."}
        )
    chosen, price = offer
    top_up = TopUp.objects.create(
        client_id=contract.client_id,
        contract=contract,
        pack=chosen.key,
        label=chosen.label,
        minutes=chosen.minutes,
        price_minor_units=price.minor_units,
        currency=price.currency,
        expires_after_months=chosen.expires_after_months,
        note=note.strip(),
        requested_by_id=actor.person_id,
        requested_by_name=actor.name,
        requested_at=at,
        request_key=request_key or None,
    )
    _tell_ordered(book, top_up, actor=actor)
    return top_up


@transaction.atomic
def decide_top_up(*, actor: Actor, at: datetime, top_up: TopUp, confirm: bool, answer: str = "") -> TopUp:
    """The account executive confirms the order, and the pack is in the balance at once; or declines it (H11).

    A confirmed pack starts a new round of warnings (H6), and what is held draws from it. Decided already is
    a `Conflict`.
    """
    seen = top_up_for(actor, top_up.pk)
    if not permissions.may_confirm_top_up(actor, seen.client_id):
        raise NotAllowed("The account executive of the client confirms orders.")
    contract = Contract.objects.with_terms().get(pk=seen.contract_id)
    book = open_book(contract, at=at)
    order = TopUp.objects.get(pk=seen.pk)
    if order.state != RequestState.ASKED:
        raise Conflict(f"This order is {order.get_state_display().lower()} already.")
    order.answer, order.decided_at, order.decided_by_id = answer.strip(), at, actor.person_id
    order.state = RequestState.APPROVED if confirm else RequestState.DECLINED
    if confirm:
        _fill(book, order, actor=actor)
    order.save()
    event = events.TopUpDecided(
        client_id=order.client_id,
        subject_id=contract.pk,
        top_up_id=order.pk,
        label=order.label,
        state=order.state,
        minutes=order.minutes,
    )
    book.tell(event, actor=actor)
    if confirm:
        draw_held(book, actor=actor)
        book.write()
    return order


def _tell_ordered(book: Book, top_up: TopUp, *, actor: Actor) -> None:
    event = events.TopUpRequested(
        client_id=top_up.client_id,
        subject_id=top_up.contract_id,
        top_up_id=top_up.pk,
        label=top_up.label,
        minutes=top_up.minutes,
        price_minor_units=top_up.price_minor_units,
        currency=top_up.currency,
    )
    book.tell(event, actor=actor)


def _fill(book: Book, order: TopUp, *, actor: Actor) -> None:
    expires_at = None
    if order.expires_after_months:
        ends_on = months_later(local_date(book.at, book.zone), order.expires_after_months)
        expires_at = midnight(ends_on, book.zone)
    bucket = Bucket(
        kind=BucketKind.PACK,
        label=order.label,
        minutes=order.minutes,
        opened_at=book.at,
        expires_at=expires_at,
        price_minor_units=order.price_minor_units,
        currency=order.currency,
    )
    order.bucket = book.add_bucket(bucket, Movement.TOP_UP, actor=actor)
    book.begin_cycle()
    event = events.HoursGranted(
        client_id=order.client_id,
        subject_id=order.contract_id,
        bucket_id=bucket.pk,
        bucket_kind=bucket.kind,
        label=bucket.label,
        minutes=bucket.minutes,
        expires_at=expires_at.isoformat() if expires_at else None,
    )
    book.tell(event, actor=actor)
