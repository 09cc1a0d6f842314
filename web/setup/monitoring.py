"""Watching one system: thresholds, the keys of its monitoring, and what could not be read (P8)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from contracts.models import Environment
from contracts.queries import environments_visible_to
from events.domain.errors import NotHere
from proactive.domain.checks import KINDS, Check, Level, Thresholds, value_words
from proactive.models import Monitor, MonitoringKey, Watch
from proactive.queries.monitoring import key_for, keys_of, monitors_of, probes_of, refused_receipts
from proactive.services.watching import (
    issue_monitoring_key,
    revoke_monitoring_key,
    set_thresholds,
    start_watching,
)
from web.fragments import render_page
from web.gates import setup_page
from web.refusals import refusals_in
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, done, posted, typed

_OPENS = ((Level.WARNING.value, "from a warning on"), (Level.CRITICAL.value, "when it is critical"))


class KeyForm(forms.Form):
    """A key for one monitoring system."""

    name = forms.CharField(max_length=120, help_text="Which monitoring system uses it.")


class ThresholdForm(forms.Form):
    """From which value on a check warns and is critical, and when a ticket opens."""

    warning = forms.FloatField(required=False)
    critical = forms.FloatField(required=False)
    opens_from = forms.TypedChoiceField(label="A ticket opens", choices=_OPENS, coerce=int)
    is_on = forms.BooleanField(label="This check is watched", required=False)

    def __init__(self, *args: Any, check: Check, **kwargs: Any) -> None:  # noqa: ANN401
        """Say the unit; what is only up or down has no values."""
        super().__init__(*args, **kwargs)
        kind = KINDS[check]
        if not kind.unit:
            del self.fields["warning"], self.fields["critical"]
            return
        side = "at or under this" if kind.falls else "at or over this"
        for name in ("warning", "critical"):
            self.fields[name].help_text = f"In {kind.unit}; {side}. Empty: what the monitoring says counts."

    def thresholds(self) -> Thresholds:
        """What was filled in."""
        filled = self.cleaned_data
        return Thresholds(
            warning=filled.get("warning"),
            critical=filled.get("critical"),
            opens_from=Level(filled["opens_from"]),
        )


@setup_page
def monitoring(request: StaffRequest, environment_id: int) -> HttpResponse:
    """Show how a system is watched; a new key is issued from here, and its secret shown this once."""
    found = _environment(request, environment_id)
    form = KeyForm(typed(request))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            key, secret = issue_monitoring_key(
                actor=request.actor, at=request.at, environment=found, name=form.cleaned_data["name"]
            )
            return _once(request, found, key, secret)
    context = {
        "environment": found,
        "contract": found.contract,
        "watch": Watch.objects.filter(environment=found).first(),
        "monitors": [_shown(one) for one in monitors_of(found)],
        "keys": keys_of(found),
        "probes": probes_of([found]),
        "refused": refused_receipts(found),
        "form": form,
        "doors": [settings.BASE_URL + reverse(f"intake:{name}") for name in ("nagios", "alertmanager")],
    }
    return render_page(request, "setup/monitoring.html", context, status=422 if form.errors else 200)


@setup_page
def watch(request: StaffRequest, environment_id: int) -> HttpResponse:
    """Begin to watch a system."""
    posted(request)
    found = _environment(request, environment_id)
    start_watching(actor=request.actor, at=request.at, environment=found)
    return done(request, f"{found.name} is watched from now on.", _address(found))


@setup_page
def change_monitor(request: StaffRequest, environment_id: int, check: str) -> HttpResponse:
    """Agree on other thresholds for one check."""
    found = _environment(request, environment_id)
    monitor = next((one for one in monitors_of(found) if one.check_name == check), None)
    if monitor is None:
        raise NotHere
    known = Check(check)
    form = ThresholdForm(
        typed(request),
        check=known,
        initial={name: getattr(monitor, name) for name in ("warning", "critical", "opens_from", "is_on")},
    )
    words = Words(
        title=KINDS[known].label,
        verb="Save",
        said="The thresholds hold from now on.",
        back=_address(found),
        where=found.name,
        text="What is heard from now on is judged by them.",
    )
    return act_page(
        request,
        form,
        words=words,
        act=lambda one: set_thresholds(
            actor=request.actor,
            at=request.at,
            environment=found,
            check=known,
            thresholds=one.thresholds(),
            is_on=one.cleaned_data["is_on"],
        ),
    )


@setup_page
def revoke_key(request: StaffRequest, monitoring_key_id: int) -> HttpResponse:
    """Let a monitoring key open nothing any more, at once."""
    posted(request)
    key = key_for(request.actor, key_id=monitoring_key_id)
    revoke_monitoring_key(actor=request.actor, at=request.at, key=key)
    return done(request, f"{key.name} opens nothing any more.", _address(key.environment))


def _once(request: StaffRequest, found: Environment, key: MonitoringKey, secret: str) -> HttpResponse:
    """Show the secret: a page that no browser keeps, and that cannot be opened again."""
    context = {
        "one": found.client,
        "what": f"The monitoring key of {key.name}",
        "secret": secret,
        "back": _address(found),
        "back_words": f"Monitoring of {found.name}",
    }
    answer = render_page(request, "setup/secret.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _shown(monitor: Monitor) -> dict[str, Any]:
    check = Check(monitor.check_name)
    return {
        "row": monitor,
        "label": KINDS[check].label,
        "warning": value_words(check, monitor.warning),
        "critical": value_words(check, monitor.critical),
        "opens": dict(_OPENS)[monitor.opens_from],
    }


def _environment(request: StaffRequest, environment_id: int) -> Environment:
    seen = environments_visible_to(request.actor).select_related("client", "contract__client")
    found = seen.filter(pk=environment_id, retired_at__isnull=True).first()
    if found is None:
        raise NotHere
    return found


def _address(found: Environment) -> str:
    return reverse("setup:monitoring", kwargs={"environment_id": found.pk})
