"""The doors of monitoring systems: Nagios and Alertmanager. The key decides whose alerts they are (P8).

A message is kept with its raw bytes and answered; what it amounts to is settled by a sweep. Nothing that a
sender can write makes a door slow, and what cannot be read is refused with words and kept all the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from events.domain.errors import NotHere
from intake.answers import problem, taken_in
from intake.domain.alertmanager import read_group
from intake.domain.malformed import MalformedError
from intake.domain.nagios import FIELDS, read_notification
from intake.guessing import is_guessing
from proactive.domain.signals import Signal
from proactive.models import MonitoringKey
from proactive.queries.monitoring import monitoring_key_of
from proactive.services.receiving import receive_alerts, receive_unreadable

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
#: A group of Alertmanager may be long; one notification of Nagios is not.
MOST_BYTES: Final = {"nagios": 32 * 1024, "alertmanager": 2 * 1024 * 1024}
log = structlog.get_logger(__name__)


@csrf_exempt
def nagios(request: HttpRequest) -> HttpResponse:
    """Take in one notification, as the command in docs/operations.md sends it."""
    return _door(request, source="nagios", wanted=FORM, read=_read_form)


@csrf_exempt
def alertmanager(request: HttpRequest) -> HttpResponse:
    """Take in one group of alerts, as the webhook of Alertmanager sends it."""
    return _door(request, source="alertmanager", wanted=JSON, read=_read_json)


def _door(
    request: HttpRequest, *, source: str, wanted: str, read: Callable[[str], Sequence[Signal]]
) -> HttpResponse:
    at = timezone.now()
    if request.method != "POST":
        return problem(
            HTTPStatus.METHOD_NOT_ALLOWED,
            code="method_not_allowed",
            detail="Alerts are sent by POST.",
            headers={"Allow": "POST"},
        )
    key = _key(request)
    if key is None:
        return _unknown(request, at)
    if request.content_type != wanted:
        detail = f"The body is {wanted}."
        return problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, code="unsupported_media_type", detail=detail)
    body = request.read(MOST_BYTES[source] + 1)
    text = body.decode(errors="replace")
    if len(body) > MOST_BYTES[source]:
        detail = f"{MOST_BYTES[source]:,} bytes at most."
        receive_unreadable(at=at, key=key, source=source, body=text, fault=detail)
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, code="too_large", detail=detail)
    return _kept(key, at=at, source=source, text=text, read=read)


def _kept(
    key: MonitoringKey, *, at: datetime, source: str, text: str, read: Callable[[str], Sequence[Signal]]
) -> HttpResponse:
    try:
        signals = read(text)
    except MalformedError as fault:
        words = "; ".join([fault.detail, *(f"{name}: {said}" for name, said in fault.fields.items())])
        receive_unreadable(at=at, key=key, source=source, body=text, fault=words)
        return problem(HTTPStatus.BAD_REQUEST, code="bad_request", detail=fault.detail, fields=fault.fields)
    receipt = receive_alerts(at=at, key=key, source=source, body=text, signals=signals)
    return taken_in(receipt=receipt.pk, alerts=len(signals))


def _key(request: HttpRequest) -> MonitoringKey | None:
    scheme, _, secret = str(request.META.get("HTTP_AUTHORIZATION", "")).partition(" ")
    try:
        return monitoring_key_of(secret.strip() if scheme.lower() == "bearer" else "")
    except NotHere:
        return None


def _unknown(request: HttpRequest, at: datetime) -> HttpResponse:
    address = str(request.META.get("REMOTE_ADDR", ""))
    if is_guessing(address, at=at):
        log.warning("monitoring_keys_guessed", address=address)
        return problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            code="too_many_requests",
            detail="Too many wrong keys from this address; wait a minute.",
            headers={"Retry-After": "60"},
        )
    return problem(
        HTTPStatus.UNAUTHORIZED,
        code="not_authenticated",
        detail="This monitoring key does not open anything.",
        headers={"WWW-Authenticate": 'Bearer realm="Caredesk alerts"'},
    )


def _read_form(text: str) -> list[Signal]:
    try:
        pairs = parse_qsl(
            text, keep_blank_values=True, strict_parsing=bool(text), max_num_fields=2 * len(FIELDS)
        )
    except ValueError:
        raise MalformedError("The form cannot be read.") from None
    form = dict(pairs)
    if len(form) < len(pairs):
        raise MalformedError("A field stands there twice.")
    return [read_notification(form)]


def _read_json(text: str) -> list[Signal]:
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError):
        raise MalformedError("The body is no JSON.") from None
    return read_group(payload)
