"""Contracts and what was agreed with one client beyond its plan."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from contracts.models.calendars import BusinessCalendar
from contracts.models.plans import PlanVersion


class ContractQuerySet(models.QuerySet["Contract"]):
    """Chainable questions to contracts."""

    def in_force(self, on: date) -> Self:
        """Those that have begun and not ended on that date; the last day counts."""
        return self.filter(starts_on__lte=on).exclude(ends_on__lt=on)

    def with_terms(self) -> Self:
        """With client, plan version and amendments at hand, but without the long plan body."""
        return (
            self.select_related("client", "plan_version", "calendar")
            .defer("plan_version__body")
            .prefetch_related("amendments")
        )


class Contract(models.Model):
    """One client's subscription to one version of one plan, with its dates and everything agreed around it.

    `switches` turns the plan's automatic acts off (`automatic_escalation`: false); `counted_channels` lists
    channels that count here although the plan exempts them; `programme_counts` says how many health
    assessments and reviews a year were bought (*per contract*); `contact_domains` are the client's own mail
    domains; `phone_numbers` lists region, number and hours.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="contracts")
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="contracts")
    name = models.CharField(max_length=120)
    reference = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    calendar = models.ForeignKey(BusinessCalendar, on_delete=models.PROTECT, related_name="contracts")
    add_ons = models.JSONField(default=list)
    regions = models.JSONField(default=list)
    contact_domains = models.JSONField(default=list)
    phone_numbers = models.JSONField(default=list)
    csm = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    account_executive = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dedicated_team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    standard_team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    hours_period = models.CharField(max_length=8, blank=True)
    hours_per_period_minutes = models.PositiveIntegerField(default=0)
    rollover_periods = models.PositiveSmallIntegerField(default=0)
    overage_reauth_minutes = models.PositiveIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="GBP")
    counted_channels = models.JSONField(default=list)
    programme_counts = models.JSONField(default=dict)
    resolution_thresholds = models.JSONField(default=dict)
    switches = models.JSONField(default=dict)
    outcomes = models.JSONField(default=list)
    access_requirements = models.JSONField(default=dict)
    restricts_engineers = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = ContractQuerySet.as_manager()

    class Meta:
        """A contract does not end before it starts."""

        ordering = ("client", "-starts_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="contract_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        """The name people know."""
        return self.name


class Amendment(models.Model):
    """A value agreed with one client that overlays its plan: path, value, reason, both sides."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="amendments")
    path = models.CharField(max_length=200)
    value = models.JSONField()
    reason = models.TextField()
    agreed_by_client = models.CharField(max_length=200)
    agreed_by_provider = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()

    class Meta:
        """Later amendments of a path win."""

        ordering = ("id",)

    def __str__(self) -> str:
        """What is amended."""
        return f"{self.path} of {self.contract}"


class PreconditionProof(models.Model):
    """That a precondition of the plan is in place: what shows it, and since when."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="preconditions")
    key = models.SlugField(max_length=60)
    proof = models.TextField()
    met_on = models.DateField()

    class Meta:
        """A precondition is proved once a contract."""

        constraints = (models.UniqueConstraint(fields=("contract", "key"), name="precondition_once"),)

    def __str__(self) -> str:
        """Which precondition."""
        return self.key
