"""Who gets the next ticket: fit, awake and cleared people by load, then by turn, with the reason in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

_NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody of the team that is on: what speaks for and against giving them a ticket.

    `open_tickets` counts those that wait for us; `last_given_at` is when routing gave them one last.
    """

    person_id: int
    name: str
    open_tickets: int = 0
    last_given_at: datetime | None = None
    is_away: bool = False
    serves: bool = True
    is_cleared: bool = True

    @property
    def against(self) -> str:
        """Why not this person; empty where nothing speaks against them."""
        if self.is_away:
            return "away"
        if not self.serves:
            return "does not serve this client"
        return "" if self.is_cleared else "not cleared for this contract"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """A candidate's place in the turn, and why; who may not have the ticket comes last, without a place."""

    candidate: Candidate
    reason: str
    is_fit: bool


def placings(candidates: Sequence[Candidate]) -> list[Placing]:
    """Everybody in the order in which the ticket should be offered, the unfit last.

    Whoever has the fewest open tickets is first; among equals, whoever was given one longest ago.
    """
    fit = sorted((one for one in candidates if not one.against), key=_turn)
    unfit = sorted((one for one in candidates if one.against), key=lambda one: one.name)
    return [
        *(Placing(candidate=one, reason=_load(one), is_fit=True) for one in fit),
        *(Placing(candidate=one, reason=one.against, is_fit=False) for one in unfit),
    ]


def first_fit(candidates: Sequence[Candidate]) -> Placing | None:
    """Whose turn it is; None where nobody is fit."""
    placed = placings(candidates)
    return placed[0] if placed and placed[0].is_fit else None


def _turn(candidate: Candidate) -> tuple[int, datetime, str]:
    return candidate.open_tickets, candidate.last_given_at or _NEVER, candidate.name


def _load(candidate: Candidate) -> str:
    if not candidate.open_tickets:
        return "nothing open"
    return "1 open ticket" if candidate.open_tickets == 1 else f"{candidate.open_tickets} open tickets"
