"""The golden rules of a contract as the provider keeps them: proposed, agreed to, declined."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from contracts.domain.plan import Plan
from contracts.models import Contract, Sop, SopVersion
from contracts.permissions import may_agree_for_provider, may_propose_rules
from contracts.queries import contract_for, effective_plan, sops_visible_to
from contracts.services import agree_to_rule, decline_rule, propose_rule
from events.domain.actor import CLIENT_ROLES
from events.domain.errors import NotHere
from web.fragments import render_page
from web.gates import setup_page
from web.requests import StaffRequest
from web.rules import wordings_of
from web.setup.acting import Words, act_page, done, posted, typed
from web.setup.contract import parts_of


class RuleForm(forms.Form):
    """A golden rule, or its next wording."""

    title = forms.CharField(max_length=200)
    body = forms.CharField(label="What is to be done, and how", widget=forms.Textarea(attrs={"rows": 8}))
    categories = forms.MultipleChoiceField(
        label="It governs", required=False, widget=forms.CheckboxSelectMultiple
    )
    approval_role = forms.ChoiceField(
        label="Such work is approved by",
        required=False,
        choices=[("", "Nobody in particular"), *((role, role) for role in CLIENT_ROLES)],
    )

    def __init__(self, *args: object, plan: Plan, sop: Sop | None = None, **kwargs: object) -> None:
        """Offer the plan's services; the next wording keeps the title."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        services = [(service.key, service.label) for service in plan.services]
        self.fields["categories"].choices = services  # type: ignore[attr-defined]
        if sop is not None:
            self.fields["title"].disabled = True
            self.initial["title"] = sop.title


class DeclineForm(forms.Form):
    """Why a wording does not do."""

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))


@setup_page
def rules(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Show the golden rules with all their wordings."""
    found = contract_for(request.actor, contract_id)
    context = {
        "contract": found,
        "parts": parts_of(found, "setup:rules"),
        "rules": [(one, wordings_of(one)) for one in sops_visible_to(request.actor).filter(contract=found)],
        "proposes": may_propose_rules(request.actor, found),
        "agrees": may_agree_for_provider(request.actor, found),
    }
    return render_page(request, "setup/rules.html", context)


@setup_page
def propose(request: StaffRequest, contract_id: int, sop_id: int = 0) -> HttpResponse:
    """Propose a rule, or with `sop_id` the next wording of one."""
    found = contract_for(request.actor, contract_id)
    sop = _sop(request, found, sop_id) if sop_id else None
    newest = sop.versions.first() if sop else None
    initial = {"body": newest.body, "categories": newest.categories} if newest else {}
    words = Words(
        title=f"The next wording of {sop}" if sop else "Propose a rule",
        verb="Propose",
        said="Proposed; it is in force once both sides have agreed.",
        back=_address(found),
        where=found.name,
    )
    return act_page(
        request,
        RuleForm(typed(request), plan=effective_plan(found), sop=sop, initial=initial),
        words=words,
        act=lambda one: propose_rule(
            actor=request.actor, at=request.at, contract=found, sop=sop, **one.cleaned_data
        ),
    )


@setup_page
def agree(request: StaffRequest, contract_id: int, version_id: int) -> HttpResponse:
    """Agree to a wording for the provider."""
    posted(request)
    version = _version(request, contract_id, version_id)
    agree_to_rule(actor=request.actor, at=request.at, version=version)
    return done(request, "Agreed for the provider.", _address(version.sop.contract))


@setup_page
def decline(request: StaffRequest, contract_id: int, version_id: int) -> HttpResponse:
    """Decline a wording, with the reason."""
    version = _version(request, contract_id, version_id)
    contract = version.sop.contract
    words = Words(
        title=f"Decline {version}",
        verb="Decline",
        said="Declined; the wording in force stays.",
        back=_address(contract),
        where=contract.name,
    )
    return act_page(
        request,
        DeclineForm(typed(request)),
        words=words,
        act=lambda one: decline_rule(
            actor=request.actor, at=request.at, version=version, reason=one.cleaned_data["reason"]
        ),
    )


def _sop(request: StaffRequest, contract: Contract, sop_id: int) -> Sop:
    found = sops_visible_to(request.actor).filter(contract=contract, pk=sop_id).first()
    if found is None:
        raise NotHere
    return found


def _version(request: StaffRequest, contract_id: int, version_id: int) -> SopVersion:
    contract = contract_for(request.actor, contract_id)
    version = SopVersion.objects.filter(sop__contract=contract, pk=version_id).select_related("sop").first()
    if version is None:
        raise NotHere
    version.sop.contract = contract
    return version


def _address(contract: Contract) -> str:
    return reverse("setup:rules", kwargs={"contract_id": contract.pk})
