"""Fields that take exactly what the schema says: texts are texts, numbers numbers, instants have a zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

LARGEST_ID = 10**18 - 1
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6}\d*)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

if TYPE_CHECKING:
    Shape = serializers.Serializer[Any]
else:
    Shape = serializers.Serializer


class Text(serializers.CharField):
    """A text; numbers and truth values are not turned into one."""

    def to_internal_value(self, data: Any) -> str:  # noqa: ANN401 - whatever came in
        """The text as it came, save for blanks around it."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Choice(serializers.ChoiceField):
    """One of the texts listed."""

    def to_internal_value(self, data: Any) -> Any:  # noqa: ANN401 - REST framework's own signature
        """The choice to the letter."""
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A whole number; neither a text that looks like one nor a truth value."""

    def to_internal_value(self, data: Any) -> int:  # noqa: ANN401 - whatever came in
        """The number itself."""
        is_whole = isinstance(data, int | float) and not isinstance(data, bool) and data == data // 1
        if not is_whole:
            self.fail("invalid")
        return super().to_internal_value(int(data))


class Number(serializers.IntegerField):
    """A whole number in a query, where everything is text: digits 0 to 9 alone."""

    def to_internal_value(self, data: Any) -> int:  # noqa: ANN401 - whatever came in
        """The number that the digits say."""
        if not (isinstance(data, str) and data.isascii() and data.isdigit()):
            self.fail("invalid")
        return super().to_internal_value(data)


class Id(Whole):
    """The id of something."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - REST framework's own
        """Ids are positive and fit in the database's column."""
        super().__init__(**{"min_value": 1, "max_value": LARGEST_ID, **kwargs})


@extend_schema_field({"type": "boolean"})
class Flag(serializers.BooleanField):
    """True or false; not a word for it."""

    def to_internal_value(self, data: Any) -> bool:  # noqa: ANN401 - whatever came in
        """The value itself."""
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Instant(serializers.DateTimeField):
    """A moment by RFC 3339, with its offset; told in UTC."""

    def to_internal_value(self, value: Any) -> datetime:  # noqa: ANN401 - whatever came in
        """The moment in UTC."""
        if not (isinstance(value, str) and _INSTANT.fullmatch(value)):
            self.fail("invalid", format="2026-03-02T09:00:00Z")
        try:
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail("invalid", format="2026-03-02T09:00:00Z")
            raise


class Day(serializers.DateField):
    """A date, `2026-03-02`."""

    def to_internal_value(self, value: Any) -> date:  # noqa: ANN401 - whatever came in
        """The date."""
        if not (isinstance(value, str) and _DAY.fullmatch(value)):
            self.fail("invalid", format="2026-03-02")
        return super().to_internal_value(value)


class Email(serializers.EmailField):
    """An e-mail address, by which people are named; letter case does not matter."""

    def to_internal_value(self, data: Any) -> str:  # noqa: ANN401 - whatever came in
        """The address in lower case."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data).lower()


class Named(Shape):
    """Fields by their own names: one that Python or REST framework takes is written with `_` at its end."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The fields, without the `_`."""
        return {name.rstrip("_"): one for name, one in super().get_fields().items()}


class Input(Named):
    """What a caller may send: these fields, and a 400 for every other one."""

    def to_internal_value(self, data: Any) -> Any:  # noqa: ANN401 - whatever came in
        """The fields checked; unknown ones are named."""
        told = data.keys() if hasattr(data, "keys") else ()
        unknown = sorted(set(map(str, told)) - set(self.fields))
        if unknown:
            raise serializers.ValidationError({name: ["This field is not known here."] for name in unknown})
        return super().to_internal_value(data)


class Output(Named):
    """What a caller is told: these fields and no others."""
