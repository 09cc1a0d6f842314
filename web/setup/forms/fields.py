"""Fields that setting up needs: lists as people write them, and people of the staff to choose from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Person, Team
from accounts.queries import staff, teams

if TYPE_CHECKING:
    _PersonChoice = forms.ModelChoiceField[Person]
    _TeamChoice = forms.ModelChoiceField[Team]
else:  # Django's own class cannot be subscripted
    _PersonChoice = _TeamChoice = forms.ModelChoiceField


class WordsField(forms.CharField):
    """Several words or short phrases, divided by commas or line ends; cleans to a tuple, each once."""

    def clean(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Split what was written."""
        parts = (part.strip() for part in re.split(r"[,\n]", super().clean(value) or ""))
        return tuple(dict.fromkeys(part for part in parts if part))

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Show a list again as it was written."""
        return ", ".join(value) if isinstance(value, list | tuple) else value


class NumbersField(forms.CharField):
    """Lines of `name = whole number`; cleans to a mapping."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        """Take several lines."""
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def clean(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Read the lines; the first that cannot be read is named."""
        numbers: dict[str, int] = {}
        for line in (super().clean(value) or "").splitlines():
            if not line.strip():
                continue
            name, _, number = (part.strip() for part in line.partition("="))
            if not name or not number.isdecimal():
                raise ValidationError(f"Write “name = number”, not “{line.strip()}”.")
            numbers[name] = int(number)
        return numbers

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Show a mapping again as it was written."""
        if isinstance(value, dict):
            return "\n".join(f"{name} = {number}" for name, number in value.items())
        return value


class StaffField(_PersonChoice):
    """One of the staff, perhaps of certain roles only."""

    def __init__(self, *, roles: tuple[str, ...] = (), **kwargs: Any) -> None:  # noqa: ANN401
        """Offer those of the roles, or everybody."""
        kwargs.setdefault("empty_label", "Nobody")
        found = staff().filter(staff_role__in=roles) if roles else staff()
        super().__init__(queryset=found, **kwargs)

    def label_from_instance(self, obj: Person) -> str:
        """Say the role beside the name."""
        return f"{obj.name}, {obj.get_staff_role_display().lower()}"


class TeamField(_TeamChoice):
    """One of the teams."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer all of them."""
        kwargs.setdefault("empty_label", "None")
        super().__init__(queryset=teams(), **kwargs)

    def label_from_instance(self, obj: Team) -> str:
        """The team's name."""
        return obj.name


class DayField(forms.DateField):
    """A day, by the browser's own input."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        """Write days as the input wants them."""
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)
