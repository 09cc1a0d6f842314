"""What is promised and how firmly: the scale of urgency, the kinds of request, and the clocks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Commitment(StrEnum):
    """How firmly a plan's service levels are meant; reports use the plan's own word (S18)."""

    OBJECTIVE = "objective"
    GUARANTEE = "guarantee"
    BEST_EFFORTS = "best_efforts"


class Objective(StrEnum):
    """What a service level promises."""

    FIRST_RESPONSE = "first_response"
    INTERVENTION = "intervention"
    STATUS_UPDATE = "status_update"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """One step of the plan's own urgency scale, mapped to rank 1 (worst) to 4."""

    code: str
    label: str
    rank: int
    description: str
    characteristics: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestType:
    """One of the plan's own kinds of request; an incident may owe status updates and documents."""

    code: str
    label: str
    description: str = ""
    is_incident: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The time allowed for one objective, request type and urgency on one calendar.

    Exactly one of `seconds` and `business_days` is given. A business day is one full business day of the
    calendar in open time, so its seconds are known only with a contract's calendar at hand. `repeats` marks
    an interval that starts anew with every public update (S8).
    """

    objective: Objective
    request_type: str
    urgency: str
    calendar: str
    seconds: int | None = None
    business_days: int | None = None
    repeats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveRule:
    """What starts an objective's clock and which facts of a ticket's timeline meet or end it (S6 to S8).

    Facts are named as in `slo.domain.timeline`: `opened`, `public_staff_message`, `resolution_summary`,
    `work_started`, `time_logged`, `resolved`.
    """

    objective: Objective
    label: str
    starts_on: str = "opened"
    met_by: tuple[str, ...] = ()
    ends_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRule:
    """In which ticket status which objectives stop counting (S9); plans without one never pause."""

    status: str
    objectives: tuple[Objective, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedDocument:
    """A document the plan owes after an incident (root cause, post-incident investigation)."""

    kind: str
    label: str
    request_types: tuple[str, ...]
    ranks: tuple[int, ...]
    due_business_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Precondition:
    """What must be in place before the service levels apply."""

    key: str
    label: str
