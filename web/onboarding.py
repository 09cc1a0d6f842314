"""The steps by which a contract begins, as every side shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contracts.models import OnboardingStep
from contracts.queries import OnboardingState, waited_for
from web.wording.times import duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One step; `waited` says how long the client was waited for, and is empty where nobody was."""

    step: OnboardingStep
    waited: str


def rows_of(state: OnboardingState, at: datetime) -> list[Row]:
    """The steps in the order of their days."""
    waits = ((step, waited_for(step, at)) for step in state.steps)
    return [Row(step=step, waited=duration(seconds) if seconds else "") for step, seconds in waits]
