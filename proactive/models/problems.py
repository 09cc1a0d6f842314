"""What monitoring told us: receipts in raw form, alerts, and the problems that they amount to (P8)."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from proactive.domain.checks import KINDS, Check, Level
from proactive.domain.problems import Standing
from proactive.domain.signals import NAME_LIMIT, TEXT_LIMIT
from proactive.models.monitoring import MonitoringKey

_CHECKS = [(one.value, KINDS[one].label) for one in Check]
_LEVELS = [(level.value, level.name.title()) for level in Level]


class Receipt(models.Model):
    """One message to a door, in its raw form; `fault` says why nobody could read it."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    environment = models.ForeignKey("contracts.Environment", on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(MonitoringKey, on_delete=models.PROTECT, related_name="receipts")
    source = models.CharField(max_length=16)
    received_at = models.DateTimeField()
    body = models.TextField()
    fault = models.CharField(max_length=500, blank=True)

    class Meta:
        """In the order of arrival."""

        ordering = ("id",)
        indexes = (
            models.Index(fields=("environment", "id"), condition=~Q(fault=""), name="receipt_refused"),
        )

    def __str__(self) -> str:
        """Where it came from and when."""
        return f"{self.source} {self.received_at:%Y-%m-%d %H:%M:%S}"


class Outcome(models.TextChoices):
    """What became of an alert."""

    PENDING = "pending", "Not looked at yet"
    FIRING = "firing", "Counted on its problem"
    RECOVERED = "recovered", "Ended its problem"
    BELOW = "below", "Under the threshold"
    NOTED = "noted", "Kept; changes nothing"
    OFF = "off", "This check is switched off"


class Alert(models.Model):
    """One thing said about one check of an environment; `at` is when we heard it (S1)."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    environment = models.ForeignKey("contracts.Environment", on_delete=models.PROTECT, related_name="alerts")
    receipt = models.ForeignKey(Receipt, null=True, on_delete=models.PROTECT, related_name="alerts")
    source = models.CharField(max_length=16)
    fingerprint = models.CharField(max_length=40)
    name = models.CharField(max_length=NAME_LIMIT)
    check_name = models.CharField(max_length=16, choices=_CHECKS)
    stated = models.PositiveSmallIntegerField(choices=_LEVELS)
    value = models.FloatField(null=True)
    text = models.CharField(max_length=TEXT_LIMIT, blank=True)
    is_news = models.BooleanField(default=True)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.PENDING)

    class Meta:
        """What waits is found by environment; a problem's alerts by its fingerprint."""

        ordering = ("id",)
        indexes = (
            models.Index(fields=("environment", "id"), condition=Q(outcome="pending"), name="alert_pending"),
            models.Index(fields=("environment", "fingerprint", "id"), name="alert_of_problem"),
        )

    def __str__(self) -> str:
        """What it says."""
        return f"{self.name}: {self.get_stated_display()}"


class Problem(models.Model):
    """What all alerts of one fingerprint amount to: one ticket, a count, and whether it is over (P8).

    `silent` says why it has no ticket: announced maintenance, a contract that is over. With `in_storm` it
    shares the one ticket of many problems at once. `ended_at` closes it: the next alert begins another one.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="problems")
    environment = models.ForeignKey(
        "contracts.Environment", on_delete=models.PROTECT, related_name="problems"
    )
    fingerprint = models.CharField(max_length=40)
    source = models.CharField(max_length=16)
    name = models.CharField(max_length=NAME_LIMIT)
    check_name = models.CharField(max_length=16, choices=_CHECKS)
    level = models.PositiveSmallIntegerField(choices=_LEVELS)
    count = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    recovered_at = models.DateTimeField(null=True)
    turns = models.JSONField(default=list)
    is_flapping = models.BooleanField(default=False)
    text = models.CharField(max_length=TEXT_LIMIT, blank=True)
    value = models.FloatField(null=True)
    ticket = models.ForeignKey("tickets.Ticket", null=True, on_delete=models.PROTECT, related_name="problems")
    in_storm = models.BooleanField(default=False)
    silent = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Of one kind there is one at a time; the sweep asks for those that are not over."""

        ordering = ("-last_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("environment", "fingerprint"),
                condition=Q(ended_at__isnull=True),
                name="problem_once",
            ),
        )
        indexes = (
            models.Index(fields=("client", "-last_at", "-id"), name="problem_of_client"),
            models.Index(fields=("last_at",), condition=Q(ended_at__isnull=True), name="problem_living"),
            models.Index(fields=("ticket",), name="problem_of_ticket"),
        )

    def __str__(self) -> str:
        """Which check of what."""
        return self.name

    @property
    def standing(self) -> Standing:
        """Where it stands, as the domain takes it."""
        return Standing(
            first_at=self.first_at,
            last_at=self.last_at,
            level=Level(self.level),
            count=self.count,
            recovered_at=self.recovered_at,
            turns=tuple(datetime.fromisoformat(turn) for turn in self.turns),
            is_flapping=self.is_flapping,
            text=self.text,
            value=self.value,
        )

    def stand(self, standing: Standing) -> None:
        """Take over where it stands now; storing it is the caller's."""
        self.last_at, self.level, self.count = standing.last_at, standing.level.value, standing.count
        self.recovered_at, self.is_flapping = standing.recovered_at, standing.is_flapping
        self.turns = [turn.isoformat() for turn in standing.turns]
        self.text, self.value = standing.text, standing.value


#: The columns that `Problem.stand` sets.
STANDING_COLUMNS = ("last_at", "level", "count", "recovered_at", "is_flapping", "turns", "text", "value")
