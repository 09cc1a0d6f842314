"""The base of every event: a fact of the business, named, frozen and made of JSON primitives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

#: What an event field may hold: it must survive a trip through JSON unchanged.
Primitive = str | int | bool | None | list[Any] | dict[str, Any]

_KINDS: dict[str, type[Event]] = {}


class UnknownKind(LookupError):  # noqa: N818 - says what it is
    """A stored record names a kind that no event class declares any more."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, as its app states it.

    Subclasses set `kind` ("ticket.opened") and `subject_type` ("ticket"), and declare their facts as fields
    of JSON primitives; instants are ISO 8601 strings in UTC. `client_id` is None for what concerns the
    provider alone.
    """

    kind: ClassVar[str] = ""
    subject_type: ClassVar[str] = ""

    client_id: int | None
    subject_id: int

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Register the class under its kind; two classes of one kind are a mistake at start."""
        super().__init_subclass__(**kwargs)
        if not cls.kind:
            return
        if cls.kind in _KINDS and _KINDS[cls.kind].__qualname__ != cls.__qualname__:
            raise ValueError(f"two event classes of kind {cls.kind!r}")
        _KINDS[cls.kind] = cls

    def to_data(self) -> dict[str, Any]:
        """The facts besides client and subject, as JSON primitives."""
        return {name: value for name, value in vars(self).items() if name not in ("client_id", "subject_id")}

    @classmethod
    def from_data(cls, *, client_id: int | None, subject_id: int, data: Mapping[str, Any]) -> Self:
        """Rebuild the event; facts added by a later release take their defaults, dropped ones are ignored."""
        known = {field.name for field in fields(cls)}
        facts = {name: value for name, value in data.items() if name in known}
        return cls(client_id=client_id, subject_id=subject_id, **facts)


def event_class(kind: str) -> type[Event]:
    """The class of that kind; raises `UnknownKind` for a kind that nobody declares."""
    try:
        return _KINDS[kind]
    except KeyError:
        raise UnknownKind(kind) from None


def known_kinds() -> frozenset[str]:
    """Every kind that some app declares."""
    return frozenset(_KINDS)
