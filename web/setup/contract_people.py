"""Who stands in a contract: named contacts with swaps, cleared engineers, the escalation path."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import Person
from accounts.queries import contacts_of
from contracts.domain.contacts import slots_of
from contracts.models import Contract
from contracts.permissions import may_clear_engineers
from contracts.queries import contract_for, effective_plan, named_contacts_of
from contracts.services import clear_engineer, end_clearance, name_contact, release_contact, swap_contact
from escalation.queries import path_of
from events.domain.errors import NotHere
from web.fragments import render_page
from web.gates import setup_page
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, done, posted, typed
from web.setup.contract import parts_of
from web.setup.forms.fields import StaffField


class NamedForm(forms.Form):
    """Who is to hold a slot of the contract."""

    person = forms.ModelChoiceField(
        label="Contact", queryset=Person.objects.none(), empty_label="Choose a member"
    )
    is_partner = forms.BooleanField(label="In a slot of the solution partner", required=False)

    def __init__(self, *args: object, contract: Contract, **kwargs: object) -> None:
        """Offer the client's people who hold no slot yet."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        holding = named_contacts_of(contract).values("person_id")
        members = contacts_of(contract.client).exclude(person_id__in=holding).order_by().values("person_id")
        self.fields["person"].queryset = Person.objects.filter(pk__in=members)  # type: ignore[attr-defined]


class ClearanceForm(forms.Form):
    """Who may work for the contract."""

    person = StaffField(label="Engineer", empty_label="Choose somebody")


@setup_page
def people(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Show named contacts, clearances and the escalation path."""
    found = contract_for(request.actor, contract_id)
    rule = effective_plan(found).contacts
    cleared = found.clearances.filter(ended_at__isnull=True).select_related("person").order_by("since")
    context = {
        "contract": found,
        "parts": parts_of(found, "setup:contract_people"),
        "rule": rule,
        "slots": slots_of(rule, add_ons=found.add_ons) if rule else None,
        "named": list(named_contacts_of(found)) if rule else [],
        "cleared": list(cleared),
        "clears": may_clear_engineers(request.actor, found),
        "path": path_of(found),
    }
    return render_page(request, "setup/contract_people.html", context)


@setup_page
def name_one(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Give a contact a free slot."""
    found = contract_for(request.actor, contract_id)
    return act_page(
        request,
        NamedForm(typed(request), contract=found),
        words=_words(found, "Name a contact", "Name", "The contact opens tickets from now on."),
        act=lambda one: name_contact(actor=request.actor, at=request.at, contract=found, **one.cleaned_data),
    )


@setup_page
def swap(request: StaffRequest, contract_id: int, person_id: int) -> HttpResponse:
    """Hand a slot from one contact to another."""
    found = contract_for(request.actor, contract_id)
    leaving = _holder(found, person_id)
    return act_page(
        request,
        NamedForm(typed(request), contract=found),
        words=_words(found, f"Who takes the slot of {leaving.name}?", "Swap", "The slot is handed over."),
        act=lambda one: swap_contact(
            actor=request.actor,
            at=request.at,
            contract=found,
            leaving=leaving,
            joining=one.cleaned_data["person"],
            is_partner=one.cleaned_data["is_partner"],
        ),
    )


@setup_page
def release(request: StaffRequest, contract_id: int, person_id: int) -> HttpResponse:
    """Take a contact's slot back."""
    posted(request)
    found = contract_for(request.actor, contract_id)
    person = _holder(found, person_id)
    release_contact(actor=request.actor, at=request.at, contract=found, person=person)
    return done(request, f"{person.name} holds no slot any more.", _address(found))


@setup_page
def clear(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Let a member of staff work for a contract that restricts who may."""
    found = contract_for(request.actor, contract_id)
    return act_page(
        request,
        ClearanceForm(typed(request)),
        words=_words(found, "Clear an engineer", "Clear", "They may be assigned now."),
        act=lambda one: clear_engineer(
            actor=request.actor, at=request.at, contract=found, person=one.cleaned_data["person"]
        ),
    )


@setup_page
def unclear(request: StaffRequest, contract_id: int, person_id: int) -> HttpResponse:
    """Take a clearance back."""
    posted(request)
    found = contract_for(request.actor, contract_id)
    cleared = found.clearances.filter(person_id=person_id, ended_at__isnull=True).select_related("person")
    clearance = cleared.first()
    if clearance is None:
        raise NotHere
    end_clearance(actor=request.actor, at=request.at, contract=found, person=clearance.person)
    return done(request, f"{clearance.person.name} is not cleared any more.", _address(found))


def _holder(contract: Contract, person_id: int) -> Person:
    named = named_contacts_of(contract).filter(person_id=person_id).first()
    if named is None:
        raise NotHere
    return named.person


def _words(contract: Contract, title: str, verb: str, said: str) -> Words:
    return Words(title=title, verb=verb, said=said, back=_address(contract), where=contract.name)


def _address(contract: Contract) -> str:
    return reverse("setup:contract_people", kwargs={"contract_id": contract.pk})
