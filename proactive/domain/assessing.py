"""The words and the order of what an assessment finds, and how grave a finding is as a ticket (P2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

_WORDS = {
    "critical": "Critical",
    "high": "High",
    "medium": "Medium",
    "low": "Low",
    "note": "Worth knowing",
    "fine": "In order",
    "finding": "Something found",
    "not_here": "Does not apply",
    "not_seen": "Could not be seen",
    "accept": "Do it",
    "plan": "Plan it for later",
    "decline": "Leave it as it is",
}


class _Worded(StrEnum):
    """A code with the words that people read."""

    @property
    def label(self) -> str:
        """The words."""
        return _WORDS[self.value]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of code and words, in order."""
        return [(one.value, one.label) for one in cls]


class Severity(_Worded):
    """How grave a finding is, the worst first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NOTE = "note"


class Outcome(_Worded):
    """What a look at one point of the checklist showed."""

    FINE = "fine"
    FINDING = "finding"
    NOT_HERE = "not_here"
    NOT_SEEN = "not_seen"


class Decision(_Worded):
    """What the client decided about a finding."""

    ACCEPT = "accept"
    PLAN = "plan"
    DECLINE = "decline"


#: The rank that a ticket about such a finding is filed with: nothing has failed yet, so none is an outage.
RANKS = {
    Severity.CRITICAL: 2,
    Severity.HIGH: 3,
    Severity.MEDIUM: 4,
    Severity.LOW: 4,
    Severity.NOTE: 4,
}


def urgency_for(
    severity: str, urgencies: Sequence[tuple[str, int]], *, is_production: bool, non_production: str = ""
) -> str:
    """The code of the plan's urgency for a ticket about a finding; `urgencies` are pairs of code and rank.

    `non_production` is the code that the plan sets for every other instance, where it sets one.
    """
    if not is_production and non_production:
        return non_production
    wanted = RANKS[Severity(severity)]
    return min(urgencies, key=lambda one: (abs(one[1] - wanted), -one[1]))[0]


def by_severity(severities: Iterable[str]) -> dict[str, int]:
    """How many there are of each severity, the worst first, without those of which there are none."""
    found = list(severities)
    return {one.value: found.count(one.value) for one in Severity if one.value in found}
