"""Who calls: the bearer of a living API key, with the rights of this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from accounts.models import ApiKey
from accounts.queries import actor_by_key
from api.rates import refuse_guessing
from events.domain.actor import Actor
from events.domain.errors import NotHere


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The actor behind a key, the key, and the moment at which the request came in (UTC)."""

    actor: Actor
    key: ApiKey
    at: datetime
    is_authenticated: bool = True

    @property
    def pk(self) -> int | None:
        """The person behind a staff key, for the log."""
        return self.actor.person_id


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer <key>`; nothing else opens anything."""

    def authenticate(self, request: Request) -> tuple[Caller, ApiKey] | None:
        """The caller of that key; the same refusal for every text that is not a living key."""
        header = str(request.META.get("HTTP_AUTHORIZATION", ""))
        if not header:
            return None
        at = datetime.now(tz=UTC)
        scheme, _, secret = header.partition(" ")
        try:
            actor, key = actor_by_key(secret.strip() if scheme.lower() == "bearer" else "", at=at)
        except NotHere:
            refuse_guessing(request, at=at)
            raise exceptions.AuthenticationFailed("This API key does not open anything.") from None
        return Caller(actor=actor, key=key, at=at), key

    def authenticate_header(self, request: Request) -> str:
        """What to ask the caller for."""
        return 'Bearer realm="Caredesk API"'
