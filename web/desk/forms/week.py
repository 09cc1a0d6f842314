"""The week as a grid: what staff type into its cells, in quarter hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from hours.services.sheets import QUARTER_MINUTES
from tickets.models import Ticket
from web.desk.forms.fields import MinutesField
from web.wording.amounts import hmm

DAYS = 7
MOST_ROWS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One row to fill in: a ticket with what is logged by day, or an empty row for a ticket of choice."""

    ticket: Ticket | None = None
    logged: Sequence[int] = (0,) * DAYS

    @property
    def key(self) -> str:
        """The ticket's number; empty in the empty row."""
        return self.ticket.key if self.ticket else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One cell in which a time was typed."""

    row: int
    day: int
    key: str
    minutes: int
    note: str


class QuarterField(MinutesField):
    """A cell: quarter hours alone, for the grid is for planning the week, not for odd minutes."""

    def clean(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Read the amount; refuse what is no full quarter of an hour."""
        minutes = super().clean(value)
        if minutes and minutes % QUARTER_MINUTES:
            raise ValidationError("The grid counts in quarter hours; log odd minutes below it.")
        return minutes


class WeekForm(forms.Form):
    """What is added to the week: a time in any cell, and for each row used what was done.

    The fields are `r<row>-ticket`, `r<row>-note` and `r<row>-d<day>`, days from Monday at 0.
    """

    request_key = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        lines: Sequence[SheetLine],
        monday: date,
        today: date,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Make a row of fields for each line; days to come take no time."""
        super().__init__(data, initial=dict(initial or {}), auto_id="week-%s")
        self.lines, self.monday, self.today = lines, monday, today
        for number, line in enumerate(lines):
            self._add_row(number, line)

    def rows(self) -> list[dict[str, Any]]:
        """The rows as the page draws them."""
        return [
            {
                "ticket": line.ticket,
                "key": self[f"r{number}-ticket"],
                "note": self[f"r{number}-note"],
                "cells": [
                    {"day": self._day(day), "minutes": line.logged[day], "field": self[f"r{number}-d{day}"]}
                    for day in range(DAYS)
                ],
                "total": sum(line.logged),
            }
            for number, line in enumerate(self.lines)
        ]

    def typed(self) -> list[Typed]:
        """The cells that were filled in, once the form is clean."""
        told = self.cleaned_data
        return [
            Typed(
                row=number,
                day=day,
                key=told[f"r{number}-ticket"],
                minutes=told[f"r{number}-d{day}"],
                note=told[f"r{number}-note"],
            )
            for number in range(len(self.lines))
            for day in range(DAYS)
            if told.get(f"r{number}-d{day}")
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for ticket and words where a time stands; something must be filled in at all."""
        told = super().clean() or {}
        used = {
            number
            for number in range(len(self.lines))
            if any(told.get(f"r{number}-d{day}") for day in range(DAYS))
        }
        for number in sorted(used):
            if not told.get(f"r{number}-ticket"):
                self.add_error(f"r{number}-ticket", "Say on which ticket.")
            if not told.get(f"r{number}-note"):
                self.add_error(f"r{number}-note", "Say what was done; the client reads it.")
        if not used and not self.errors:
            raise ValidationError("Type a time into at least one day.")
        return told

    def _day(self, number: int) -> date:
        return self.monday + timedelta(days=number)

    def _add_row(self, number: int, line: SheetLine) -> None:
        name = line.key or "New row"
        shown = {"list": "own-tickets", "autocomplete": "off", "class": "form-control form-control-sm"}
        widget = (
            forms.HiddenInput() if line.ticket else forms.TextInput(attrs={**shown, "aria-label": "Ticket"})
        )
        self.fields[f"r{number}-ticket"] = forms.CharField(
            label=f"{name}, ticket", required=False, max_length=24, initial=line.key, widget=widget
        )
        for day in range(DAYS):
            self.fields[f"r{number}-d{day}"] = self._cell(name, self._day(day), line.logged[day])
        attributes = {
            "class": "form-control form-control-sm",
            "autocomplete": "off",
            "aria-label": f"{name}, what was done",
        }
        self.fields[f"r{number}-note"] = forms.CharField(
            label=f"{name}, what was done",
            required=False,
            max_length=2000,
            widget=forms.TextInput(attrs=attributes),
        )

    def _cell(self, name: str, day: date, logged: int) -> QuarterField:
        label = f"{name}, {day:%a} {day.day}"
        attributes = {
            "class": "cd-cell-in" if logged else "cd-cell-in cd-cell-in--none",
            "placeholder": hmm(logged) if logged else "·",
            "aria-label": f"{label}: {f'{hmm(logged)} logged' if logged else 'no time'}, add",
            "autocomplete": "off",
            "inputmode": "decimal",
        }
        field = QuarterField(
            label=label, required=False, help_text="", widget=forms.TextInput(attrs=attributes)
        )
        field.disabled = day > self.today
        return field
