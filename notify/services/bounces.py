"""What a mail server reports later: a mail that it took and could not deliver (F10)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from notify.models import Attempt, DeadAddress, Delivery, Outcome, State
from notify.services.settling import give_up


@transaction.atomic
def note_bounced(
    *, at: datetime, delivery_id: int, is_permanent: bool, detail: str, is_address_dead: bool = False
) -> bool:
    """Note a delivery report that came back to a mail's return path; says whether it changed anything.

    A permanent one ends the mail as failed, shown on its message; a report of mere delay is kept beside it.
    With `is_address_dead` nothing more is sent to the address until somebody sends again, or it writes to us.
    """
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("person")
    delivery = rows.filter(id=delivery_id).first()
    if delivery is None:
        return False
    outcome = Outcome.FAILED if is_permanent else Outcome.LATER
    Attempt.objects.create(delivery=delivery, at=at, outcome=outcome, detail=detail[:300])
    if is_permanent and is_address_dead:
        _note_dead(delivery, at=at, reason=detail)
    if not is_permanent or delivery.state == State.FAILED:
        return False
    give_up(delivery, at=at, state=State.FAILED, reason=detail)
    return True


def use_address_again(*, address: str) -> bool:
    """Send to an address again that took no mail: it wrote to us, or a person tries anew."""
    deleted, _ = DeadAddress.objects.filter(address=address.lower()).delete()
    return bool(deleted)


def address_of(delivery: Delivery) -> str:
    """To which address a mail goes, in lower case."""
    return delivery.person.email.lower() if delivery.person else delivery.target.partition(":")[2].lower()


def why_not_to(address: str) -> str:
    """Why nothing is sent to that address; empty for the living ones."""
    dead = DeadAddress.objects.filter(address=address.lower()).first()
    if dead is None:
        return ""
    return f"Mail to this address came back on {dead.since:%d %b %Y}. {dead.reason}"


def _note_dead(delivery: Delivery, *, at: datetime, reason: str) -> None:
    DeadAddress.objects.get_or_create(
        address=address_of(delivery), defaults={"since": at, "reason": reason[:300], "delivery": delivery}
    )
