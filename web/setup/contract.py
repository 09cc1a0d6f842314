"""One contract: what it states, opening one under a chosen plan, setting its facts, ending it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from accounts.queries import client_for
from contracts.models import Contract, PlanVersion
from contracts.queries import contract_for, effective_plan, newest_version, offered_plans, plan_of_version
from contracts.services import ContractFacts, end_contract, open_contract, settle_contract
from web.fragments import go_to, render_page
from web.gates import setup_page
from web.refusals import refusals_in
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, typed
from web.setup.forms.contract import EndForm, FactsForm, OpeningForm, stated
from web.wording.amendments import amendment_in_words

PARTS = (
    ("setup:contract", "Contract"),
    ("setup:contract_people", "People and path"),
    ("setup:environments", "Systems"),
    ("setup:beginning", "Beginning"),
    ("setup:rules", "Golden rules"),
)


@setup_page
def contract(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Show what the contract states: its plan and version, what was agreed beyond it, its facts."""
    found = contract_for(request.actor, contract_id)
    newest = PlanVersion.objects.filter(key=found.plan_version.key).defer("body").order_by("-number").first()
    plan = effective_plan(found)
    context = {
        "contract": found,
        "parts": parts_of(found, "setup:contract"),
        "plan": plan,
        "newest": newest,
        "amendments": [
            amendment_in_words(plan, one)
            for one in found.amendments.select_related("agreed_by_provider").order_by("-id")
        ],
        "facts": _facts(found),
    }
    return render_page(request, "setup/contract.html", context)


@setup_page
def open_one(request: StaffRequest, client: str) -> HttpResponse:
    """Open a contract: first the plan is chosen, then what is agreed is filled in."""
    found = client_for(request.actor, slug=client)
    key = request.GET.get("plan", "")
    if not key:
        return render_page(request, "setup/choose_plan.html", {"one": found, "plans": offered_plans()})
    version = newest_version(key)
    plan = plan_of_version(version)
    form = OpeningForm(
        typed(request), plan=plan, client=found, initial={"name": plan.title, "currency": "GBP"}
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            opened = open_contract(
                actor=request.actor,
                at=request.at,
                client=found,
                version=version,
                facts=ContractFacts(**form.facts()),
                **{name: form.cleaned_data[name] for name in ("name", "starts_on", "ends_on", "calendar")},
            )
            return go_to(request, address_of(opened))
    context = {"one": found, "plan": plan, "version": version, "form": form}
    return render_page(request, "setup/open_contract.html", context, status=422 if form.errors else 200)


@setup_page
def settle(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Set the facts of a contract."""
    found = contract_for(request.actor, contract_id)
    form = FactsForm(typed(request), plan=effective_plan(found), initial=stated(found))
    words = Words(
        title="What the contract states",
        verb="Save",
        said="The contract is changed.",
        back=address_of(found),
        where=found.name,
    )
    return act_page(
        request,
        form,
        words=words,
        act=lambda one: settle_contract(
            actor=request.actor, at=request.at, contract=found, changes=one.facts()
        ),
    )


@setup_page
def end(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Set the last day of a contract."""
    found = contract_for(request.actor, contract_id)
    words = Words(
        title="Set the last day",
        verb="End the contract",
        said="The last day is set.",
        back=address_of(found),
        where=found.name,
        text="The last day counts. From the day after, nobody opens tickets under it.",
        is_danger=True,
    )
    return act_page(
        request,
        EndForm(typed(request), initial={"ends_on": found.ends_on}),
        words=words,
        act=lambda one: end_contract(
            actor=request.actor, at=request.at, contract=found, ends_on=one.cleaned_data["ends_on"]
        ),
    )


def address_of(contract: Contract) -> str:
    """Where a contract is set up."""
    return reverse("setup:contract", kwargs={"contract_id": contract.pk})


def parts_of(contract: Contract, here: str) -> list[dict[str, Any]]:
    """The pages of one contract as tabs, with the one that is open."""
    where = {"contract_id": contract.pk}
    return [
        {"label": label, "address": reverse(name, kwargs=where), "is_current": name == here}
        for name, label in PARTS
    ]


def _facts(contract: Contract) -> list[dict[str, str]]:
    """The facts that are set, in words."""
    rows = (
        ("Reference", contract.reference),
        ("Success manager", contract.csm),
        ("Account executive", contract.account_executive),
        ("Team", contract.standard_team),
        ("Dedicated team", contract.dedicated_team),
        ("Business hours", contract.calendar),
        ("Regions", ", ".join(contract.regions)),
        ("Mail domains", ", ".join(contract.contact_domains)),
        ("Channels that count", ", ".join(contract.counted_channels)),
        ("Wants to reach", ", ".join(contract.outcomes)),
        ("Engineers", "Only cleared ones" if contract.restricts_engineers else "All who serve the client"),
        ("Not by itself", ", ".join(name for name, on in contract.switches.items() if not on)),
    )
    return [{"label": label, "value": str(value)} for label, value in rows if value]
