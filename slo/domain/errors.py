"""What can be wrong with terms or a timeline, each by its own name, instead of a wrong number."""

from __future__ import annotations


class FoldError(ValueError):
    """Terms or a timeline cannot be folded into clocks; the message says what is wrong."""


class OutOfOrderError(FoldError):
    """A fact stands before one that happened earlier."""


class NotOpenedError(FoldError):
    """A timeline does not begin with the opening of the ticket, or opens it twice."""


class UnknownFactError(FoldError):
    """A fact, or a rule of the plan, is of a kind that nobody defined."""


class UnknownCalendarError(FoldError):
    """A promise counts on a calendar that was not given."""


class BadIntervalError(FoldError):
    """An amount of time is not positive, or a stretch ends before it begins."""


class EndlessUpdatesError(FoldError):
    """So many update intervals went by that something must be wrong with the terms or the moment."""
