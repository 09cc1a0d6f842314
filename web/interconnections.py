"""What both sides show of an interconnection: its maps as lines to type, and a try before saving (X2)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from contracts.domain.mapping import OUR_FIELDS, OUR_STATES, Maps
from contracts.models import Interconnection
from contracts.queries import effective_plan, maps_of
from contracts.services import map_interconnection
from events.domain.errors import Invalid
from intake.services import read_theirs
from web.fragments import go_to, render_page
from web.refusals import refusals_in
from web.requests import PageRequest

SAMPLE_LIMIT = 20_000


class PairsField(forms.CharField):
    """Lines of `left = right`, in their order; cleans to a list of pairs."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        """Take several lines."""
        super().__init__(
            required=False, widget=forms.Textarea(attrs={"rows": 6, "class": "font-monospace"}), **kwargs
        )

    def clean(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Read the lines; the first that cannot be read is named."""
        lines = (line.strip() for line in (super().clean(value) or "").splitlines())
        return [self._pair(line) for line in lines if line]

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Show pairs again as they were written."""
        return (
            value if isinstance(value, str) else "\n".join(f"{left} = {right}" for left, right in value or ())
        )

    def _pair(self, line: str) -> tuple[str, str]:
        left, _, right = (part.strip() for part in line.partition("="))
        if not left or not right:
            raise ValidationError(f"Write “left = right”, not “{line}”.")
        return left, right


class MapsForm(forms.Form):
    """The three tables, and a ticket of theirs to try them on."""

    fields_ = PairsField(
        label="Fields",
        help_text="In Caredesk = in the other system. Dots lead inwards, =text stands always.",
    )
    urgencies = PairsField(label="Urgencies", help_text="In the other system = in Caredesk.")
    states = PairsField(label="States", help_text="In the other system = in Caredesk.")
    sample = forms.CharField(
        label="A ticket of the other system, as JSON",
        required=False,
        max_length=SAMPLE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8, "class": "font-monospace"}),
        help_text="To try the maps on. It is not kept.",
    )

    def clean_sample(self) -> dict[str, Any]:
        """The ticket to try; empty where none was given."""
        text = self.cleaned_data["sample"].strip()
        try:
            found = json.loads(text) if text else {}
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise ValidationError("This is no JSON object: it begins with { and ends with }.")
        return found

    def maps(self) -> Maps:
        """The tables as they were typed."""
        typed = self.cleaned_data
        return Maps.from_data(
            {"fields": typed["fields_"], "urgencies": typed["urgencies"], "states": typed["states"]}
        )


def maps_page(
    request: PageRequest, one: Interconnection, *, template: str, back: str, say: Callable[[str], None]
) -> HttpResponse:
    """Show the maps, try what is typed, or save it; a try stores nothing."""
    stored = maps_of(one)
    initial = {"fields_": stored.fields, "urgencies": stored.urgencies, "states": stored.states}
    form = MapsForm(request.POST if request.method == "POST" else None, initial=initial)
    context: dict[str, Any] = {"one": one, "form": form, "back": back, "words": _words(one)}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") == "try":
            context["tried"] = _tried(one, form)
        else:
            with refusals_in(form):
                _save(request, one, form.maps())
                say("The maps are saved; what comes from now on goes by them.")
                return go_to(request, back)
    return render_page(request, template, context, status=422 if form.errors else 200)


def _save(request: PageRequest, one: Interconnection, maps: Maps) -> None:
    """Save the maps; a refusal calls the first table as the form does."""
    try:
        map_interconnection(actor=request.actor, at=request.at, interconnection=one, maps=maps)
    except Invalid as refusal:
        fields = {"fields_" if name == "fields" else name: words for name, words in refusal.fields.items()}
        raise Invalid(refusal.detail, fields=fields) from refusal


def _tried(one: Interconnection, form: MapsForm) -> dict[str, Any]:
    """What would become of the sample: line by line in our words, and what would go back."""
    maps = form.maps()
    wrong = maps.faults(urgencies=[urgency.code for urgency in effective_plan(one.contract).urgencies])
    read = read_theirs(maps, form.cleaned_data["sample"])
    lines = [
        {"label": label, "value": read.ticket.get(name, ""), "fault": read.faults.get(name, "")}
        for name, label in OUR_FIELDS.items()
        if name in read.ticket or name in read.faults
    ]
    return {"wrong": list(wrong.values()), "lines": lines, "back": list(maps.outward(read.ticket).items())}


def _words(one: Interconnection) -> list[tuple[str, str]]:
    """The words that may stand on our side of each table."""
    plan = effective_plan(one.contract)
    return [
        ("Fields", _listed(OUR_FIELDS)),
        ("Urgencies", _listed(urgency.code for urgency in plan.urgencies)),
        ("Kinds of request", _listed(kind.code for kind in plan.request_types)),
        ("States", _listed(OUR_STATES)),
    ]


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
