"""What the work is done on: environments, and the windows announced for them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from contracts.models.contract import Contract


class Environment(models.Model):
    """An instance of a product that the client runs: what the work is done on."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="environments")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="environments")
    name = models.CharField(max_length=120)
    product = models.CharField(max_length=80)
    version = models.CharField(max_length=40, blank=True)
    deployment = models.CharField(max_length=40, blank=True)
    is_production = models.BooleanField(default=True)
    operating_system = models.CharField(max_length=80, blank=True)
    database = models.CharField(max_length=80, blank=True)
    plug_ins = models.JSONField(default=list)
    public_urls = models.JSONField(default=list)
    maintenance_ends_on = models.DateField(null=True, blank=True)
    is_supported = models.BooleanField(default=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """An environment's name stands once a contract."""

        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("contract", "name"), name="environment_name_once"),)

    def __str__(self) -> str:
        """The name people know."""
        return self.name


class MaintenanceWindow(models.Model):
    """A window announced for an environment, with who was told and when (S11).

    One announced after it began is kept and excludes nothing: `excludes` is false.
    """

    environment = models.ForeignKey(Environment, on_delete=models.PROTECT, related_name="windows")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    announced_at = models.DateTimeField()
    announced_by = models.CharField(max_length=200)
    told = models.JSONField(default=list)
    summary = models.CharField(max_length=300)
    excludes = models.BooleanField(default=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A window ends after it starts."""

        ordering = ("starts_at",)
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="window_ends_after_start"),
        )

    def __str__(self) -> str:
        """What is done."""
        return self.summary
