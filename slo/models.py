"""Clocks as the fold left them, verdicts written once, and every change of a due time."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

OPEN_STATES = ("running", "paused")


class ClockState(models.TextChoices):
    """Where a clock stands (S9 to S13)."""

    RUNNING = "running", "Running"
    PAUSED = "paused", "Paused"
    MET = "met", "Met"
    MISSED = "missed", "Missed"
    EXEMPT = "exempt", "Exempt"
    CANCELLED = "cancelled", "Not counted"


class ClockQuerySet(models.QuerySet["Clock"]):
    """Chainable questions to the clocks."""

    def open(self) -> Self:
        """Those that still run or are paused."""
        return self.filter(state__in=OPEN_STATES)

    def to_check(self, at: datetime) -> Self:
        """Those in which time alone changes something by that moment, the oldest first."""
        return self.filter(check_at__lte=at).order_by("check_at")


class Clock(models.Model):
    """One objective of one ticket being measured: the projection of the fold over the ticket's events (S17).

    `due_on` is the date of due (of the start, while there is none) in the contract's zone, for the reports
    (S16). `check_at` is the next moment at which time alone changes something; empty when nothing does. A
    missed clock that is reached late keeps `missed_at` and gets `met_at`. `reason` says why it is exempt,
    cancelled or paused.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="clocks")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="clocks")
    objective = models.CharField(max_length=20)
    ordinal = models.PositiveIntegerField(default=1)
    label = models.CharField(max_length=80)
    repeats = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=ClockState.choices)
    commitment = models.CharField(max_length=16)
    plan = models.CharField(max_length=60)
    urgency = models.CharField(max_length=40)
    rank = models.PositiveSmallIntegerField()
    request_type = models.CharField(max_length=40)
    calendar = models.CharField(max_length=120, blank=True)
    calendar_digest = models.CharField(max_length=64, blank=True)
    target_seconds = models.PositiveBigIntegerField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    due_on = models.DateField()
    warn_at = models.DateTimeField(null=True)
    at_risk_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    paused_since = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    check_at = models.DateTimeField(null=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        """A clock stands once a ticket, objective and ordinal; sweeps read only what is due."""

        ordering = ("ticket", "objective", "ordinal")
        constraints = (models.UniqueConstraint(fields=("ticket", "objective", "ordinal"), name="clock_once"),)
        indexes = (
            models.Index(fields=("check_at",), condition=Q(check_at__isnull=False), name="clock_to_check"),
            models.Index(
                fields=("contract", "calendar"),
                condition=Q(state__in=OPEN_STATES),
                name="clock_open_of_contract",
            ),
            models.Index(fields=("client", "due_on"), name="clock_by_due_date"),
            models.Index(fields=("due_on",), name="clock_by_date"),
        )

    def __str__(self) -> str:
        """The objective and how it stands."""
        return f"{self.label} {self.ordinal}: {self.state}"

    @property
    def exempt_reason(self) -> str:
        """Why no time is counted; empty for clocks that count (S11)."""
        return self.reason if self.state == ClockState.EXEMPT else ""

    @property
    def is_open(self) -> bool:
        """Whether it still runs or is paused."""
        return self.state in OPEN_STATES

    @property
    def is_late_unmet(self) -> bool:
        """Whether the objective was missed once and for all and is still to be reached.

        A missed interval of updates is not: the next one runs from its due time on (S8).
        """
        return self.state == ClockState.MISSED and self.met_at is None and not self.repeats


class VerdictKind(models.TextChoices):
    """What is said of a clock exactly once."""

    AT_RISK = "at_risk", "At risk"
    MET = "met", "Met"
    MISSED = "missed", "Missed"


class Verdict(models.Model):
    """That a clock was at risk, met or missed: written once, by constraint, and never changed (S13, S14)."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="verdicts")
    kind = models.CharField(max_length=8, choices=VerdictKind.choices)
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        """Each kind stands once a clock, and a clock is either met or missed."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("clock", "kind"), name="verdict_once"),
            models.UniqueConstraint(
                fields=("clock",), condition=Q(kind__in=("met", "missed")), name="verdict_met_or_missed"
            ),
        )

    def __str__(self) -> str:
        """What is said, and when it was so."""
        return f"{self.kind} at {self.at}"


class DueChange(models.Model):
    """One change of a clock's due time with its reason (S15); empty `after` while it is paused."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="due_changes")
    at = models.DateTimeField()
    before = models.DateTimeField(null=True)
    after = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300)

    class Meta:
        """In the order in which they came."""

        ordering = ("id",)

    def __str__(self) -> str:
        """From when to when."""
        return f"{self.before} to {self.after}"
