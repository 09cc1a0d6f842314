"""OpenAPI 3.1 made from the operations: one document for clients, one for the provider's staff."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django_filters import rest_framework as filters
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from api.fields import Input, Output, Shape

if TYPE_CHECKING:
    from api.operations import Operation

PROBLEM = "application/problem+json"
KEY_PATTERN = "^[A-Za-z][A-Za-z0-9]{1,9}-[1-9][0-9]{0,8}$"
_PARTS: Mapping[str, dict[str, Any]] = {
    "key": {"type": "string", "pattern": KEY_PATTERN},
    "plan_key": {"type": "string", "pattern": "^[a-z0-9-]{1,60}$"},
    "month": {"type": "string", "pattern": "^2[0-9]{3}-(0[1-9]|1[0-2])$"},
}
_ROW: dict[str, Any] = {"type": "integer", "format": "int64", "minimum": 1, "maximum": 10**18 - 1}
_WORDS = {
    400: "Fields or parameters that cannot be read, or that are not known here.",
    401: "No key, or one that opens nothing.",
    403: "The thing is there, but this act belongs to somebody else.",
    404: "Nothing is here, or not for this caller: the same answer for both.",
    409: "The state of the thing does not allow this any more, or the first request is still at work.",
    412: "The thing is not as `If-Match` names it any more.",
    413: "The request is larger than what is taken in.",
    415: "The body is of another kind than what is taken in.",
    422: "The rules of the contract or the ticket forbid this; `errors` names the fields.",
    429: "Too many requests in this minute; `Retry-After` says how long to wait.",
}


class Fault(Output):
    """What is wrong with one field."""

    field = serializers.CharField()
    detail = serializers.CharField()


class Problem(Output):
    """Why a request was refused (RFC 9457); `code` is stable."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    errors_ = Fault(many=True)


class OperationSchema(AutoSchema):
    """The document of one operation, from what its decorator says."""

    view: Any

    @property
    def stated(self) -> Operation:
        """What the method says of itself."""
        told: Operation = getattr(self.view, self.method.lower()).operation
        return told

    def is_excluded(self) -> bool:
        """Whether the audience of this document has no part in it."""
        return self.view.audience not in self.stated.audiences

    def get_operation_id(self) -> str:
        """`post_tickets_messages`: method and address, without its variables."""
        bare = re.sub(r"\{[^}]*\}", "one", self.path.removeprefix("/api/v1/"))
        return f"{self.method.lower()}_{re.sub(r'[^a-z0-9]+', '_', bare).strip('_')}"

    def get_tags(self) -> list[str]:
        """The area, by which scopes are named too."""
        return [self.stated.area]

    def get_summary(self) -> str:
        """One line of words."""
        return self.stated.summary

    def get_description(self) -> str:  # type: ignore[override] # as in the library
        """What the method's docstring says."""
        return " ".join((getattr(self.view, self.method.lower()).__doc__ or "").split())

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Always a key."""
        return [{"key": []}]

    def get_override_parameters(self) -> list[Any]:
        """Parts of the address, parameters and headers."""
        told: list[Any] = [
            OpenApiParameter(name, type=_PARTS.get(name, _ROW), location="path", required=True)
            for name in re.findall(r"\{(\w+)\}", self.path)
        ]
        if self.stated.params:
            told.append(self.stated.params)
        if self.stated.filters:
            told += _filter_parameters(self.stated.filters)
        if self.stated.is_paged:
            told += [_CURSOR, _LIMIT]
        if self.method == "POST" and not self.stated.is_dry:
            told.append(_IDEMPOTENCY)
        if self.method == "PATCH":
            told.append(_IF_MATCH)
        return told

    def get_filter_backends(self) -> list[Any]:
        """None: the filters are parameters already."""
        return []

    def get_request_serializer(self) -> Any:  # noqa: ANN401 - the library's own
        """The fields that this audience may send."""
        shape = self.stated.shape(self.stated.given, self.view.audience)
        if shape is None:
            return None
        return {"multipart/form-data" if self.stated.is_upload else "application/json": shape}

    def get_response_serializers(self) -> Any:  # noqa: ANN401 - the library's own
        """The answer, and the problems that can come instead of it."""
        told: dict[Any, Any] = {}
        shape = self.stated.shape(self.stated.told, self.view.audience)
        for media in self.stated.media:
            told[(self.stated.status, media)] = self._answer(shape, media)
        for status in self._problem_statuses():
            told[(status, PROBLEM)] = OpenApiResponse(Problem, description=_WORDS[status])
        return told

    def _answer(self, shape: type[Shape] | None, media: str) -> OpenApiResponse:
        if media != "application/json":
            return OpenApiResponse({"type": "string", "format": "binary"}, description="The file.")
        if shape is None:
            return OpenApiResponse(description="Done; there is nothing to tell.")
        return OpenApiResponse(page_of(shape) if self.stated.is_list else shape, description="As it stands.")

    def _problem_statuses(self) -> list[int]:
        statuses = {400, 401, 403, 429}
        if "{" in self.path or self.method != "GET":
            statuses.add(404)
        if self.method != "GET":
            statuses |= {409, 413, 415, 422}
        if self.method == "PATCH":
            statuses.add(412)
        if self.stated.params or self.stated.filters:
            statuses.add(422)
        return sorted(statuses)

    def _map_serializer(self, serializer: Any, direction: str, bypass_extensions: bool = False) -> Any:  # noqa: ANN401
        told = super()._map_serializer(serializer, direction, bypass_extensions)  # type: ignore[no-untyped-call]
        if isinstance(serializer, Input | Output):
            told["additionalProperties"] = False
        return told


class ForClients(SchemaGenerator):
    """The document for clients: nothing in it names what only staff can do or see."""

    audience = "client"

    def create_view(self, callback: Any, method: str, request: Any = None) -> Any:  # noqa: ANN401
        """A view that speaks to this document's audience."""
        view = super().create_view(callback, method, request)  # type: ignore[no-untyped-call]
        view.audience = self.audience
        return view


class ForStaff(ForClients):
    """The document for the provider's staff."""

    audience = "staff"


SETTINGS: dict[str, Any] = {
    "TITLE": "Caredesk API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "DESCRIPTION": "Everything that a client's systems can do at the desk. See `docs/integrating.md`.",
    "COMPONENT_SPLIT_REQUEST": False,
    "POSTPROCESSING_HOOKS": [],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "APPEND_COMPONENTS": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
}

_CURSOR = OpenApiParameter("cursor", str, description="From `next` of the page before; opaque.")
_LIMIT = OpenApiParameter(
    "limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 25}, description="Rows a page."
)
_IDEMPOTENCY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": "^[!-~]{1,128}$"},
    location="header",
    description="The same key with the same body gives the first answer again, for a day.",
)
_IF_MATCH = OpenApiParameter(
    "If-Match", str, location="header", description="The ETag that the change starts from."
)
_PAGES: dict[type[Shape], type[Shape]] = {}


def page_of(shape: type[Shape]) -> type[Shape]:
    """The page of a list: its results, and the address of the next page or null."""
    if shape not in _PAGES:
        made = type(
            f"{shape.__name__}Page",
            (Output,),
            {
                "__doc__": "A page of a list, and the address of the next one.",
                "results": shape(many=True),
                "next": serializers.URLField(allow_null=True),
            },
        )
        _PAGES[shape] = made
    return _PAGES[shape]


def _filter_parameters(filterset: type[filters.FilterSet]) -> list[OpenApiParameter]:
    return [
        OpenApiParameter(name, _filter_type(one), description=str(one.label or ""))
        for name, one in filterset.base_filters.items()
    ]


def _filter_type(one: filters.Filter) -> dict[str, Any]:
    if isinstance(one, filters.ChoiceFilter):
        return {"type": "string", "enum": [code for code, _ in one.extra["choices"]]}
    if isinstance(one, filters.IsoDateTimeFilter):
        return {"type": "string", "format": "date-time"}
    if isinstance(one, filters.NumberFilter):
        return _ROW
    return {"type": "string", "minLength": 1, "maxLength": one.extra.get("max_length", 200)}
