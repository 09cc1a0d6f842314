"""How one try to reach somebody ended, the same for every channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from notify.models import Outcome


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The end of one try: the outcome, our words for it, and what the other side asked for.

    `is_refused_for_now` is a mail server's 4xx; `is_gone` a webhook's 410; `asked_wait` its Retry-After;
    `is_ours` says that the fault lies with us, as a text that could not be written.
    """

    outcome: Outcome
    detail: str
    asked_wait: timedelta | None = None
    is_refused_for_now: bool = False
    is_gone: bool = False
    is_ours: bool = False
    duration_ms: int = 0


def done(detail: str) -> Answer:
    """The other side took it."""
    return Answer(outcome=Outcome.DONE, detail=detail)


def later(detail: str) -> Answer:
    """Not now; another try is worth while."""
    return Answer(outcome=Outcome.LATER, detail=detail)


def failed(detail: str) -> Answer:
    """Refused for good."""
    return Answer(outcome=Outcome.FAILED, detail=detail)


def withdrawn(detail: str) -> Answer:
    """Not sent, because the reader may not or does not want to hear of it any more."""
    return Answer(outcome=Outcome.WITHDRAWN, detail=detail)
