"""How often a key may call: so many requests a minute, counted in the cache by atomic steps.

Windows are fixed minutes. While the cache is away nobody is turned away: the desk goes on without it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import structlog
from django.conf import settings
from django.core.cache import cache
from rest_framework import exceptions
from rest_framework.request import Request

WINDOW_SECONDS = 60
WRONG_KEYS_A_MINUTE = 30
log = structlog.get_logger(__name__)
_Told = TypeVar("_Told")


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What is left of a key's minute; `reset_seconds` until the next one begins."""

    limit: int
    remaining: int
    reset_seconds: int

    def headers(self) -> dict[str, str]:
        """The standard headers: the policy, and what stands now."""
        return {
            "RateLimit-Policy": f'"minute";q={self.limit};w={WINDOW_SECONDS}',
            "RateLimit": f'"minute";r={self.remaining};t={self.reset_seconds}',
        }


def spend(name: str, *, at: datetime, limit: int) -> tuple[Allowance, bool]:
    """Count one request under that name; says what is left, and whether this one was within the limit."""
    window, passed = divmod(int(at.timestamp()), WINDOW_SECONDS)
    place = f"api:rate:{name}:{window}"

    def count() -> int:
        if cache.add(place, 1, timeout=2 * WINDOW_SECONDS):
            return 1
        return int(cache.incr(place))

    used = _unless_away(count, 1)
    allowance = Allowance(limit=limit, remaining=max(0, limit - used), reset_seconds=WINDOW_SECONDS - passed)
    return allowance, used <= limit


def limit_for_keys() -> int:
    """How many requests a key may make in a minute, by the installation's setting."""
    return int(settings.API_REQUESTS_A_MINUTE)


def refuse_guessing(request: Request, *, at: datetime) -> None:
    """Count a wrong key against the address that it came from; raises `Throttled` when they are too many."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    allowance, is_within = spend(f"wrong:{address}", at=at, limit=WRONG_KEYS_A_MINUTE)
    if not is_within:
        log.warning("api_keys_guessed", address=address)
        raise exceptions.Throttled(wait=allowance.reset_seconds)


def _unless_away(ask: Callable[[], _Told], instead: _Told) -> _Told:
    try:
        return ask()
    except Exception as fault:  # noqa: BLE001 - each cache has errors of its own, and none may stop a call
        log.warning("rate_limit_without_cache", fault=type(fault).__name__)
        return instead
