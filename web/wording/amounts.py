"""Hours of work, money and shares, as people read them."""

from __future__ import annotations

_SIGNS = {"GBP": "£", "USD": "$", "EUR": "€"}


def hmm(minutes: int) -> str:
    """Logged or bought minutes as `h:mm` (`0:45`, `14:30`); what is taken away carries a minus sign."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'−' if minutes < 0 else ''}{hours}:{rest:02d}"


def money(minor_units: int, currency: str) -> str:
    """An amount of money from its minor units: `£3,500`, `$5,500.50`."""
    whole, cents = divmod(minor_units, 100)
    text = f"{whole:,}" + (f".{cents:02d}" if cents else "")
    sign = _SIGNS.get(currency)
    return f"{sign}{text}" if sign else f"{text} {currency}"


def percent(part: int, whole: int) -> str:
    """A share as `64 %`; of nothing there is none: `–`."""
    return f"{round(100 * part / whole)} %" if whole else "–"


def share(part: int, whole: int) -> str:
    """A share with one decimal, rounded down, so that what is below a goal never looks met: `94.9 %`."""
    return f"{1000 * part // whole / 10:.1f} %" if whole else "–"


def file_size(size: int) -> str:
    """The size of a file: `118 KB`, `2.4 MB`."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"
