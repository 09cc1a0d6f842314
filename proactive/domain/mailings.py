"""When a mailing may go out, to whom it is meant, and what stands first in it (P5, P6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

#: A mailing that a standstill delayed by more than this waits for a person (threats 3.4).
MOST_LATE = timedelta(hours=2)
#: Within these hours of a working day a scheduled mailing goes out.
OPENS, CLOSES = time(7), time(19)
#: How long before an event its reminders go out.
REMINDERS = (24, 1)
_SATURDAY = 5


class Fate(StrEnum):
    """What becomes of a mailing whose moment has come."""

    SEND = "send"
    HOLD = "hold"
    LAPSE = "lapse"


class AboutProduct(Protocol):
    """Anything that may be about one product."""

    @property
    def product(self) -> str:
        """The product's name; empty for all of them."""


AnyItem = TypeVar("AnyItem", bound=AboutProduct)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Whom a mailing is meant for, among the contacts of contracts whose plan carries such mailings.

    Each list narrows it; an empty one does not. Products are those of the contracts' systems.
    """

    plans: tuple[str, ...] = field(default=())
    products: tuple[str, ...] = field(default=())
    roles: tuple[str, ...] = field(default=())


def is_sending_hour(at: datetime, *, zone: str) -> bool:
    """Whether people at that place are at work then: from seven to seven, Monday to Friday."""
    local = at.astimezone(ZoneInfo(zone))
    return local.weekday() < _SATURDAY and OPENS <= local.time() < CLOSES


def fate_of_mailing(*, send_at: datetime, at: datetime, zone: str, at_any_hour: bool = False) -> Fate:
    """Sent when it is in time and people are at work, else held until a person decides."""
    is_in_time = at - send_at < MOST_LATE
    is_fit = at_any_hour or is_sending_hour(at, zone=zone)
    return Fate.SEND if is_in_time and is_fit else Fate.HOLD


def fate_of_reminder(*, send_at: datetime, at: datetime, starts_at: datetime) -> Fate:
    """Sent at any hour, but never long after its moment, and never once the event has begun."""
    return Fate.SEND if at - send_at < MOST_LATE and at < starts_at else Fate.LAPSE


def own_first(items: Sequence[AnyItem], *, products: Iterable[str]) -> list[AnyItem]:
    """What is about the reader's products first, then what is about all, then the rest; else as composed."""
    own = {product.casefold() for product in products}

    def distance(item: AnyItem) -> int:
        if not item.product:
            return 1
        return 0 if item.product.casefold() in own else 2

    return sorted(items, key=distance)
