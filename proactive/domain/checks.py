"""What is watched on an environment, in which unit, and from which value on it is a problem (P8)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final


class Check(StrEnum):
    """What a monitor looks at."""

    WEB = "web"
    CERTIFICATE = "certificate"
    USERS = "users"
    LOAD = "load"
    SWAP = "swap"
    PROCESSES = "processes"
    DISK_ROOT = "disk_root"
    DISK_DATA = "disk_data"
    DISK_HOME = "disk_home"
    OTHER = "other"


class Level(IntEnum):
    """How bad it is; larger is worse."""

    OK = 0
    WARNING = 1
    CRITICAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One check in words, its unit, its usual thresholds, and the ranks of the tickets that come of it.

    With `falls` a low value is the bad one (free space, days left). Ranks are those of plans, 1 the worst.
    """

    label: str
    unit: str = ""
    falls: bool = False
    warning: float | None = None
    critical: float | None = None
    opens_from: Level = Level.CRITICAL
    warning_rank: int = 3
    critical_rank: int = 2
    is_availability: bool = False


_DISK = {"unit": "% free", "falls": True, "warning": 20.0, "critical": 10.0, "opens_from": Level.WARNING}

#: Experience with such applications; an environment's own thresholds stand in its monitors.
KINDS: Final[dict[Check, Kind]] = {
    Check.WEB: Kind(label="Web service over http and https", critical_rank=1, is_availability=True),
    Check.CERTIFICATE: Kind(
        label="Certificate of the web service",
        unit="days left",
        falls=True,
        warning=30,
        critical=7,
        opens_from=Level.WARNING,
    ),
    Check.USERS: Kind(label="Logged-in users", unit="people", warning=20, critical=50, critical_rank=3),
    Check.LOAD: Kind(label="Load of the machine", unit="over five minutes", warning=8, critical=16),
    Check.SWAP: Kind(label="Swap in use", unit="% used", warning=60, critical=85),
    Check.PROCESSES: Kind(label="Number of processes", unit="processes", warning=400, critical=600),
    Check.DISK_ROOT: Kind(label="Free disk space of root", **_DISK),  # type: ignore[arg-type]
    Check.DISK_DATA: Kind(label="Free disk space of the application's data", **_DISK),  # type: ignore[arg-type]
    Check.DISK_HOME: Kind(label="Free disk space of the application's home", **_DISK),  # type: ignore[arg-type]
    Check.OTHER: Kind(label="Any other alert"),
}

#: Names that monitoring systems give their checks, tried in this order.
_NAMES: Final[tuple[tuple[str, Check], ...]] = (
    (r"cert|tls|ssl", Check.CERTIFICATE),
    (r"swap", Check.SWAP),
    (r"proc", Check.PROCESSES),
    (r"users?\b|logged", Check.USERS),
    (r"load|cpu", Check.LOAD),
    (r"(disk|space|partition|filesystem).*home|home.*(disk|space|partition)", Check.DISK_HOME),
    (r"(disk|space|partition|filesystem).*data|data.*(disk|space|partition)", Check.DISK_DATA),
    (r"disk|space|partition|filesystem", Check.DISK_ROOT),
    (r"https?\b|web|probe|endpoint", Check.WEB),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From which value on a check is worth a warning, or critical, and from which level a ticket opens."""

    warning: float | None = None
    critical: float | None = None
    opens_from: Level = Level.CRITICAL


def usual(check: Check) -> Thresholds:
    """The thresholds that a monitor starts with."""
    kind = KINDS[check]
    return Thresholds(warning=kind.warning, critical=kind.critical, opens_from=kind.opens_from)


def check_named(name: str) -> Check:
    """Which check a name means: our own word for it, else what monitoring systems usually call it."""
    words = name.strip().lower()
    if words in set(Check):
        return Check(words)
    return next((check for pattern, check in _NAMES if re.search(pattern, words)), Check.OTHER)


def level_of(check: Check, *, stated: Level, value: float | None, thresholds: Thresholds) -> Level:
    """How bad it is by the environment's own thresholds; what the sender states, where no value is known.

    A value that reaches its threshold exactly has crossed it. The end of a failure is believed as stated.
    """
    limits = [(thresholds.critical, Level.CRITICAL), (thresholds.warning, Level.WARNING)]
    if value is None or stated is Level.OK or all(limit is None for limit, _ in limits):
        return stated
    falls = KINDS[check].falls
    for limit, level in limits:
        if limit is not None and (value <= limit if falls else value >= limit):
            return level
    return Level.OK


def rank_of(check: Check, level: Level) -> int:
    """The rank of the ticket that such a problem opens."""
    kind = KINDS[check]
    return kind.critical_rank if level is Level.CRITICAL else kind.warning_rank


def are_in_order(check: Check, *, warning: float | None, critical: float | None) -> bool:
    """Whether the warning comes before the critical value."""
    if warning is None or critical is None:
        return True
    return warning >= critical if KINDS[check].falls else warning <= critical


def value_words(check: Check, value: float | None) -> str:
    """A value with its unit, as people read it; empty where none is known."""
    if value is None:
        return ""
    return f"{value:.4g} {KINDS[check].unit}".strip()
