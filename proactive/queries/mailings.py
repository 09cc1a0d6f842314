"""Reading mailings and events; contacts find what their client was sent or invited to (P5, P6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from accounts.models import Client, Membership
from contracts.models import Contract, Environment, PlanVersion
from events.domain.actor import Actor
from events.domain.errors import NotHere
from proactive.domain.mailings import Audience
from proactive.models import (
    Mailing,
    MailingKind,
    MailingRecipient,
    MailingState,
    Programme,
    Registration,
    Webinar,
    WebinarState,
)

#: Which programme of a plan carries which mailings.
CARRIED_AS = {MailingKind.INSIGHT: "insights", MailingKind.INVITATION: "events"}
_READABLE = (MailingState.SENDING, MailingState.SENT)


def carrying_contracts(audience: Audience, *, kind: str, on: date) -> QuerySet[Contract]:
    """The contracts in force whose plan carries such mailings, narrowed by plan and product."""
    programmes = Programme.objects.filter(
        contract=OuterRef("pk"), kind=CARRIED_AS[MailingKind(kind)], ended_at__isnull=True
    )
    found = Contract.objects.in_force(on).filter(Exists(programmes), client__ended_at__isnull=True)
    if audience.plans:
        found = found.filter(plan_version__key__in=audience.plans)
    if audience.products:
        systems = Environment.objects.filter(
            contract=OuterRef("pk"), retired_at__isnull=True, product__in=audience.products
        )
        found = found.filter(Exists(systems))
    return found


def contacts_reached(audience: Audience, *, kind: str, on: date) -> QuerySet[Any, tuple[int, int]]:
    """Each person once, with the client as whose contact: `(person, client)`, by person."""
    contracts = carrying_contracts(audience, kind=kind, on=on)
    found = Membership.objects.filter(
        client__in=contracts.values("client_id"), ended_at__isnull=True, person__is_active=True
    )
    if audience.roles:
        found = found.filter(role__in=audience.roles)
    rows = found.order_by("person_id").values("person_id").annotate(as_of=Min("client_id"))
    return rows.values_list("person_id", "as_of")


def people_reached(mailing: Mailing, *, on: date) -> QuerySet[Any, tuple[int, int]]:
    """Whom this mailing is meant for: its audience, or whoever registered for its event."""
    if mailing.kind in CARRIED_AS:
        return contacts_reached(mailing.audience, kind=mailing.kind, on=on)
    standing = Registration.objects.filter(
        webinar=mailing.webinar_id or 0, withdrawn_at__isnull=True, person__is_active=True
    )
    return standing.order_by("person_id").values_list("person_id", "client_id")


def mailing_plans() -> list[tuple[str, str]]:
    """The plans whose clients can be written to: key and title, each once."""
    rows = PlanVersion.objects.filter(contracts__isnull=False).order_by("title", "-number")
    return list({row.key: (row.key, row.title) for row in rows.only("key", "title")}.values())


def installed_products() -> list[str]:
    """The products of clients' systems, each once."""
    rows = Environment.objects.filter(retired_at__isnull=True).order_by("product")
    return list(rows.values_list("product", flat=True).distinct())


def products_of(client_id: int) -> list[str]:
    """What a client runs; the caller has authorised the client."""
    rows = Environment.objects.filter(client=client_id, retired_at__isnull=True).order_by("product")
    return list(rows.values_list("product", flat=True).distinct())


def mailings() -> QuerySet[Mailing]:
    """Every insight, the newest first; they name no client, and all staff of the success desk read them."""
    return Mailing.objects.filter(kind=MailingKind.INSIGHT).select_related("author")


def mailing_for(actor: Actor, *, mailing_id: int) -> Mailing:
    """One insight: staff read all, contacts what their client was sent; else `NotHere`."""
    found = mailings() if actor.is_staff or actor.is_system else _sent_to(list(actor.roles))
    mailing = found.filter(pk=mailing_id).first()
    if mailing is None:
        raise NotHere
    return mailing


def insights_of(actor: Actor, *, client_id: int) -> QuerySet[Mailing]:
    """The insights that the client was sent, the newest first."""
    return _sent_to([client_id] if actor.sees_client(client_id) else [])


def webinars(actor: Actor) -> QuerySet[Webinar]:
    """The events that the actor may know of: staff of all, contacts of those their client is invited to."""
    if actor.is_staff or actor.is_system:
        return Webinar.objects.select_related("author")
    return invitations_of(list(actor.roles))


def invitations_of(client_ids: Sequence[int]) -> QuerySet[Webinar]:
    """The events, announced or called off, to which people of those clients are invited."""
    invited = Webinar.clients.through.objects.filter(webinar=OuterRef("pk"), client__in=client_ids)
    return Webinar.objects.exclude(state=WebinarState.DRAFT).filter(Exists(invited))


def webinar_for(actor: Actor, *, webinar_id: int) -> Webinar:
    """One event, if the actor may know of it; else `NotHere`."""
    webinar = webinars(actor).filter(pk=webinar_id).first()
    if webinar is None:
        raise NotHere
    return webinar


def registrations_visible_to(actor: Actor, webinar: Webinar) -> QuerySet[Registration]:
    """Who comes, of the clients that the actor sees; contacts see themselves alone."""
    rows = Registration.objects.filter(webinar=webinar, withdrawn_at__isnull=True)
    rows = rows.select_related("person", "client").order_by("client__name", "person__name")
    if actor.sees_every_client:
        return rows
    if actor.is_staff:
        return rows.filter(client_id__in=actor.client_ids)
    return rows.filter(person_id=actor.person_id or 0)


def reached_by_client(
    actor: Actor, mailing: Mailing, *, on: date, limit: int = 12
) -> list[tuple[Client, int]]:
    """How many people of which client it is meant for, of the clients that the actor sees, most first."""
    counts: dict[int, int] = {}
    for _, client_id in people_reached(mailing, on=on):
        if actor.sees_client(client_id):
            counts[client_id] = counts.get(client_id, 0) + 1
    most = sorted(counts, key=lambda one: (-counts[one], one))[:limit]
    names = Client.objects.in_bulk(most)
    return [(names[one], counts[one]) for one in most]


def webinar_figures(webinar: Webinar) -> dict[str, int]:
    """How many registered, came, and stayed away."""
    return Registration.objects.filter(webinar=webinar, withdrawn_at__isnull=True).aggregate(
        registered=Count("id"),
        stayed_away=Count("id", filter=Q(came=False)),
        came=Count("id", filter=Q(came=True)),
    )


def _sent_to(client_ids: Sequence[int]) -> QuerySet[Mailing]:
    given = MailingRecipient.objects.filter(mailing=OuterRef("pk"), client__in=client_ids)
    return mailings().filter(Exists(given), state__in=_READABLE)
