"""When a delivery that did not arrive is tried again, and when we stop (F8, F9, F12)."""

from __future__ import annotations

from datetime import datetime, timedelta

_MINUTES = (1, 5, 15, 30, 60, 120, 240)
MAIL_STEPS = tuple(timedelta(minutes=minutes) for minutes in _MINUTES)
MAIL_LIFE = timedelta(days=5)
GREYLIST_WAIT = timedelta(minutes=5)

#: The steps of Standard Webhooks: after the first try, these nine waits, some 76 hours in all.
HOOK_STEPS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
LONGEST_ASKED_WAIT = timedelta(hours=24)

#: How often a process may die over one delivery before it is set aside as poison (F25).
MOST_CRASHES = 5
#: How often the other side's answer may be lost before a person has to decide: one more copy at most (F11).
MOST_DOUBTS = 2


def next_mail_at(
    *, first_due_at: datetime, now: datetime, attempts: int, is_refused_for_now: bool
) -> datetime | None:
    """When a mail is tried again after that many attempts; None when its five days are over.

    A server that refused for now (4xx) gets at least five minutes, as greylisting wants it.
    """
    wait = MAIL_STEPS[min(max(attempts, 1), len(MAIL_STEPS)) - 1]
    if is_refused_for_now:
        wait = max(wait, GREYLIST_WAIT)
    again_at = now + wait
    return again_at if again_at - first_due_at <= MAIL_LIFE else None


def next_hook_at(
    *, now: datetime, attempts: int, jitter: float, asked_wait: timedelta | None = None
) -> datetime | None:
    """When a webhook is tried again after that many attempts; None after the last.

    `jitter` between 0 and 1 spreads the tries over up to a tenth of the wait more. A receiver's own wish
    (Retry-After) is obeyed up to a day, and never makes the wait shorter.
    """
    if attempts > len(HOOK_STEPS):
        return None
    wait = HOOK_STEPS[max(attempts, 1) - 1] * (1 + jitter / 10)
    if asked_wait is not None:
        wait = max(wait, min(asked_wait, LONGEST_ASKED_WAIT))
    return now + wait
