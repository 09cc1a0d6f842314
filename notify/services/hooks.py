"""One webhook: made from the record in the main thread, carried by another one that sees no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from time import monotonic

import structlog

from notify.channels import webhook
from notify.channels.answer import Answer, later, withdrawn
from notify.models import Delivery
from notify.payloads import payload_of
from notify.readers import NotToBeSentError
from notify.seal import opened

log = structlog.get_logger(__name__)


def parcel_for(delivery: Delivery, *, now: datetime) -> webhook.Parcel | Answer:
    """The webhook ready to go, or the answer that it is not to be sent."""
    endpoint = delivery.endpoint
    if endpoint is None:
        return withdrawn("The endpoint is gone.")
    try:
        payload = payload_of(delivery.record, endpoint)
        secrets = [opened(endpoint.secret)]
        if endpoint.previous_secret and endpoint.previous_until and now < endpoint.previous_until:
            secrets.append(opened(endpoint.previous_secret))
    except NotToBeSentError as reason:
        return withdrawn(str(reason))
    except Exception:  # a fault of ours must not stop the deliveries of others
        log.exception("webhook_not_written", delivery=delivery.pk)
        return replace(later("It could not be written."), is_ours=True)
    return webhook.Parcel(
        url=endpoint.url,
        hook_id=delivery.message_id.strip("<>").partition("@")[0],
        at=now,
        body=webhook.written(payload),
        secrets=secrets,
    )


def carried(parcel: webhook.Parcel) -> Answer:
    """Carry the parcel, and note how long it took."""
    started = monotonic()
    try:
        answer = webhook.send(parcel)
    except Exception:  # a fault of ours must end as an answer, or the claim would hang
        log.exception("webhook_not_carried", hook=parcel.hook_id)
        answer = replace(later("It could not be sent."), is_ours=True)
    return replace(answer, duration_ms=int((monotonic() - started) * 1000))
