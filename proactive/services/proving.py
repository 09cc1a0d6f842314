"""A mailing fulfils what the plan owes in the window in which it went out, and is its proof (P1)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count

from events.domain.actor import SYSTEM
from proactive.models import OPEN_STATES, Mailing, MailingKind, MailingRecipient, MailingState, Occurrence
from proactive.queries.mailings import CARRIED_AS, carrying_contracts
from proactive.services.delivery import deliver_row


def prove_mailings(*, at: datetime, limit: int = 100) -> int:
    """Mark deliveries as done by mailings that were sent, so many a run; how many it marked."""
    sent = Mailing.objects.filter(state=MailingState.SENT, proven_at__isnull=True).order_by("id")
    left = limit
    for mailing in list(sent[:20]):
        done = _prove(mailing, at=at, limit=left)
        left -= done
        if left <= 0:
            break
        Mailing.objects.filter(pk=mailing.pk).update(proven_at=at)
    return limit - left


@transaction.atomic
def _prove(mailing: Mailing, *, at: datetime, limit: int) -> int:
    if mailing.kind not in CARRIED_AS or mailing.begun_at is None:
        return 0
    day = mailing.begun_at.astimezone(ZoneInfo(mailing.zone)).date()
    given = MailingRecipient.objects.filter(mailing=mailing)
    contracts = carrying_contracts(mailing.audience, kind=mailing.kind, on=day)
    owed = (
        Occurrence.objects.select_for_update(of=("self",))
        .filter(
            programme__contract__in=contracts.filter(client__in=given.values("client")),
            programme__kind=CARRIED_AS[MailingKind(mailing.kind)],
            state__in=OPEN_STATES,
            is_initial=False,
            window_first_on__lte=day,
            window_last_on__gte=day,
        )
        .select_related("programme")
        .order_by("id")
    )
    rows = list(owed[:limit])
    people = _people_of(mailing, [row.client_id for row in rows])
    for row in rows:
        told = _count(people[row.client_id])
        proof = f"{mailing.get_kind_display()} “{mailing.title}”, mailed to {told} on {day:%d %b %Y}."
        deliver_row(row, actor=SYSTEM, at=at, proof=proof, mailing=mailing)
    return len(rows)


def _people_of(mailing: Mailing, clients: list[int]) -> dict[int, int]:
    rows = MailingRecipient.objects.filter(mailing=mailing, client__in=clients).order_by()
    return dict(rows.values("client").annotate(people=Count("id")).values_list("client", "people"))


def _count(people: int) -> str:
    return "one person" if people == 1 else f"{people} people"
