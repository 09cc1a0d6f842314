"""What happens to plans, contracts, calendars, windows and golden rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from events.domain.event import Event


@dataclass(frozen=True, kw_only=True)
class PlanLoaded(Event):
    """A plan file was read as a new version."""

    kind: ClassVar[str] = "plan.loaded"
    subject_type: ClassVar[str] = "plan_version"
    key: str
    number: int


@dataclass(frozen=True, kw_only=True)
class ContractOpened(Event):
    """A client subscribed to a plan."""

    kind: ClassVar[str] = "contract.opened"
    subject_type: ClassVar[str] = "contract"
    plan: str
    version: int


@dataclass(frozen=True, kw_only=True)
class ContractAmended(Event):
    """A value of the plan was agreed otherwise with one client."""

    kind: ClassVar[str] = "contract.amended"
    subject_type: ClassVar[str] = "contract"
    path: str
    value: Any
    reason: str


@dataclass(frozen=True, kw_only=True)
class ContractMoved(Event):
    """A running contract was moved to another version of its plan."""

    kind: ClassVar[str] = "contract.moved"
    subject_type: ClassVar[str] = "contract"
    before: int
    after: int
    changed: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Event):
    """A business calendar reads otherwise from now on; open clocks are computed anew (S14)."""

    kind: ClassVar[str] = "calendar.changed"
    subject_type: ClassVar[str] = "calendar"
    number: int


@dataclass(frozen=True, kw_only=True)
class WindowAnnounced(Event):
    """A maintenance window was announced; `excludes` is false when it had begun already (S11)."""

    kind: ClassVar[str] = "window.announced"
    subject_type: ClassVar[str] = "environment"
    window_id: int
    starts_at: str
    ends_at: str
    excludes: bool


@dataclass(frozen=True, kw_only=True)
class ContactNamed(Event):
    """A contact holds one of the contract's slots from now on."""

    kind: ClassVar[str] = "contact.named"
    subject_type: ClassVar[str] = "contract"
    person_id: int
    replaces_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ContactReleased(Event):
    """A contact no longer holds a slot of the contract."""

    kind: ClassVar[str] = "contact.released"
    subject_type: ClassVar[str] = "contract"
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ContractSettled(Event):
    """Facts of a contract were set: add-ons, thresholds, numbers, people; `changed` has before and after."""

    kind: ClassVar[str] = "contract.settled"
    subject_type: ClassVar[str] = "contract"
    changed: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class WindowCancelled(Event):
    """An announced maintenance window was called off; what of it had passed stays excluded."""

    kind: ClassVar[str] = "window.cancelled"
    subject_type: ClassVar[str] = "environment"
    window_id: int


@dataclass(frozen=True, kw_only=True)
class PreconditionMet(Event):
    """A precondition of the plan was shown to be in place."""

    kind: ClassVar[str] = "precondition.met"
    subject_type: ClassVar[str] = "contract"
    key: str


@dataclass(frozen=True, kw_only=True)
class EnvironmentAdded(Event):
    """An instance came under the contract."""

    kind: ClassVar[str] = "environment.added"
    subject_type: ClassVar[str] = "environment"
    name: str
    product: str
    is_production: bool


@dataclass(frozen=True, kw_only=True)
class EnvironmentChanged(Event):
    """What is known of an instance changed; `changed` has before and after by field."""

    kind: ClassVar[str] = "environment.changed"
    subject_type: ClassVar[str] = "environment"
    changed: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class EnvironmentRetired(Event):
    """An instance left the contract."""

    kind: ClassVar[str] = "environment.retired"
    subject_type: ClassVar[str] = "environment"


@dataclass(frozen=True, kw_only=True)
class SopProposed(Event):
    """One side proposed a wording of a golden rule."""

    kind: ClassVar[str] = "sop.proposed"
    subject_type: ClassVar[str] = "sop"
    number: int
    by_client: bool


@dataclass(frozen=True, kw_only=True)
class SopAgreed(Event):
    """One side agreed to a wording; `in_force` is true when both now have."""

    kind: ClassVar[str] = "sop.agreed"
    subject_type: ClassVar[str] = "sop"
    number: int
    by_client: bool
    in_force: bool


@dataclass(frozen=True, kw_only=True)
class SopDeclined(Event):
    """One side declined a wording; the one in force stays."""

    kind: ClassVar[str] = "sop.declined"
    subject_type: ClassVar[str] = "sop"
    number: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class OnboardingStepDone(Event):
    """A line of the onboarding checklist was ticked off."""

    kind: ClassVar[str] = "onboarding.step_done"
    subject_type: ClassVar[str] = "contract"
    key: str


@dataclass(frozen=True, kw_only=True)
class OnboardingStepWaiting(Event):
    """A step waits for the client from now on, or goes on again; the waited time moves its due date."""

    kind: ClassVar[str] = "onboarding.step_waiting"
    subject_type: ClassVar[str] = "contract"
    key: str
    is_waiting: bool


@dataclass(frozen=True, kw_only=True)
class OnboardingFinished(Event):
    """The last step is done and onboarding is over.

    `days` count from the contract's first day, `waited_seconds` is the longest that one step waited for the
    client; both can be seen apart.
    """

    kind: ClassVar[str] = "onboarding.finished"
    subject_type: ClassVar[str] = "contract"
    steps: int
    days: int
    waited_seconds: int


@dataclass(frozen=True, kw_only=True)
class EngineerCleared(Event):
    """An engineer may work for a contract that restricts who does."""

    kind: ClassVar[str] = "clearance.given"
    subject_type: ClassVar[str] = "contract"
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ClearanceEnded(Event):
    """An engineer may no longer work for the contract."""

    kind: ClassVar[str] = "clearance.ended"
    subject_type: ClassVar[str] = "contract"
    person_id: int


@dataclass(frozen=True, kw_only=True)
class InterconnectionRequested(Event):
    """A client wants its own ticketing system joined to this desk."""

    kind: ClassVar[str] = "interconnection.requested"
    subject_type: ClassVar[str] = "interconnection"
    name: str
    contract_id: int


@dataclass(frozen=True, kw_only=True)
class InterconnectionAssessed(Event):
    """Staff said whether it can be done and is safe, and what work it takes; earlier agreement lapsed."""

    kind: ClassVar[str] = "interconnection.assessed"
    subject_type: ClassVar[str] = "interconnection"
    name: str
    feasibility: str
    security: str
    estimate_minutes: int


@dataclass(frozen=True, kw_only=True)
class InterconnectionAgreed(Event):
    """One side agreed; `in_force` is true when both now have."""

    kind: ClassVar[str] = "interconnection.agreed"
    subject_type: ClassVar[str] = "interconnection"
    name: str
    by_client: bool
    in_force: bool


@dataclass(frozen=True, kw_only=True)
class InterconnectionMapped(Event):
    """Fields, urgencies or states are told apart in another way from now on; `what` names the tables."""

    kind: ClassVar[str] = "interconnection.mapped"
    subject_type: ClassVar[str] = "interconnection"
    name: str
    what: list[str]


@dataclass(frozen=True, kw_only=True)
class InterconnectionEnded(Event):
    """It is declined, or over: its keys open nothing any more."""

    kind: ClassVar[str] = "interconnection.ended"
    subject_type: ClassVar[str] = "interconnection"
    name: str
    reason: str
    by_client: bool
