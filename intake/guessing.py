"""Counting wrong keys by the address that they come from, by atomic steps in the cache."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.core.cache import cache

WRONG_KEYS_A_MINUTE = 30
log = structlog.get_logger(__name__)


def is_guessing(address: str, *, at: datetime) -> bool:
    """Count one wrong key; whether that address has sent too many in this minute.

    While the cache is away nobody is turned away: keys are too long to be guessed, this only saves work.
    """
    place = f"intake:wrong:{address}:{int(at.timestamp()) // 60}"
    try:
        count = 1 if cache.add(place, 1, timeout=120) else int(cache.incr(place))
    except Exception as fault:  # noqa: BLE001 - each cache has errors of its own, and none may stop an answer
        log.warning("guesses_not_counted", fault=type(fault).__name__)
        return False
    return count > WRONG_KEYS_A_MINUTE
