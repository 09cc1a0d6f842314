"""The stretch of time that a review looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A period of dates, both included, and its moments: `ends_at` is where the day after begins."""

    from_on: date
    to_on: date
    starts_at: datetime
    ends_at: datetime
    zone: ZoneInfo

    def holds(self, prefix: str) -> dict[str, datetime]:
        """The conditions that a moment of that column lies in the period."""
        return {f"{prefix}__gte": self.starts_at, f"{prefix}__lt": self.ends_at}
