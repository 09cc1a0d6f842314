"""One thing that a monitoring system said, in our words, whoever said it (P8)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from proactive.domain.checks import Check, Level

#: Longest texts that are kept of an alert beside its raw form.
NAME_LIMIT = 200
TEXT_LIMIT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """That a check is well or not, about which thing; `identity` tells one problem from another.

    `is_news` is false for what changes nothing (an acknowledgement, the start of a downtime): it is kept.
    """

    source: str
    identity: str
    name: str
    check: Check
    stated: Level
    text: str = ""
    value: float | None = None
    is_news: bool = True

    @property
    def fingerprint(self) -> str:
        """What repeats of one problem share within an environment."""
        return hashlib.sha256(f"{self.source}\n{self.identity}".encode()).hexdigest()[:40]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A signal judged by the thresholds: whether the problem is on, how bad, and when we heard."""

    at: datetime
    level: Level
    is_firing: bool
    text: str = ""
    value: float | None = None
