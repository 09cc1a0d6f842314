"""`/webhooks`: systems of clients that hear of events, and what was delivered to them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Client
from accounts.queries import client_for, clients_visible_to
from api.fields import Choice, Id, Input, Output, Text
from api.operations import CLIENT, STAFF, Resource, operation
from api.pages import NEWEST_FIRST, page
from api.shapes import named, named_contract
from contracts.queries import interconnection_for
from events.domain.actor import Actor
from events.domain.errors import Invalid, NotHere
from notify import services
from notify.models import Endpoint
from notify.payloads import PUBLIC_FACTS
from notify.permissions import may_manage_endpoints
from notify.queries import deliveries_to, delivery_for, endpoint_for


class WebhookShape(Output):
    """An address that hears of events; the signing secret is told once, when it is made."""

    id = serializers.IntegerField()
    client = serializers.CharField(source="client.key")
    contract = serializers.IntegerField(source="contract_id", allow_null=True)
    interconnection = serializers.IntegerField(source="interconnection_id", allow_null=True)
    url = serializers.CharField()
    label_ = serializers.CharField()
    kinds = serializers.ListField(child=serializers.CharField())
    suspended_at = serializers.DateTimeField(allow_null=True)
    suspended_reason = serializers.CharField()
    created_at = serializers.DateTimeField()


class WebhookWithSecret(WebhookShape):
    """The same with its signing secret, this once."""

    secret = serializers.CharField()


class DeliveryShape(Output):
    """One webhook to one address."""

    id = serializers.IntegerField()
    event = serializers.CharField(source="record.kind")
    sequence = serializers.IntegerField(source="record_id")
    webhook_id = serializers.CharField(source="message_id")
    state = serializers.CharField()
    attempts = serializers.IntegerField()
    outcome = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    settled_at = serializers.DateTimeField(allow_null=True)


class WebhookChange(Input):
    """What can be changed; an empty list of kinds means all of them, `state` suspends and resumes."""

    url = Text(max_length=500)
    label_ = Text(max_length=120, required=False, allow_blank=True)
    kinds = serializers.ListField(child=Choice(choices=tuple(PUBLIC_FACTS)), required=False, max_length=50)
    state = Choice(choices=("active", "suspended"), required=False)


class NewWebhook(Input):
    """An address to tell; without kinds it hears of everything public."""

    url = Text(max_length=500)
    label_ = Text(max_length=120, required=False, allow_blank=True)
    kinds = serializers.ListField(child=Choice(choices=tuple(PUBLIC_FACTS)), required=False, max_length=50)
    contract = Id(required=False)


class NewStaffWebhook(NewWebhook):
    """An address of a client, by the client's key."""

    client = Text(max_length=10)


class Webhooks(Resource):
    """The webhooks that the caller manages."""

    @operation(summary="Lists webhooks", area="webhooks", told=WebhookShape, is_list=True, is_paged=True)
    def get(self, request: Request) -> Response:
        """The addresses that the caller manages, in the order of making."""
        managed = [one.pk for one in clients_visible_to(self.actor) if may_manage_endpoints(self.actor, one)]
        rows = Endpoint.objects.living().filter(client_id__in=managed).select_related("client")
        if self.actor.contract_id is not None:
            rows = rows.filter(contract_id=self.actor.contract_id)
        return page(self, request, rows)

    @operation(
        summary="Adds a webhook",
        area="webhooks",
        given={CLIENT: NewWebhook, STAFF: NewStaffWebhook},
        told=WebhookWithSecret,
        status=201,
    )
    def post(self, request: Request) -> Response:
        """Let an address hear of events, signed as Standard Webhooks; the secret is told this once."""
        given = self.given(request)
        client = self._client(given.pop("client", None))
        contract_id = given.pop("contract", None) or self.actor.contract_id
        contract = named_contract(self.actor, contract_id) if contract_id else None
        if contract is not None and contract.client_id != client.pk:
            words = "Choose one of the contracts that you see."
            raise Invalid(words, fields={"contract": words})
        joined = self.actor.interconnection_id
        made, secret = services.add_endpoint(
            actor=self.actor,
            at=self.at,
            client=client,
            contract=contract,
            interconnection=interconnection_for(self.actor, joined) if joined else None,
            **given,
        )
        return self.one(request, _with_secret(made, secret))

    def _client(self, key: str | None) -> Client:
        if key is not None:
            words = "Choose one of the clients that you see."
            return named("client", words, lambda: client_for(self.actor, slug=key))
        found = clients_visible_to(self.actor).filter(id__in=list(self.actor.roles)).first()
        if found is None:
            raise NotHere
        return found


class OneWebhook(Resource):
    """One webhook."""

    @operation(summary="Shows a webhook", area="webhooks", told=WebhookShape)
    def get(self, request: Request, webhook_id: int) -> Response:
        """An address, and whether it is suspended."""
        return self.one(request, own(self.actor, webhook_id))

    @operation(summary="Changes a webhook", area="webhooks", given=WebhookChange, told=WebhookShape)
    def patch(self, request: Request, webhook_id: int) -> Response:
        """Change address, label or kinds, suspend or resume; the secret stays."""
        found = own(self.actor, webhook_id)
        self.require_match(request, found)
        given = self.given(request)
        state = given.pop("state", None)
        act: dict[str, Any] = {"actor": self.actor, "at": self.at, "endpoint": found}
        if given:
            now = {"url": found.url, "label": found.label, "kinds": found.kinds}
            services.change_endpoint(**act, **{**now, **given})
        if state == "suspended":
            services.suspend_endpoint(**act, reason="Suspended through the API.")
        elif state == "active":
            services.resume_endpoint(**act)
        return self.one(request, own(self.actor, webhook_id))

    @operation(summary="Removes a webhook", area="webhooks", status=204)
    def delete(self, request: Request, webhook_id: int) -> Response:
        """Forget the address; what was under way to it ends as not sent."""
        services.remove_endpoint(actor=self.actor, at=self.at, endpoint=own(self.actor, webhook_id))
        return Response(status=204)


class WebhookSecret(Resource):
    """The signing secret of a webhook."""

    @operation(summary="Gives a webhook a new secret", area="webhooks", told=WebhookWithSecret, status=201)
    def post(self, request: Request, webhook_id: int) -> Response:
        """Make a new secret, told this once; for a day the old one signs too."""
        found = own(self.actor, webhook_id)
        secret = services.rotate_secret(actor=self.actor, at=self.at, endpoint=found)
        return self.one(request, _with_secret(found, secret))


class Deliveries(Resource):
    """What went to a webhook."""

    @operation(
        summary="Lists deliveries of a webhook",
        area="webhooks",
        told=DeliveryShape,
        is_list=True,
        is_paged=True,
    )
    def get(self, request: Request, webhook_id: int) -> Response:
        """Everything that went or goes there, the newest first."""
        return page(self, request, deliveries_to(own(self.actor, webhook_id)), NEWEST_FIRST)


class Redelivery(Resource):
    """Sending a delivery again."""

    @operation(summary="Sends a delivery again", area="webhooks", told=DeliveryShape, status=202)
    def post(self, request: Request, webhook_id: int, delivery_id: int) -> Response:
        """Let a settled delivery go out once more, under the same id; one under way is a conflict."""
        endpoint = own(self.actor, webhook_id)
        found = delivery_for(self.actor, delivery_id)
        if found.endpoint_id != endpoint.pk:
            raise NotHere
        return self.one(request, services.send_again(actor=self.actor, at=self.at, delivery=found))


def own(actor: Actor, webhook_id: int) -> Endpoint:
    """The webhook of that id, if the actor manages it; a key bound to one contract manages that one's."""
    found = endpoint_for(actor, webhook_id)
    if actor.contract_id is not None and found.contract_id != actor.contract_id:
        raise NotHere
    return found


def _with_secret(endpoint: Endpoint, secret: str) -> Endpoint:
    endpoint.secret = secret  # in this answer alone: the row keeps the sealed one
    return endpoint
