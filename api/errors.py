"""The one place that turns refusals, REST framework's and the database's errors into problem documents.

A problem document is `application/problem+json` with `type`, `title`, `status`, `code`, `detail` and
`errors`, a list of `field` and `detail`. It never names the address asked for, so that foreign and missing
things give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DataError, IntegrityError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

from api.services import StillRunning
from events.domain.errors import Conflict, DomainError, NotHere

PROBLEM = "application/problem+json"
_CODES = {
    400: "bad_request",
    401: "not_authenticated",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "conflict",
    412: "precondition_failed",
    413: "too_large",
    415: "unsupported_media_type",
    429: "too_many_requests",
}


class Unfit(DomainError):  # noqa: N818 - a refusal, not a fault
    """The request itself is malformed: unknown or unreadable fields and parameters."""

    code = "bad_request"
    status = 400


class Outdated(DomainError):  # noqa: N818 - a refusal, not a fault
    """The caller changes a state that is not the present one any more (`If-Match`)."""

    code = "precondition_failed"
    status = 412


class TooLarge(DomainError):  # noqa: N818 - a refusal, not a fault
    """The request carries more than is taken in."""

    code = "too_large"
    status = 413


def problem(
    *, status: int, code: str, detail: str, errors: Sequence[Mapping[str, str]] = ()
) -> dict[str, Any]:
    """The body of a problem document."""
    return {
        "type": f"urn:caredesk:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "errors": list(errors),
    }


def answer_to(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """The problem document for an error, or None for a fault of ours, which `config.outage` answers."""
    if isinstance(error, exceptions.APIException) and not isinstance(error, exceptions.ValidationError):
        return _framework_error(error)
    refusal = _as_refusal(error)
    return _refusal(refusal) if refusal is not None else None


def _as_refusal(error: Exception) -> DomainError | None:
    """The refusal that an error of the framework or the database amounts to."""
    if isinstance(error, exceptions.ValidationError):
        return Unfit("Some fields cannot be read.", fields=dict(fields_of(error.detail)))
    for kind, refusal in (
        (DomainError, error),
        (Http404, NotHere()),
        (RequestDataTooBig, TooLarge("The request is larger than what is taken in.")),
        (IntegrityError, Conflict("Somebody else did the same at this moment; look at what stands now.")),
        (DataError, Unfit("A value cannot be stored.")),
    ):
        if isinstance(error, kind) and isinstance(refusal, DomainError):
            return refusal
    return None


def fields_of(detail: Any, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - REST framework's nest
    """Field paths (`participants.0`) with their words, from the nest that REST framework makes."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            is_whole = name == "non_field_errors"
            yield from fields_of(inner, path if is_whole else f"{path}.{name}" if path else str(name))
    elif isinstance(detail, list):
        for position, inner in enumerate(detail):
            is_nest = isinstance(inner, Mapping | list)
            yield from fields_of(inner, f"{path}.{position}" if is_nest and path else path)
    else:
        yield path, str(detail)


def _refusal(error: DomainError) -> Response:
    errors = [{"field": name, "detail": words} for name, words in error.fields.items()]
    response = _document(problem(status=error.status, code=error.code, detail=error.detail, errors=errors))
    if isinstance(error, StillRunning):
        response["Retry-After"] = "1"
    return response


def _framework_error(error: exceptions.APIException) -> Response:
    status = error.status_code
    response = _document(problem(status=status, code=_CODES.get(status, "refused"), detail=str(error.detail)))
    if challenge := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = challenge
    wait = getattr(error, "wait", None)
    if wait is not None:
        response["Retry-After"] = str(max(1, int(wait)))
    return response


def _document(body: dict[str, Any]) -> Response:
    return Response(body, status=body["status"], content_type=PROBLEM)
