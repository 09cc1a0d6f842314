"""Stop-watches: which are open, and what they show at a moment (H8)."""

from __future__ import annotations

from datetime import datetime, timedelta

from hours.models import Timer
from hours.models.time import TimerQuerySet

IDLE_AFTER = timedelta(hours=4)


def running_timer(person_id: int) -> Timer | None:
    """The timer that counts for that person now, with its ticket; None when none does."""
    return Timer.objects.running().filter(person_id=person_id).select_related("ticket").first()


def timers_of(person_id: int) -> TimerQuerySet:
    """The person's open timers, running and paused, the oldest first."""
    return Timer.objects.open().filter(person_id=person_id).select_related("ticket")


def seconds_of(timer: Timer, *, at: datetime) -> int:
    """Whole seconds that the timer shows at that moment."""
    if timer.running_since is None:
        return timer.counted_seconds
    return timer.counted_seconds + max(0, int((at - timer.running_since).total_seconds()))


def is_idle(timer: Timer, *, at: datetime) -> bool:
    """Whether the timer has been running for so long that its owner may have forgotten it (H8)."""
    return timer.running_since is not None and timer.running_since <= at - IDLE_AFTER


def minutes_of(timer: Timer, *, at: datetime) -> int:
    """The minutes that the timer would log at that moment: begun ones count, one at least."""
    return max(1, -(-seconds_of(timer, at=at) // 60))
