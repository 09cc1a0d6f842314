"""What a caller hears when something breaks: 503 while the database is away (fault F6), else 500."""

import sys

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string

RETRY_AFTER_SECONDS = 5
MACHINE_PATHS = ("/api/", "/intake/", "/readyz", "/metrics")
log = structlog.get_logger(__name__)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for a fault that no page caught, wherever between middleware and view it arose."""
    fault = sys.exc_info()[1]
    if isinstance(fault, OperationalError | InterfaceError):
        log.error("database_away", path=request.path, fault=type(fault).__name__)
        reply = plain_reply(request, status=503, code="unavailable", title="Service unavailable")
        reply["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return reply
    return plain_reply(request, status=500, code="internal_error", title="Internal error")


def plain_reply(request: HttpRequest, *, status: int, code: str, title: str) -> HttpResponse:
    """Give the answer in the form its reader expects: a problem document for machines, a page for people."""
    detail = "Nothing was changed by this request, or all of it was; try again in a few seconds."
    if request.path.startswith(MACHINE_PATHS):
        problem = {"type": "about:blank", "title": title, "status": status, "code": code}
        return JsonResponse(
            {**problem, "detail": detail, "errors": []},
            status=status,
            content_type="application/problem+json",
        )
    try:
        page = str(render_to_string(f"errors/{status}.html"))
    except TemplateDoesNotExist:
        page = f"{title}. {detail}"
    return HttpResponse(page, status=status)
