"""Labels of choices that are drawn as cards."""

from __future__ import annotations


class Card(str):
    """A choice's words with a hint below them; anywhere else it is just its words."""

    __slots__ = ("hint",)

    hint: str

    def __new__(cls, words: str, *, hint: str = "") -> Card:
        """Make the label from its words and its hint."""
        card = super().__new__(cls, words)
        card.hint = hint
        return card
