"""What work costs: prices in minor units, packs of minutes, and the rule by which work draws from them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A net amount in minor units of a currency (GBP pence, USD cents); `per` is `year`, `pack` or empty."""

    currency: str
    minor_units: int
    per: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A prepaid bundle of support minutes that can be bought again and again (H11)."""

    key: str
    label: str
    minutes: int
    prices: tuple[Price, ...]
    expires_after_months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursRule:
    """Whether and how work draws from paid minutes (H1 to H11).

    `model` is `none`, `reserved` (granted per period) or `prepaid` (packs). `drawing` and `free` name the
    activities that draw and never draw (H7).
    """

    model: str = "none"
    increment_minutes: int = 15
    periods: tuple[str, ...] = ()
    rollover_periods: int = 0
    packs: tuple[Pack, ...] = ()
    drawing: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    warn_at_percent: tuple[int, ...] = (75, 90, 100)

    @property
    def has_hours(self) -> bool:
        """Whether any work under the plan draws from paid minutes."""
        return self.model != "none"
