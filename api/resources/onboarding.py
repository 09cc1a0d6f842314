"""`/contracts/{id}/onboarding`: the checklist by which a contract begins."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Choice, Input, Output, Text
from api.operations import Resource, operation
from api.shapes import Someone
from contracts.queries import contract_for, onboarding_of
from contracts.services import finish_step, hold_step, resume_step
from events.domain.errors import Invalid

_ACTS = {"done": finish_step, "waiting": hold_step, "resumed": resume_step}


class OnboardingShape(Output):
    """A step; `owner` is `provider` or `client`, `waiting_since` is set while it waits for the client."""

    key = serializers.CharField()
    label_ = serializers.CharField()
    owner = serializers.CharField()
    due_on = serializers.DateField()
    done_at = serializers.DateTimeField(allow_null=True)
    done_by = Someone(allow_null=True)
    waiting_since = serializers.DateTimeField(allow_null=True)
    waited_seconds = serializers.IntegerField()


class OnboardingAct(Input):
    """What became of a step: `done`, `waiting` for the client, or `resumed`."""

    step = Text(max_length=60)
    state = Choice(choices=tuple(_ACTS))


class Onboarding(Resource):
    """The checklist of a contract."""

    @operation(summary="Lists onboarding steps", area="contracts", told=OnboardingShape, is_list=True)
    def get(self, request: Request, contract_id: int) -> Response:
        """The contract's checklist, by due date."""
        return self.whole(onboarding_of(contract_for(self.actor, contract_id)))

    @operation(
        summary="Moves an onboarding step", area="contracts", given=OnboardingAct, told=OnboardingShape
    )
    def post(self, request: Request, contract_id: int) -> Response:
        """Tick a step off, let it wait for the client, or go on with it."""
        contract = contract_for(self.actor, contract_id)
        given = self.given(request)
        rows = onboarding_of(contract).select_related("contract__client")
        step = rows.filter(key=given["step"]).first()
        if step is None:
            words = "Choose one of the steps of this contract."
            raise Invalid(words, fields={"step": words})
        return self.one(request, _ACTS[given["state"]](actor=self.actor, at=self.at, step=step))
