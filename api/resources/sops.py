"""`/contracts/{id}/sops`: golden rules, in versions that both sides agree to."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Id, Input, Output, Text
from api.operations import STAFF, Resource, operation
from api.pages import page
from contracts.queries import contract_for, sops_visible_to
from contracts.services import agree_to_rule, propose_rule
from events.domain.errors import Invalid, NotHere


class SopVersionShape(Output):
    """One wording; in force from the moment when both sides have agreed."""

    number = serializers.IntegerField()
    body = serializers.CharField()
    categories = serializers.ListField(child=serializers.CharField())
    approval_role = serializers.CharField()
    proposed_at = serializers.DateTimeField()
    client_agreed_at = serializers.DateTimeField(allow_null=True)
    provider_agreed_at = serializers.DateTimeField(allow_null=True)
    in_force_at = serializers.DateTimeField(allow_null=True)
    declined_at = serializers.DateTimeField(allow_null=True)


class SopShape(Output):
    """A golden rule with its wordings, the newest first."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    versions = SopVersionShape(many=True, source="versions.all")


class NewSop(Input):
    """A rule to propose; with `sop` the next wording of that one."""

    title = Text(max_length=200)
    body = Text(max_length=50_000)
    categories = serializers.ListField(child=Text(max_length=60), required=False, max_length=200)
    approval_role = Text(max_length=24, required=False, allow_blank=True)
    sop = Id(required=False)


class Sops(Resource):
    """The golden rules of a contract."""

    @operation(summary="Lists golden rules", area="contracts", told=SopShape, is_list=True, is_paged=True)
    def get(self, request: Request, contract_id: int) -> Response:
        """The contract's golden rules with all their versions."""
        contract = contract_for(self.actor, contract_id)
        return page(self, request, sops_visible_to(self.actor).filter(contract=contract))

    @operation(
        summary="Proposes a golden rule",
        area="contracts",
        given=NewSop,
        told=SopVersionShape,
        status=201,
        audiences=(STAFF,),
    )
    def post(self, request: Request, contract_id: int) -> Response:
        """Propose a rule, or the next wording of one; it is in force once both sides have agreed."""
        contract = contract_for(self.actor, contract_id)
        given = self.given(request)
        sop = None
        if sop_id := given.pop("sop", None):
            sop = sops_visible_to(self.actor).filter(contract=contract, id=sop_id).first()
            if sop is None:
                words = "Choose one of the golden rules of this contract."
                raise Invalid(words, fields={"sop": words})
        made = propose_rule(actor=self.actor, at=self.at, contract=contract, sop=sop, **given)
        return self.one(request, made)


class SopAgreement(Resource):
    """Agreeing to a wording."""

    @operation(summary="Agrees to a golden rule", area="contracts", told=SopVersionShape, audiences=(STAFF,))
    def post(self, request: Request, contract_id: int, sop_id: int) -> Response:
        """Agree to the newest wording for the provider; repeating it changes nothing."""
        contract = contract_for(self.actor, contract_id)
        sop = sops_visible_to(self.actor).filter(contract=contract, id=sop_id).first()
        version = sop.versions.select_related("sop__contract__client").first() if sop else None
        if version is None:
            raise NotHere
        return self.one(request, agree_to_rule(actor=self.actor, at=self.at, version=version))
