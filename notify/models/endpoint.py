"""A client's system that hears of what happens, by signed webhooks (X3)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    """Chainable questions to the endpoints."""

    def living(self) -> Self:
        """Those that are not removed."""
        return self.filter(removed_at__isnull=True)


class Endpoint(models.Model):
    """An address of one client's system, with the kinds of events it wants and its signing secret.

    The secret is stored sealed with the installation's key and shown once. `failures` counts failed
    tries in a row; while `resting_until` lies ahead no try is made. `previous_secret` signs too until
    `previous_until`. One of an interconnection never hears of what came by that (X2).
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="endpoints")
    contract = models.ForeignKey(
        "contracts.Contract", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    api_key = models.ForeignKey("accounts.ApiKey", null=True, on_delete=models.PROTECT, related_name="+")
    interconnection = models.ForeignKey(
        "contracts.Interconnection", null=True, blank=True, on_delete=models.PROTECT, related_name="endpoints"
    )
    url = models.CharField(max_length=500)
    label = models.CharField(max_length=120, blank=True)
    kinds = models.JSONField(default=list)
    secret = models.CharField(max_length=300)
    previous_secret = models.CharField(max_length=300, blank=True)
    previous_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    resting_until = models.DateTimeField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        """A client's endpoints in the order of making; an address stands once a client."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("client", "url"), condition=Q(removed_at__isnull=True), name="endpoint_url_once"
            ),
        )

    def __str__(self) -> str:
        """The label, else the address."""
        return self.label or self.url

    def wants(self, kind: str) -> bool:
        """Whether the endpoint hears of events of that kind; an empty list means all of them."""
        return not self.kinds or kind in self.kinds
