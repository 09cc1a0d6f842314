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
MOST_DIGITS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One row to fill in: a ticket with what is logged by day, or an empty row for a ticket of choice.

    What is typed into a ticket's row is the new sum of its cell; in the empty row it is added.
    """

    ticket: Ticket | None = None
    logged: Sequence[int] = (0,) * DAYS

    @property
    def key(self) -> str:
        """The ticket's number; empty in the empty row."""
        return self.ticket.key if self.ticket else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One cell in which another time was typed than the one that stood there; `stands` is what was seen."""

    row: int
    day: int
    key: str
    minutes: int
    stands: int | None
    note: str


class QuarterField(MinutesField):
    """A cell: quarter hours alone, for the grid is for planning the week, not for odd minutes.

    `stands` is what the page showed there; an emptied cell and one with a zero mean no time.
    """

    stands = 0

    def clean(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Read the amount; refuse what is no full quarter of an hour, unless it was left as it stood."""
        typed = str(value or "").strip()
        if typed == hmm(self.stands):
            return self.stands
        if not typed.strip("0:.,"):
            return 0
        minutes = super().clean(value)
        if minutes and minutes % QUARTER_MINUTES:
            raise ValidationError("The grid counts in quarter hours; log odd minutes below it.")
        return minutes


class WeekForm(forms.Form):
    """The week as it shall stand: the sum of any cell, and for each row changed what was done, or why less.

    The fields are `r<row>-ticket`, `r<row>-note` and `r<row>-d<day>`, days from Monday at 0; `r<row>-seen`
    are the sums of a ticket's row as the page showed them, in minutes.
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
        self.seen = [_seen(data, number, line) for number, line in enumerate(lines)]
        for number, line in enumerate(lines):
            self._add_row(number, line)

    def rows(self) -> list[dict[str, Any]]:
        """The rows as the page draws them."""
        return [
            {
                "ticket": line.ticket,
                "key": self[f"r{number}-ticket"],
                "note": self[f"r{number}-note"],
                "seen": self[f"r{number}-seen"] if line.ticket else "",
                "cells": [
                    {"day": self._day(day), "minutes": line.logged[day], "field": self[f"r{number}-d{day}"]}
                    for day in range(DAYS)
                ],
                "total": sum(line.logged),
            }
            for number, line in enumerate(self.lines)
        ]

    def typed(self) -> list[Typed]:
        """The cells that were changed, once the form is clean."""
        told = self.cleaned_data
        return [
            Typed(
                row=number,
                day=day,
                key=told[f"r{number}-ticket"],
                minutes=told[f"r{number}-d{day}"],
                stands=self.seen[number][day] if line.ticket else None,
                note=told[f"r{number}-note"],
            )
            for number, line in enumerate(self.lines)
            for day in self._changed(told, number)
        ]

    def _changed(self, told: Mapping[str, Any], number: int) -> list[int]:
        """The days of a row on which another time was typed than the page had shown."""
        seen = self.seen[number]
        return [day for day in range(DAYS) if told.get(f"r{number}-d{day}", seen[day]) != seen[day]]

    def clean(self) -> dict[str, Any]:
        """Ask for ticket and words where a time was changed; something must be changed at all."""
        told = super().clean() or {}
        used = [number for number in range(len(self.lines)) if self._changed(told, number)]
        for number in used:
            if not told.get(f"r{number}-ticket"):
                self.add_error(f"r{number}-ticket", "Say on which ticket.")
            if not told.get(f"r{number}-note"):
                self.add_error(
                    f"r{number}-note", "Say what was done, or why it is less; the client reads it."
                )
        if not used and not self.errors:
            raise ValidationError("Change the time of at least one day.")
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
            self.fields[f"r{number}-d{day}"] = self._cell(name, self._day(day), self.seen[number][day])
        if line.ticket:
            self.fields[f"r{number}-seen"] = forms.CharField(
                required=False,
                initial=",".join(map(str, self.seen[number])),
                widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
            )
        label = f"{name}, what was done, or why it is less"
        attributes = {
            "class": "form-control form-control-sm",
            "autocomplete": "off",
            "aria-label": label,
        }
        self.fields[f"r{number}-note"] = forms.CharField(
            label=label,
            required=False,
            max_length=2000,
            widget=forms.TextInput(attrs=attributes),
        )

    def _cell(self, name: str, day: date, logged: int) -> QuarterField:
        label = f"{name}, {day:%a} {day.day}"
        shown = hmm(logged) if logged else ""
        attributes = {
            "class": "cd-cell-in",
            "placeholder": "·",
            "data-cd-was": shown,
            "aria-label": f"{label}: {f'{shown} logged' if logged else 'no time'}",
            "autocomplete": "off",
            "inputmode": "decimal",
        }
        field = QuarterField(
            label=label,
            required=False,
            help_text="",
            initial=shown,
            widget=forms.TextInput(attrs=attributes),
        )
        field.stands = logged
        field.disabled = day > self.today
        return field


def _seen(data: QueryDict | None, number: int, line: SheetLine) -> Sequence[int]:
    """The sums that the page had shown in a row; what stands now where it sends none that can be read."""
    sent = "" if data is None else str(data.get(f"r{number}-seen", ""))
    parts = sent.split(",")
    return [int(part) for part in parts] if len(parts) == DAYS and all(map(_is_sum, parts)) else line.logged


def _is_sum(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
