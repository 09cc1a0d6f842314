"""Is it alive, is it ready, and how old is the oldest thing that is due: for load balancers and alarms.

Alarms hang on ages, not on queue lengths. Details are for this machine and for bearers of METRICS_TOKEN.
"""

import hmac
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from redis import Redis, RedisError

from escalation import queries as escalation_queries
from events import queries as event_queries
from intake import queries as intake_queries
from notify import queries as notify_queries
from notify.bell import UNHEARD
from proactive.queries import monitoring as alert_queries
from slo import queries as slo_queries

log = structlog.get_logger(__name__)
DueReader = Callable[[], datetime | None]

# What can be overdue, and who knows since when.
DUE: Final[dict[str, DueReader]] = {
    "record": event_queries.oldest_undispatched_at,
    "delivery": notify_queries.oldest_due_at,
    "clock": slo_queries.oldest_due_at,
    "escalation": escalation_queries.oldest_due_at,
    "mail": intake_queries.oldest_unread_at,
    "alert": alert_queries.oldest_unsettled_at,
    "handoff": escalation_queries.oldest_look_at,
    "follow_up": escalation_queries.oldest_follow_up_at,
}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that the process lives; asks nothing of anybody."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when requests can be served, else 503.

    A broker that is away stops no page (the sweeps find the rows later), so it degrades and no more.
    """
    is_up = is_database_up()
    broker = broker_state()
    status = "ok" if is_up and broker != "away" else "degraded" if is_up else "unavailable"
    report: dict[str, object] = {"status": status}
    if may_see_details(request):
        ages = ages_seconds(DUE, at=event_queries.database_now()) if is_up else {}
        report |= {"database": "ok" if is_up else "away", "broker": broker, "oldest_due_seconds": ages}
    return JsonResponse(report, status=200 if is_up else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the same ages to Prometheus, read from the tables at each scrape; 404 for everybody else."""
    if not may_see_details(request):
        return HttpResponse(status=404)
    registry = CollectorRegistry()
    registry.register(UNHEARD)
    is_up = is_database_up()
    Gauge("caredesk_database_up", "1 while the database answers.", registry=registry).set(is_up)
    Gauge("caredesk_broker_up", "0 while the broker is away.", registry=registry).set(
        broker_state() != "away"
    )
    age = Gauge("caredesk_oldest_due_seconds", "Age of the oldest due row.", ["kind"], registry=registry)
    for kind, seconds in (ages_seconds(DUE, at=event_queries.database_now()) if is_up else {}).items():
        age.labels(kind=kind).set(seconds)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def may_see_details(request: HttpRequest) -> bool:
    """Say whether the caller bears the token or, where none is set, calls from this very machine."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
    is_forwarded = "X-Forwarded-For" in request.headers
    return not is_forwarded and request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"}


def is_database_up() -> bool:
    """Say whether the database answers a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        log.warning("database_away")
        return False
    return True


def broker_state() -> str:
    """Give "embedded" (there is none), "ok" or "away"; waits half a second at most."""
    if not settings.REDIS_URL:
        return "embedded"
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5) as broker:
            broker.ping()
    except RedisError:
        return "away"
    return "ok"


def ages_seconds(readers: Mapping[str, DueReader], *, at: datetime) -> dict[str, int]:
    """Give, for each kind of due thing, how many seconds its oldest has been waiting; 0 when none is due."""
    ages = {}
    for kind, oldest_due_at in readers.items():
        due_at = oldest_due_at()
        ages[kind] = max(0, int((at - due_at).total_seconds())) if due_at else 0
    return ages
