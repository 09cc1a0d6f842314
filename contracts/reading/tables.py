"""The small tables of a plan file: what each may hold, and of which kind.

They stand nearer to the hand that writes the file than the frozen values of `contracts.domain.plan`: lengths
of time are written `30m` or `8h`, prices `{GBP = "3500.00"}`. Unknown keys are refused everywhere.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from contracts.reading import amounts

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Prices = dict[Currency, Annotated[int, BeforeValidator(amounts.minor_units)]]
Within = Annotated[amounts.Within, BeforeValidator(amounts.within)]
Seconds = Annotated[int, BeforeValidator(amounts.seconds)]
WorkMinutes = Annotated[int, BeforeValidator(amounts.work_minutes)]
Rank = Annotated[int, Field(ge=1, le=4)]
Objective = Literal["first_response", "intervention", "status_update", "resolution"]
Fact = Literal[
    "opened", "public_staff_message", "resolution_summary", "work_started", "time_logged", "resolved"
]
Status = Literal["new", "in_progress", "waiting_on_client", "waiting_on_vendor", "scheduled"]


def _once(values: list[Any]) -> list[Any]:
    if len(set(values)) != len(values):
        raise ValueError("each entry stands once")
    return values


Keys = Annotated[list[Key], AfterValidator(_once)]


class Table(BaseModel):
    """Any table of a plan file: typed strictly, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class UrgencyTable(Table):
    """`[[urgencies]]`."""

    code: Key
    label: Text
    rank: Rank
    description: Text
    characteristics: list[Text] = []
    example: str = ""


class RequestTypeTable(Table):
    """`[[request_types]]`."""

    code: Key
    label: Text
    description: str = ""
    is_incident: bool = False


class TargetTable(Table):
    """`[[targets]]`: one objective for some request types on one calendar, with a time for each urgency."""

    objective: Objective
    request_types: Keys
    calendar: Key
    repeats: bool = False
    within: dict[Key, Within]


class ObjectiveTable(Table):
    """`[[objectives]]`."""

    objective: Objective
    label: Text
    starts_on: Fact = "opened"
    met_by: list[Fact] = []
    ends_on: list[Fact] = []


class PauseTable(Table):
    """`[[pauses]]`."""

    status: Status
    objectives: list[Objective]
    reason: Text


class PackTable(Table):
    """`[[hours.packs]]`."""

    key: Key
    label: Text
    work: WorkMinutes
    prices: Prices
    expires_after_months: Annotated[int, Field(ge=1)] | None = None


class HoursTable(Table):
    """`[hours]`."""

    model: Literal["none", "reserved", "prepaid"]
    increment: WorkMinutes = 15
    periods: list[Literal["month", "quarter", "year"]] = []
    rollover_periods: Annotated[int, Field(ge=0)] = 0
    packs: list[PackTable] = []
    drawing: Keys = []
    free: Keys = []
    warn_at_percent: list[Annotated[int, Field(ge=1, le=100)]] = [75, 90, 100]


class ContactsTable(Table):
    """`[contacts]`."""

    named_slots: Annotated[int, Field(ge=1)]
    partner_add_on: str = ""
    partner_own_slots: Annotated[int, Field(ge=0)] = 0
    partner_slots: Annotated[int, Field(ge=0)] = 0
    partner_pattern: str = ""
    partner_example: str = ""
    same_domain: bool = True
    shared_mailboxes: bool = False


class ProductLimitTable(Table):
    """`[[coverage.weekend_limits]]`."""

    product: Text
    cover: Literal["excluded", "limited"]
    worst_ranks: list[Rank] = []


class CoverageTable(Table):
    """`[coverage]`."""

    dedicated_calendar: str = ""
    weekend_note: str = ""
    weekend_limits: list[ProductLimitTable] = []
    warm_handoff_ranks: list[Rank] = []
    booking_notice_days: Annotated[int, Field(ge=0)] | None = None
    phone: str = ""


class TierTable(Table):
    """`[[escalation.tiers]]`."""

    level: Annotated[int, Field(ge=1)]
    label: Text
    acknowledge: Seconds


class EscalationTable(Table):
    """`[escalation]`."""

    triggers: Keys = []
    automatic_ranks: list[Rank] = [1, 2]
    tiers: list[TierTable] = []
    development_priority: Annotated[int, Field(ge=0)] = 0


class OnboardingTable(Table):
    """`[[onboarding]]`."""

    key: Key
    label: Text
    owner: Literal["provider", "client"]
    day: Annotated[int, Field(ge=0)]


class ResponsibilityTable(Table):
    """`[[responsibilities]]`."""

    group: Text
    items: list[Text]


class DocumentTable(Table):
    """`[[documents]]`."""

    kind: Key
    label: Text
    request_types: Keys
    ranks: list[Rank]
    due_business_days: Annotated[int, Field(ge=1)]


class PreconditionTable(Table):
    """`[[preconditions]]`."""

    key: Key
    label: Text


class RuleTemplateTable(Table):
    """`[[rule_templates]]`."""

    key: Key
    title: Text
    body: Text


class TermTable(Table):
    """`[[terms]]`."""

    key: Key
    text: Text


class EditionTable(Table):
    """`[[editions]]`."""

    number: Text
    published_on: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    note: str = ""
