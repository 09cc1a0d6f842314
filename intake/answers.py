"""What machines are told at the doors: JSON when their message is taken in, a problem document when not."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from django.http import JsonResponse

PROBLEM = "application/problem+json"


def taken_in(**facts: object) -> JsonResponse:
    """That the message is kept, and will be looked at (202)."""
    return JsonResponse(facts, status=HTTPStatus.ACCEPTED)


def problem(
    status: HTTPStatus,
    *,
    code: str,
    detail: str,
    fields: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JsonResponse:
    """Why the message was not taken in, in the same form as the API's refusals."""
    body = {
        "type": f"urn:caredesk:problem:{code}",
        "title": status.phrase,
        "status": status.value,
        "code": code,
        "detail": detail,
        "errors": [{"field": name, "detail": words} for name, words in (fields or {}).items()],
    }
    return JsonResponse(body, status=status, content_type=PROBLEM, headers=dict(headers or {}))
