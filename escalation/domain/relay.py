"""The relay round the sun: until when a crew has the baton, and which crew takes it on (E7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from escalation.domain.coverage import NOTICE, Crew, Shift, coming_on, next_shift, on_at, shift_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """The crews that pass a client's critical work among themselves, and who stands in where none is on."""

    crews: tuple[Crew, ...]
    stand_in: Crew | None = None

    @property
    def everybody(self) -> tuple[Crew, ...]:
        """The crews, and the stand-in where it is none of them."""
        if self.stand_in is None or self.crew(self.stand_in.team_id) is not None:
            return self.crews
        return (*self.crews, self.stand_in)

    def crew(self, team_id: int | None) -> Crew | None:
        """The crew of that team, if it is in the ring."""
        return next((one for one in self.crews if one.team_id == team_id), None)

    def member(self, team_id: int | None) -> Crew | None:
        """The crew of that team, the stand-in among them."""
        return next((one for one in self.everybody if one.team_id == team_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A crew's time with the baton: until its shift ends, and who takes over.

    `receiver` is None where nobody ever comes on; `receiver_since` is when the receiver's shift begins, which
    is after `ends_at` where there is a gap.
    """

    giver: Crew
    ends_at: datetime
    receiver: Crew | None
    receiver_since: datetime | None

    @property
    def due_at(self) -> datetime:
        """By when the brief has to stand: 60 minutes before the shift ends."""
        return self.ends_at - NOTICE

    @property
    def overlap(self) -> tuple[datetime, datetime] | None:
        """The time in which both crews are on; None where there is none."""
        if self.receiver_since is None or self.receiver_since >= self.ends_at:
            return None
        return self.receiver_since, self.ends_at

    @property
    def has_gap(self) -> bool:
        """Whether nobody is on at the moment at which the shift ends."""
        return self.receiver_since is None or self.receiver_since > self.ends_at


def holder_at(ring: Ring, at: datetime, *, team_id: int | None = None) -> Crew | None:
    """Who has the baton when it is taken up: the ticket's own team while it is on, else the freshest crew.

    Where none of the ring is on, the stand-in has it, and where there is none either, who comes on next.
    """
    own = ring.member(team_id)
    if own is not None and own.is_on(at):
        return own
    running = on_at(ring.crews, at)
    if running:
        return running[0].crew
    if ring.stand_in is not None and ring.stand_in.is_on(at):
        return ring.stand_in
    following = coming_on(ring.everybody, at)
    return following.crew if following else None


def leg_from(ring: Ring, holder: Crew, since: datetime) -> Leg | None:
    """The leg of a crew that has the baton from that moment on; None where its shift never ends.

    A crew that is off has it for its next shift. A stand-in gives it back an hour after one of
    the ring came on.
    """
    shift = shift_at(holder, since) or next_shift(holder, since)
    if shift is None:
        return None
    ends_at = shift.ends_at
    if ring.crew(holder.team_id) is None:
        ends_at = _end_of_standing_in(ring, shift, since)
    if ends_at is None:
        return None
    following = _following(ring, holder, ends_at)
    return Leg(
        giver=holder,
        ends_at=ends_at,
        receiver=following.crew if following else None,
        receiver_since=following.starts_at if following else None,
    )


def _end_of_standing_in(ring: Ring, shift: Shift, since: datetime) -> datetime | None:
    back = on_at(ring.crews, since)
    returns_at = since if back else None
    if returns_at is None and (coming := coming_on(ring.crews, since)) is not None:
        returns_at = coming.starts_at
    ends = [one for one in (shift.ends_at, returns_at and returns_at + NOTICE) if one is not None]
    return min(ends, default=None)


def _following(ring: Ring, holder: Crew, ends_at: datetime) -> Shift | None:
    """Who takes over then: the freshest crew that is on, else the stand-in, else who comes on next."""
    others = _others(ring.crews, holder)
    running = on_at(others, ends_at)
    if running:
        return running[0]
    stand_in = ring.stand_in
    if stand_in is not None and stand_in.team_id != holder.team_id:
        shift = shift_at(stand_in, ends_at)
        if shift is not None:
            return shift
    return coming_on(_others(ring.everybody, holder), ends_at)


def _others(crews: Iterable[Crew], holder: Crew) -> list[Crew]:
    return [one for one in crews if one.team_id != holder.team_id]
