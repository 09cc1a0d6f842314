"""What every resource of the API shares: one decorator that says what a method takes and tells, and its view.

A method says its fields, its audiences and its words once; checks and OpenAPI documents are made from that.
The order is always: who calls, how often, with which scope, is the thing there for them, may they, and
only then whether the input is right.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http.response import HttpResponseBase
from rest_framework import exceptions
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder
from rest_framework.views import APIView

from accounts.services import note_key_used
from api.authentication import Caller, KeyAuthentication
from api.digests import digest_of_request, etag_of, is_named
from api.errors import Outdated, Unfit, answer_to
from api.fields import Input, Shape
from api.rates import Allowance, limit_for_keys, spend
from api.schema import OperationSchema
from api.services import Answer, answer_once
from events.domain.actor import Actor
from events.domain.errors import NotAllowed, NotHere

CLIENT, STAFF = "client", "staff"
SAFE = ("GET", "HEAD")
KEPT_HEADERS = ("Location", "ETag")

#: A serializer, or one for each audience.
Shapes = type[Shape] | Mapping[str, type[Shape]]
_Handler = TypeVar("_Handler", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What one method of a resource is: its words for the document, and its input and output."""

    summary: str
    area: str
    told: Shapes | None = None
    given: Shapes | None = None
    params: type[Input] | None = None
    filters: Any = None
    is_list: bool = False
    is_paged: bool = False
    is_upload: bool = False
    is_dry: bool = False
    status: int = 200
    audiences: tuple[str, ...] = (CLIENT, STAFF)
    media: tuple[str, ...] = field(default=("application/json",))

    def shape(self, shapes: Shapes | None, audience: str) -> type[Shape] | None:
        """The serializer for that audience."""
        return shapes.get(audience) if isinstance(shapes, Mapping) else shapes

    def known_parameters(self) -> set[str]:
        """The names that may stand in the query."""
        known = set(self.params().fields) if self.params else set()
        known |= set(self.filters.base_filters) if self.filters else set()
        return known | ({"cursor", "limit"} if self.is_paged else set())


def operation(**said: Any) -> Callable[[_Handler], _Handler]:  # noqa: ANN401 - the fields of `Operation`
    """Make a method of a resource an operation: scope, audience, parameters and repetition are seen to."""
    stated = Operation(**said)

    def mark(handler: _Handler) -> _Handler:
        @wraps(handler)
        def run(self: Resource, request: Request, **kwargs: object) -> HttpResponseBase:
            self.operation = stated
            self.check_operation(request)
            return self.carry_out(request, lambda: handler(self, request, **kwargs))

        run.operation = stated  # type: ignore[attr-defined]
        return run  # type: ignore[return-value]

    return mark


class JsonAlways(DefaultContentNegotiation):
    """JSON whatever `Accept` says; the few files among the answers say themselves what they are."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:  # noqa: ANN401
        """The one renderer there is."""
        return renderers[0], renderers[0].media_type


class Resource(APIView):
    """A resource of the API: JSON only, bearers only, problem documents for everything that goes wrong."""

    authentication_classes = (KeyAuthentication,)
    permission_classes = (IsAuthenticated,)
    content_negotiation_class = JsonAlways
    http_method_names = ["get", "head", "post", "patch", "delete"]
    schema = OperationSchema()
    audience: str = ""
    actor: Actor
    at: datetime
    operation: Operation
    allowance: Allowance | None = None

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Settle who calls, when, and for which audience the answer is."""
        self._check_size(request)
        super().initial(request, *args, **kwargs)
        caller: Caller = request.user  # type: ignore[assignment]
        self.actor, self.at = caller.actor, caller.at
        self.audience = STAFF if self.actor.is_staff else CLIENT
        if request.method in SAFE:
            note_key_used(key=caller.key, at=self.at)

    def check_throttles(self, request: Request) -> None:
        """Count the request against its key; raises `Throttled` with the time to wait."""
        caller: Caller = request.user  # type: ignore[assignment]
        self.allowance, is_within = spend(f"key:{caller.key.pk}", at=caller.at, limit=limit_for_keys())
        if not is_within:
            raise exceptions.Throttled(wait=self.allowance.reset_seconds)

    def check_operation(self, request: Request) -> None:
        """Refuse what the key's scopes or the audience leave out, and parameters that nobody knows."""
        stated, scopes = self.operation, self.actor.scopes
        right = "read" if request.method in SAFE or stated.is_dry else "write"
        enough = {right, "write", f"{stated.area}:{right}", f"{stated.area}:write"}
        if scopes and not scopes & enough:
            raise NotAllowed(f"This key lacks the scope {stated.area}:{right}.", code="missing_scope")
        if self.audience not in stated.audiences:
            raise NotAllowed(
                "The provider's staff do this."
                if STAFF in stated.audiences
                else "The client's own people do this."
            )
        known = stated.known_parameters()
        faults = {name: "This parameter is not known here." for name in request.GET if name not in known}
        faults |= {name: "Give a value, or leave it out." for name, value in request.GET.items() if not value}
        faults |= {name: "Give this parameter once." for name in known if len(request.GET.getlist(name)) > 1}
        if faults:
            raise Unfit("Some parameters cannot be read.", fields=faults)

    def carry_out(self, request: Request, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
        """Run the method: a writing one in one transaction, and once for its Idempotency-Key."""
        if request.method in SAFE or self.operation.is_dry:
            return act()
        caller: Caller = request.user  # type: ignore[assignment]
        with transaction.atomic():
            note_key_used(key=caller.key, at=self.at)
            key = request.headers.get("Idempotency-Key")
            if key is None or request.method != "POST":
                return act()
            made: list[HttpResponseBase] = []

            def first() -> Answer:
                made.append(act())
                return _answer(made[0])

            answer = answer_once(
                at=self.at,
                api_key_id=caller.key.pk,
                key=_sound_key(key),
                digest=digest_of_request(request),
                act=first,
            )
        if made:
            return made[0]
        headers = {**answer.headers, "Idempotent-Replayed": "true"}
        return Response(answer.body, status=answer.status, headers=headers)

    def given(self, request: Request) -> dict[str, Any]:
        """The body of the request, checked against the operation's fields; 400 for everything else."""
        shape = self.operation.shape(self.operation.given, self.audience)
        if shape is None:
            return {}
        form = shape(data=request.data, partial=request.method == "PATCH")
        form.is_valid(raise_exception=True)
        checked: dict[str, Any] = form.validated_data
        return checked

    def asked(self, request: Request) -> dict[str, Any]:
        """The parameters of the request, checked; what was not given is absent or at its default."""
        if self.operation.params is None:
            return {}
        known = set(self.operation.params().fields)
        form = self.operation.params(data={name: request.GET[name] for name in known if name in request.GET})
        form.is_valid(raise_exception=True)
        checked: dict[str, Any] = form.validated_data
        return checked

    def told(self, thing: Any, *, many: bool = False) -> Any:  # noqa: ANN401 - any row or value
        """A thing as this audience is told of it, in JSON primitives."""
        shape = self.operation.shape(self.operation.told, self.audience)
        if shape is None:
            return None
        return shape(thing, many=many, context={"view": self}).data

    def one(self, request: Request, thing: Any, *, location: str = "") -> Response:  # noqa: ANN401
        """Answer with a single thing and its ETag; 304 where the caller has it as it stands."""
        body = self.told(thing)
        etag = etag_of(body)
        if request.method in SAFE and is_named(etag, request.headers.get("If-None-Match", "")):
            return Response(status=304, headers={"ETag": etag})
        headers = {"ETag": etag, **({"Location": location} if location else {})}
        return Response(body, status=self.operation.status, headers=headers)

    def whole(self, things: Any) -> Response:  # noqa: ANN401 - any rows or values
        """Answer with a list that fits in one page."""
        return Response({"results": self.told(things, many=True), "next": None})

    def require_match(self, request: Request, thing: Any) -> None:  # noqa: ANN401 - any row
        """Raise `Outdated` when the caller's `If-Match` names another state than the present one."""
        named = request.headers.get("If-Match")
        if named is not None and not is_named(etag_of(self.told(thing)), named, weakly=False):
            raise Outdated("Somebody changed this meanwhile; fetch it again before you change it.")

    def get_exception_handler(self) -> Callable[..., Response | None]:
        """Problem documents, from one place."""
        return answer_to

    def finalize_response(  # type: ignore[override] # some answers are files
        self, request: Request, response: HttpResponseBase, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        """Add what every answer carries: what is left of the minute, and that nobody may store it."""
        if self.allowance is not None:
            for name, value in self.allowance.headers().items():
                response[name] = value
        response["Cache-Control"] = "no-store"
        wrapped = request._request
        wrapped.user = getattr(wrapped, "user", None) or AnonymousUser()
        final: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        return final

    def _check_size(self, request: Request) -> None:
        """Read the body of a JSON request within Django's limit, before anything parses it."""
        if "json" in (request.content_type or ""):
            _ = request._request.body


class Missing(Resource):
    """Every address that is none, for whoever calls with a key."""

    schema = None  # type: ignore[assignment]

    def get(self, request: Request, **kwargs: object) -> Response:
        """Say that nothing is here, as for a foreign thing."""
        raise NotHere

    post = patch = delete = get


def _sound_key(key: str) -> str:
    if not (1 <= len(key) <= 128 and key.isascii() and key.isprintable()):
        raise Unfit("An Idempotency-Key has 1 to 128 printable characters.", code="bad_idempotency_key")
    return key


def _answer(response: HttpResponseBase) -> Answer:
    """What is stored of an answer: JSON primitives, and the headers that belong to the thing."""
    data = getattr(response, "data", None)
    body = None if data is None else json.loads(json.dumps(data, cls=JSONEncoder))
    if isinstance(body, dict) and "secret" in body:
        body["secret"] = ""  # what is told once is not kept for a second time
    headers = {name: response[name] for name in KEPT_HEADERS if response.has_header(name)}
    return Answer(status=response.status_code, body=body, headers=headers)
