"""Webhooks after Standard Webhooks: signed, sent to a checked address, judged by the status alone (F12)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from standardwebhooks import Webhook

from notify.channels.answer import Answer, done, later
from notify.models import Outcome
from notify.outbound import AddressRefusedError, Reply, UnreachableError, fetch

_GONE = 410
_ASKS_TO_WAIT = (429, 503)


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One webhook as it is ready to go: made in the database's time, carried without touching it."""

    url: str
    hook_id: str
    at: datetime
    body: str
    secrets: Sequence[str]

    def headers(self) -> dict[str, str]:
        """The three headers of the standard; during a rotation the old secret signs as well."""
        signatures = [Webhook(secret).sign(self.hook_id, self.at, self.body) for secret in self.secrets]
        return {
            "Content-Type": "application/json",
            "User-Agent": "Caredesk-Webhooks/1",
            "webhook-id": self.hook_id,
            "webhook-timestamp": str(int(self.at.timestamp())),
            "webhook-signature": " ".join(signatures),
        }


def written(payload: Mapping[str, Any]) -> str:
    """The payload as the exact text that is signed."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def send(parcel: Parcel) -> Answer:
    """Carry one parcel; every way in which that can end is an answer, none an exception."""
    try:
        reply = fetch(parcel.url, method="POST", headers=parcel.headers(), body=parcel.body.encode())
    except AddressRefusedError as fault:
        return later(str(fault))
    except UnreachableError as fault:
        return later(str(fault))
    return _judged(reply, at=parcel.at)


def _judged(reply: Reply, *, at: datetime) -> Answer:
    if 200 <= reply.status < 300:
        return done(f"Status {reply.status}.")
    detail = f"Status {reply.status}."
    if 300 <= reply.status < 400:
        detail = f"Status {reply.status}: redirects are not followed."
    asked = _asked_wait(reply.headers.get("retry-after", ""), at) if reply.status in _ASKS_TO_WAIT else None
    return Answer(outcome=Outcome.LATER, detail=detail, asked_wait=asked, is_gone=reply.status == _GONE)


def _asked_wait(text: str, at: datetime) -> timedelta | None:
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**7))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(moment - at, timedelta())
