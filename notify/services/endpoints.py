"""Endpoints: who hears by webhook, with which secret; suspending and resuming."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import ApiKey, Client
from contracts.models import Contract, Interconnection
from events.domain.actor import Actor
from events.domain.errors import Invalid, NotAllowed
from events.domain.event import Event
from events.services import record
from notify import events, permissions
from notify.models import Delivery, Endpoint, State
from notify.outbound import AddressRefusedError, check_url
from notify.payloads import PUBLIC_FACTS
from notify.seal import new_hook_secret, sealed

SECRET_OVERLAP = timedelta(hours=24)


@transaction.atomic
def add_endpoint(
    *,
    actor: Actor,
    at: datetime,
    client: Client,
    url: str,
    label: str = "",
    kinds: Sequence[str] = (),
    contract: Contract | None = None,
    api_key: ApiKey | None = None,
    interconnection: Interconnection | None = None,
) -> tuple[Endpoint, str]:
    """Let a client's system hear of events; the secret is in the answer and nowhere else.

    No kinds means all public ones. Raises `Invalid` for an address that we do not call, or that is there.
    """
    _check_may(actor, client)
    _check_kinds(kinds)
    url = _checked_url(url)
    if Endpoint.objects.living().filter(client=client, url=url).exists():
        raise Invalid("This address hears of events already.", fields={"url": "Use another address."})
    if contract is not None and contract.client_id != client.id:
        raise Invalid("This contract is not the client's.", fields={"contract": "Choose another one."})
    if interconnection is not None and interconnection.client_id != client.id:
        words = "Choose one of the client's interconnections."
        raise Invalid(words, fields={"interconnection": words})
    secret = new_hook_secret()
    endpoint = Endpoint.objects.create(
        client=client,
        contract=contract,
        api_key=api_key,
        interconnection=interconnection,
        url=url,
        label=label.strip()[:120],
        kinds=sorted(set(kinds)),
        secret=sealed(secret),
        created_at=at,
    )
    _record(events.EndpointAdded(client_id=client.id, subject_id=endpoint.id, url=url), at, actor)
    return endpoint, secret


@transaction.atomic
def change_endpoint(
    *, actor: Actor, at: datetime, endpoint: Endpoint, url: str, label: str, kinds: Sequence[str]
) -> Endpoint:
    """Give an endpoint another address, name or choice of kinds; its secret stays."""
    endpoint = _locked(endpoint)
    _check_may(actor, endpoint.client)
    _check_kinds(kinds)
    wanted = {"url": _checked_url(url), "label": label.strip()[:120], "kinds": sorted(set(kinds))}
    changed = [name for name, value in wanted.items() if getattr(endpoint, name) != value]
    if not changed:
        return endpoint
    for name in changed:
        setattr(endpoint, name, wanted[name])
    endpoint.save(update_fields=changed)
    changes = events.EndpointChanged(client_id=endpoint.client_id, subject_id=endpoint.id, what=changed)
    _record(changes, at, actor)
    return endpoint


@transaction.atomic
def rotate_secret(*, actor: Actor, at: datetime, endpoint: Endpoint) -> str:
    """Give an endpoint a new secret; for a day the old one signs too, so that no delivery is rejected."""
    endpoint = _locked(endpoint)
    _check_may(actor, endpoint.client)
    secret = new_hook_secret()
    endpoint.previous_secret, endpoint.previous_until = endpoint.secret, at + SECRET_OVERLAP
    endpoint.secret = sealed(secret)
    endpoint.save(update_fields=["secret", "previous_secret", "previous_until"])
    change = events.EndpointChanged(client_id=endpoint.client_id, subject_id=endpoint.id, what=["secret"])
    _record(change, at, actor)
    return secret


@transaction.atomic
def suspend_endpoint(*, actor: Actor, at: datetime, endpoint: Endpoint, reason: str) -> None:
    """Send nothing there until it is resumed; what was due waits with it. Repeating it changes nothing."""
    endpoint = _locked(endpoint)
    _check_may(actor, endpoint.client)
    if endpoint.suspended_at is not None:
        return
    endpoint.suspended_at, endpoint.suspended_reason = at, reason[:200]
    endpoint.save(update_fields=["suspended_at", "suspended_reason"])
    Delivery.objects.under_way().filter(endpoint=endpoint).update(state=State.SUSPENDED, due_at=None)
    event = events.EndpointSuspended(
        client_id=endpoint.client_id, subject_id=endpoint.id, url=endpoint.url, reason=reason[:200]
    )
    _record(event, at, actor)


@transaction.atomic
def resume_endpoint(*, actor: Actor, at: datetime, endpoint: Endpoint) -> None:
    """Send there again, what it missed first; repeating it changes nothing."""
    endpoint = _locked(endpoint)
    _check_may(actor, endpoint.client)
    if endpoint.suspended_at is None:
        return
    endpoint.suspended_at, endpoint.suspended_reason = None, ""
    endpoint.failures, endpoint.resting_until = 0, None
    endpoint.save(update_fields=["suspended_at", "suspended_reason", "failures", "resting_until"])
    Delivery.objects.filter(endpoint=endpoint, state=State.SUSPENDED).update(
        state=State.WAITING, due_at=at, attempts=0
    )
    event = events.EndpointResumed(client_id=endpoint.client_id, subject_id=endpoint.id, url=endpoint.url)
    _record(event, at, actor)


@transaction.atomic
def remove_endpoint(*, actor: Actor, at: datetime, endpoint: Endpoint) -> None:
    """Forget an address: nothing is made for it any more, what was under way ends as not sent."""
    endpoint = _locked(endpoint)
    _check_may(actor, endpoint.client)
    if endpoint.removed_at is not None:
        return
    endpoint.removed_at = at
    endpoint.save(update_fields=["removed_at"])
    ended = Delivery.objects.filter(
        endpoint=endpoint, state__in=(State.WAITING, State.SENDING, State.UNKNOWN, State.SUSPENDED)
    )
    ended.update(state=State.WITHDRAWN, due_at=None, settled_at=at, outcome="The endpoint was removed.")
    change = events.EndpointChanged(client_id=endpoint.client_id, subject_id=endpoint.id, what=["removed"])
    _record(change, at, actor)


def _locked(endpoint: Endpoint) -> Endpoint:
    return Endpoint.objects.select_for_update(of=("self",)).select_related("client").get(pk=endpoint.pk)


def _check_may(actor: Actor, client: Client) -> None:
    if not permissions.may_manage_endpoints(actor, client):
        raise NotAllowed("A point of contact or an administrator manages webhooks.")


def _check_kinds(kinds: Sequence[str]) -> None:
    unknown = sorted(set(kinds) - set(PUBLIC_FACTS))
    if unknown:
        raise Invalid("There is no such event.", fields={"kinds": f"Not known: {', '.join(unknown)}."})


def _checked_url(url: str) -> str:
    try:
        check_url(url.strip())
    except AddressRefusedError as fault:
        raise Invalid(str(fault), fields={"url": str(fault)}) from fault
    return url.strip()


def _record(event: Event, at: datetime, actor: Actor) -> None:
    record(event, at=at, actor=actor)
