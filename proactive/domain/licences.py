"""What the use of licences comes to by the renewal, and what could be saved or will be short (P4)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Licences of one product: bought, given out, really used lately, and expected at the renewal."""

    entitled: int
    used: int
    active: int
    forecast: int

    @property
    def idle(self) -> int:
        """Given out, and not used lately: they could be taken back."""
        return max(0, self.used - self.active)

    @property
    def spare(self) -> int:
        """Bought beyond what is expected at the renewal: they need not be renewed."""
        return max(0, self.entitled - max(self.forecast, self.active))

    @property
    def short(self) -> int:
        """Missing at the renewal, if use goes on as it did."""
        return max(0, self.forecast - self.entitled)


def forecast_of(used: int, *, used_before: int | None, days_since: int, days_ahead: int) -> int:
    """Use at the renewal if it goes on changing as it did since the last look; begun licences count whole.

    Without an earlier look, or on the same day, it stays as it is.
    """
    if used_before is None or days_since <= 0:
        return used
    change = (used - used_before) * max(0, days_ahead)
    return max(0, used + -(-change // days_since))


def advice(use: Use) -> str:
    """What could be done, in words."""
    said = []
    if use.idle:
        said.append(f"{use.idle} given out and not used in the last 90 days: take them back.")
    if use.short:
        said.append(f"{use.short} short by the renewal, if use goes on like this.")
    elif use.spare:
        said.append(f"{use.spare} need not be renewed.")
    return " ".join(said) or "Fits as it is."
