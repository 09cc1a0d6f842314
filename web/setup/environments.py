"""The client's systems under a contract, and the maintenance announced for them (S11)."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from contracts.models import Contract, Environment, MaintenanceWindow
from contracts.permissions import may_change_environments
from contracts.queries import contract_for, environments_visible_to, windows_visible_to
from contracts.queries.windows import overlaps_of
from contracts.services import (
    EnvironmentFacts,
    add_environment,
    announce_maintenance_window,
    cancel_maintenance_window,
    change_environment,
    retire_environment,
)
from events.domain.errors import NotHere
from web.fragments import render_page
from web.gates import setup_page
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, done, posted, typed
from web.setup.contract import parts_of
from web.setup.forms.environment import EnvironmentForm, WindowForm
from web.windows import overlap_words


@setup_page
def environments(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Show the systems under the contract, and the windows that are ahead or under way."""
    found = contract_for(request.actor, contract_id)
    windows = windows_visible_to(request.actor).filter(
        environment__contract=found, ends_at__gt=request.at, cancelled_at__isnull=True
    )
    context = {
        "contract": found,
        "parts": parts_of(found, "setup:environments"),
        "environments": list(found.environments.all()),
        "windows": _with_overlaps(list(windows.select_related("environment"))),
        "changes": may_change_environments(request.actor, found),
    }
    return render_page(request, "setup/environments.html", context)


@setup_page
def add(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Put a system under the contract."""
    found = contract_for(request.actor, contract_id)

    def act(form: EnvironmentForm) -> object:
        return add_environment(
            actor=request.actor,
            at=request.at,
            contract=found,
            name=form.cleaned_data["name"],
            facts=EnvironmentFacts(**form.facts()),
        )

    words = _words(found, "Add a system", "Add", "The system is under the contract.")
    return act_page(request, EnvironmentForm(typed(request)), words=words, act=act)


@setup_page
def change(request: StaffRequest, environment_id: int) -> HttpResponse:
    """Correct what is known of a system."""
    found = _environment(request, environment_id)
    form = EnvironmentForm(typed(request), initial=_known(found), is_known=True)
    return act_page(
        request,
        form,
        words=_words(found.contract, found.name, "Save", "The system is changed."),
        act=lambda one: change_environment(
            actor=request.actor, at=request.at, environment=found, changes=one.facts()
        ),
    )


@setup_page
def retire(request: StaffRequest, environment_id: int) -> HttpResponse:
    """Take a system out of the contract; its past stays."""
    posted(request)
    found = _environment(request, environment_id)
    retire_environment(actor=request.actor, at=request.at, environment=found)
    return done(request, f"{found.name} is not covered any more.", _address(found.contract))


@setup_page
def announce(request: StaffRequest, environment_id: int) -> HttpResponse:
    """Announce maintenance of a system."""
    found = _environment(request, environment_id)
    zone = ZoneInfo(found.client.zone)
    words = _words(found.contract, f"Announce maintenance of {found.name}", "Announce", "It is announced.")
    return act_page(
        request,
        WindowForm(typed(request), zone=zone),
        words=words,
        act=lambda one: _announced(request, found, one),
    )


@setup_page
def call_off(request: StaffRequest, window_id: int) -> HttpResponse:
    """Call a window off."""
    posted(request)
    windows = windows_visible_to(request.actor).select_related("environment__contract__client")
    window: MaintenanceWindow | None = windows.filter(pk=window_id).first()
    if window is None:
        raise NotHere
    cancel_maintenance_window(actor=request.actor, at=request.at, window=window)
    return done(request, "The window is called off.", _address(window.environment.contract))


def _announced(request: StaffRequest, found: Environment, form: WindowForm) -> MaintenanceWindow:
    """Announce it, and say where it overlaps with another window of the same system."""
    made = announce_maintenance_window(
        actor=request.actor, at=request.at, environment=found, **form.cleaned_data
    )
    if words := overlap_words(made, zone=request.zone, now=request.at):
        messages.warning(request, words)
    return made


def _with_overlaps(windows: list[MaintenanceWindow]) -> list[MaintenanceWindow]:
    shared = overlaps_of(windows)
    for one in windows:
        one.overlaps = ", ".join(other.summary for other in shared.get(one.pk, []))  # type: ignore[attr-defined]
    return windows


def _environment(request: StaffRequest, environment_id: int) -> Environment:
    seen = environments_visible_to(request.actor).select_related("client", "contract__client")
    found = seen.filter(pk=environment_id, retired_at__isnull=True).first()
    if found is None:
        raise NotHere
    return found


def _known(environment: Environment) -> dict[str, Any]:
    return {name: getattr(environment, name) for name in EnvironmentForm.FACTS}


def _words(contract: Contract, title: str, verb: str, said: str) -> Words:
    return Words(title=title, verb=verb, said=said, back=_address(contract), where=contract.name)


def _address(contract: Contract) -> str:
    return reverse("setup:environments", kwargs={"contract_id": contract.pk})
