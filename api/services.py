"""Answering a repeated request once, and forgetting old answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from api.models import StoredAnswer
from events.domain.errors import Conflict, DomainError

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a request was answered: status, body as JSON primitives, and the headers that belong to it."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


class StillRunning(Conflict):
    """The first request with this key is still at work."""

    code = "still_running"


@transaction.atomic
def answer_once(*, at: datetime, api_key_id: int, key: str, digest: str, act: Callable[[], Answer]) -> Answer:
    """Let the act run, or give the answer of its first run; effect and answer are stored together (F20).

    Raises `StillRunning` while the first request is at work, and a `DomainError` of code
    `idempotency_key_reused` when the key came with another body before. What was refused is not stored: it
    left nothing, so it may be tried again under the same key. On SQLite, which has one writer at a time,
    the second request waits instead.
    """
    if not _claimed(api_key_id, key):
        raise StillRunning("The first request with this Idempotency-Key is still at work; try again shortly.")
    first = StoredAnswer.objects.filter(api_key_id=api_key_id, key=key).first()
    if first is not None:
        if first.digest != digest:
            raise DomainError(
                "This Idempotency-Key came with another request before; use a new one.",
                code="idempotency_key_reused",
            )
        return Answer(
            status=first.status, body=json.loads(first.body) if first.body else None, headers=first.headers
        )
    answer = act()
    StoredAnswer.objects.create(
        api_key_id=api_key_id,
        key=key,
        digest=digest,
        status=answer.status,
        body=None if answer.body is None else json.dumps(answer.body, ensure_ascii=False),
        headers=answer.headers,
        stored_at=at,
    )
    return answer


def forget_answers(*, at: datetime, limit: int = 5000) -> int:
    """Forget answers older than a day, at most so many; returns how many. Repeating it is safe."""
    old = StoredAnswer.objects.filter(stored_at__lt=at - KEPT).order_by("stored_at")
    deleted, _ = StoredAnswer.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:limit])).delete()
    return deleted


def _claimed(api_key_id: int, key: str) -> bool:
    """Take the key until the transaction ends, if nobody holds it; SQLite has one writer anyway."""
    if connection.vendor != "postgresql":
        return True
    number = int.from_bytes(sha256(f"api:{api_key_id}:{key}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        (is_free,) = cursor.fetchone()
    return bool(is_free)
