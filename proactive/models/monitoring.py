"""What is watched on a client's environments: monitors, keys, probes of public addresses (P8)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from proactive.domain.checks import KINDS, Check, Level, Thresholds


class Watch(models.Model):
    """That an environment is watched; its row is locked while alerts of the environment become problems."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    environment = models.OneToOneField(
        "contracts.Environment", on_delete=models.PROTECT, related_name="watch"
    )
    since = models.DateTimeField()

    class Meta:
        """In the order in which watching began."""

        ordering = ("id",)

    def __str__(self) -> str:
        """Which environment."""
        return f"Watch of {self.environment_id}"


class Monitor(models.Model):
    """One check of an environment with its own thresholds, and the level from which it opens a ticket."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    environment = models.ForeignKey(
        "contracts.Environment", on_delete=models.PROTECT, related_name="monitors"
    )
    check_name = models.CharField(max_length=16, choices=[(one.value, KINDS[one].label) for one in Check])
    warning = models.FloatField(null=True, blank=True)
    critical = models.FloatField(null=True, blank=True)
    opens_from = models.PositiveSmallIntegerField(
        choices=[(level.value, level.name.title()) for level in Level if level],
        default=Level.CRITICAL.value,
    )
    is_on = models.BooleanField(default=True)

    class Meta:
        """A check stands once an environment."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("environment", "check_name"), name="monitor_once"),)

    def __str__(self) -> str:
        """What is watched."""
        return KINDS[Check(self.check_name)].label

    @property
    def thresholds(self) -> Thresholds:
        """The values as the domain takes them."""
        return Thresholds(warning=self.warning, critical=self.critical, opens_from=Level(self.opens_from))


class MonitoringKey(models.Model):
    """The secret by which a monitoring system sends alerts of one environment; only its digest is kept."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    environment = models.ForeignKey(
        "contracts.Environment", on_delete=models.PROTECT, related_name="monitoring_keys"
    )
    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        """The name and the visible part."""
        return f"{self.name} ({self.prefix}…)"


class Probe(models.Model):
    """A public address that we call ourselves, what the last call found, and when the next one is due.

    `is_up` is empty until the first call. One failed call is not yet believed (`failures`); the certificate's
    end is read from the connection. `certificate_level` is what was last said of it, so that it is said once.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    environment = models.ForeignKey("contracts.Environment", on_delete=models.PROTECT, related_name="probes")
    url = models.CharField(max_length=500)
    due_at = models.DateTimeField()
    probed_at = models.DateTimeField(null=True)
    is_up = models.BooleanField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True)
    took_ms = models.PositiveIntegerField(null=True)
    fault = models.CharField(max_length=200, blank=True)
    certificate_ends_at = models.DateTimeField(null=True)
    certificate_level = models.PositiveSmallIntegerField(default=Level.OK.value)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """An address is probed once an environment; the sweep asks for what is due."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("environment", "url"), name="probe_once"),)
        indexes = (models.Index(fields=("due_at",), condition=Q(ended_at__isnull=True), name="probe_due"),)

    def __str__(self) -> str:
        """The address."""
        return self.url


class ProbeDay(models.Model):
    """How often an address answered on one day of UTC; what was not measured is not counted."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    probe = models.ForeignKey(Probe, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    measured = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        """One row a day."""

        ordering = ("day",)
        constraints = (
            models.UniqueConstraint(fields=("probe", "day"), name="probe_day_once"),
            models.CheckConstraint(
                condition=Q(failed__lte=models.F("measured")), name="probe_day_failed_of_measured"
            ),
        )

    def __str__(self) -> str:
        """The day and its figures."""
        return f"{self.day}: {self.measured - self.failed} of {self.measured}"
