"""Reading people and tenants: who acts, whom the actor may see, and the one authorised look-up of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.domain.secrets import digest_of, invitation_digest, invitation_token, is_token, split_secret
from accounts.models import (
    ApiKey,
    Assignment,
    CalendarFeed,
    Client,
    Duty,
    Invitation,
    Membership,
    Person,
    Team,
)
from events.domain.actor import Actor
from events.domain.errors import NotHere


def actor_for(person: Person) -> Actor:
    """The person as an actor, with roles and duties read now (one statement); none for a closed account."""
    if not person.is_active:
        return Actor(kind="person", name=person.name, person_id=person.id, zone=person.zone)
    if person.works_here:
        served = Assignment.objects.filter(person=person).values_list("client_id", flat=True)
        return _person_actor(person, client_ids=frozenset(served))
    rows = Membership.objects.filter(
        person=person, ended_at__isnull=True, client__ended_at__isnull=True
    ).values_list("client_id", "role")
    return _person_actor(person, roles=dict(rows))


def actor_by_key(secret: str, *, at: datetime) -> tuple[Actor, ApiKey]:
    """Who acts with that API key; raises `NotHere` for anything that is not a living key.

    A client's key acts as an integration with a point of contact's rights at that client alone; a staff key
    acts as its person, with the rights the person has now.
    """
    prefix = split_secret(secret)
    key = _key_of(prefix) if prefix else None
    if key is None or not compare_digest(key.digest, digest_of(secret)) or not _is_living(key, at):
        raise NotHere("This API key does not open anything.")
    if key.person is not None:
        own = actor_for(key.person)
        return replace(own, api_key_id=key.id, scopes=frozenset(key.scopes)), key
    roles = {key.client_id: "poc"} if key.client_id else {}
    actor = Actor(
        kind="integration",
        name=key.name,
        api_key_id=key.id,
        roles=roles,
        contract_id=key.contract_id,
        interconnection_id=key.interconnection_id,
        scopes=frozenset(key.scopes),
        zone=key.client.zone if key.client else "UTC",
    )
    return actor, key


def clients_visible_to(actor: Actor) -> QuerySet[Client]:
    """The clients that the actor may see anything of, by name."""
    if actor.sees_every_client:
        return Client.objects.all()
    return Client.objects.filter(Q(id__in=actor.client_ids) | Q(id__in=list(actor.roles)))


def client_for(actor: Actor, *, slug: str) -> Client:
    """The client of that address, if the actor may see it; else `NotHere`, foreign and missing alike."""
    if not (slug.isascii() and slug.isalnum()):
        raise NotHere
    client = clients_visible_to(actor).filter(key=slug.upper()).first()
    if client is None:
        raise NotHere
    return client


def people_visible_to(actor: Actor) -> QuerySet[Person]:
    """The people whose names the actor may read: for staff everyone, for contacts those of their clients.

    Staff who serve a client are known to its contacts through the tickets, not through this list.
    """
    if actor.is_staff or actor.is_system:
        return Person.objects.all()
    ours = Membership.objects.filter(client_id__in=list(actor.roles), ended_at__isnull=True)
    return Person.objects.filter(id__in=ours.values("person_id"))


def contacts_of(client: Client) -> QuerySet[Membership]:
    """The client's present contacts with their people, by name."""
    return (
        Membership.objects.filter(client=client, ended_at__isnull=True, person__is_active=True)
        .select_related("person")
        .order_by("person__name")
    )


def points_of_contact(client_id: int) -> QuerySet[Person]:
    """The people who may decide for the client."""
    return Person.objects.filter(
        is_active=True,
        memberships__client_id=client_id,
        memberships__role="poc",
        memberships__ended_at__isnull=True,
    )


def staff() -> QuerySet[Person]:
    """Everybody who works for the provider now, by name."""
    return Person.objects.filter(is_active=True).exclude(staff_role="")


def staff_with_duty(client_id: int, duty: Duty) -> QuerySet[Person]:
    """The members of staff who have that duty at the client."""
    return staff().filter(assignments__client_id=client_id, assignments__duty=duty)


def teams() -> QuerySet[Team]:
    """All teams, by name."""
    return Team.objects.all()


def actor_by_id(person_id: int) -> Actor | None:
    """The person as an actor, or None when the account is gone or disabled."""
    person = Person.objects.filter(id=person_id, is_active=True).first()
    return actor_for(person) if person else None


def keys_of(client: Client) -> QuerySet[ApiKey]:
    """The client's keys that were not revoked, newest first."""
    return ApiKey.objects.filter(client=client, revoked_at__isnull=True).order_by("-id")


def open_invitations(client: Client | None, *, at: datetime) -> QuerySet[Invitation]:
    """Who was called to that client (None: to the staff) and can still come, newest first."""
    waiting = Invitation.objects.filter(client=client, accepted_at__isnull=True, withdrawn_at__isnull=True)
    return waiting.filter(expires_at__gt=at).select_related("invited_by").order_by("-id")


def invitation_by_token(token: str, *, at: datetime) -> Invitation | None:
    """The invitation that this token opens at that moment; None for every other text, whatever is wrong."""
    if not is_token(token):
        return None
    found = (
        Invitation.objects.select_related("client", "invited_by")
        .filter(
            digest=digest_of(token), accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at
        )
        .first()
    )
    is_gone = found is not None and found.client is not None and found.client.ended_at is not None
    return None if is_gone else found


def token_of(invitation: Invitation) -> str:
    """The token for the invitation's mail; empty when no secret key of this installation made it."""
    for key in invitation_keys():
        if compare_digest(invitation_digest(key=key, nonce=invitation.nonce), invitation.digest):
            return invitation_token(key=key, nonce=invitation.nonce)
    return ""


def calendar_feed_of(person: Person, *, client: Client | None) -> CalendarFeed | None:
    """The person's living calendar address at that client, or at the desk; nobody can say what it reads."""
    return CalendarFeed.objects.filter(person=person, client=client, ended_at__isnull=True).first()


def calendar_feed_by_token(token: str) -> CalendarFeed | None:
    """The calendar that this token opens now; None for every other text or a reader without rights."""
    if not is_token(token):
        return None
    living = CalendarFeed.objects.filter(
        digest=digest_of(token), ended_at__isnull=True, person__is_active=True
    )
    feed = living.select_related("person", "client").first()
    if feed is None:
        return None
    actor = actor_for(feed.person)
    may_read = actor.is_staff if feed.client_id is None else bool(actor.role_at(feed.client_id))
    return feed if may_read else None


def invitation_keys() -> list[bytes]:
    """The keys that invitations are made with, the present one first; for this purpose and no other."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [sha256(f"accounts.invitation:{secret}".encode()).digest() for secret in secrets]


def _person_actor(
    person: Person, *, roles: dict[int, str] | None = None, client_ids: frozenset[int] = frozenset()
) -> Actor:
    return Actor(
        kind="person",
        name=person.name,
        person_id=person.id,
        staff_role=person.staff_role,
        roles=roles or {},
        client_ids=client_ids,
        email=person.email,
        zone=person.zone,
    )


def _key_of(prefix: str) -> ApiKey | None:
    """The key, unless it belongs to an interconnection that is not agreed to by both sides, or over."""
    is_agreed = Q(interconnection__isnull=True) | Q(
        interconnection__in_force_at__isnull=False, interconnection__ended_at__isnull=True
    )
    return ApiKey.objects.select_related("client", "person").filter(is_agreed, prefix=prefix).first()


def _is_living(key: ApiKey, at: datetime) -> bool:
    if key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= at):
        return False
    if key.person is not None:
        return key.person.is_active
    return key.client is not None and key.client.ended_at is None
