"""What mails say that are about neither a ticket nor hours: invitations, endpoints, planned services."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.models import Invitation
from accounts.queries import token_of
from contracts.models import Contract, MaintenanceWindow
from contracts.queries import effective_plan
from events.models import Record
from notify.domain.moments import date_words, moment_words
from notify.links import absolute
from notify.models import Delivery
from notify.readers import NotToBeSentError, Reader


def people_contents(delivery: Delivery, *, reader: Reader, now: datetime) -> dict[str, Any]:
    """What belongs to the record's own kind; everything else stands in its facts."""
    if delivery.record.kind == "person.invited":
        return _invitation(delivery, reader=reader, now=now)
    if delivery.record.subject_type == "occurrence":
        return _occurrence(delivery.record)
    if delivery.record.subject_type == "booking":
        return _booking(delivery.record, reader=reader, now=now)
    if "window_id" in delivery.record.data:
        return _window(delivery.record, reader=reader, now=now)
    return {}


def _window(record: Record, *, reader: Reader, now: datetime) -> dict[str, Any]:
    """The maintenance in the reader's own zone."""
    window = MaintenanceWindow.objects.select_related("environment").get(id=record.data["window_id"])
    return {
        "system": window.environment.name,
        "summary": window.summary,
        "starts": moment_words(window.starts_at, zone=reader.zone, year=now.year),
        "ends": moment_words(window.ends_at, zone=reader.zone, year=now.year),
    }


def _booking(record: Record, *, reader: Reader, now: datetime) -> dict[str, Any]:
    """When the engineer is wanted, in the reader's own zone."""
    return {
        name: moment_words(datetime.fromisoformat(record.data[f"{name}_at"]), zone=reader.zone, year=now.year)
        for name in ("starts", "ends")
    }


def _occurrence(record: Record) -> dict[str, Any]:
    """The planned service by the plan's own name, and its day."""
    facts = record.data
    contract = Contract.objects.select_related("plan_version").get(id=facts["contract_id"])
    services = effective_plan(contract).proactive
    title = next((service.label for service in services if service.key == facts["service"]), facts["service"])
    on = date.fromisoformat(facts.get("planned_on") or facts["due_on"])
    return {"title": title, "contract": contract.name, "on": date_words(on)}


def _invitation(delivery: Delivery, *, reader: Reader, now: datetime) -> dict[str, Any]:
    invitation = Invitation.objects.select_related("client").get(id=delivery.record.subject_id)
    if invitation.expires_at <= now:
        raise NotToBeSentError("The invitation has run out.")
    token = token_of(invitation)
    if not token:
        raise NotToBeSentError("The invitation was made under a secret key that is gone.")
    return {
        "link": absolute(f"/accounts/invitation/{token}"),
        "until": moment_words(invitation.expires_at, zone=reader.zone, year=now.year),
    }
