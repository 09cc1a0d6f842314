"""Amounts beside each other, as bars that lie below their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_ROW = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One amount: its name and words, its height on the page, and its width in percent of the largest."""

    label: str
    words: str
    text_y: int
    y: int
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """All bars; `height` in pixels, `words` for those who do not see them."""

    id: str
    words: str
    height: int
    bars: tuple[Bar, ...]


def bars_of(amounts: Sequence[tuple[str, float, str]], *, element_id: str, title: str) -> Bars:
    """Draw triples of a name, an amount and its words, in the order given; the largest fills the width."""
    largest = max((amount for _, amount, _ in amounts), default=0.0)
    bars = tuple(
        Bar(
            label=label,
            words=words,
            text_y=index * _ROW + 14,
            y=index * _ROW + 20,
            width=round(100 * max(amount, 0.0) / largest, 2) if largest > 0 else 0.0,
        )
        for index, (label, amount, words) in enumerate(amounts)
    )
    told = ", ".join(f"{bar.label} {bar.words}" for bar in bars)
    return Bars(id=element_id, words=f"{title}: {told}.", height=max(len(bars), 1) * _ROW, bars=bars)
