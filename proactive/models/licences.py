"""Licence reviews: what is bought and used of each product, and what to do before the renewal (P4)."""

from __future__ import annotations

from django.db import models

from proactive.domain.licences import Use, advice
from proactive.models.papers import Paper


class LicenceReview(Paper):
    """A look at the licences of a contract's products, ahead of the day on which they renew."""

    renewal_on = models.DateField()


class LicenceLine(models.Model):
    """One product: licences bought, given out, used in the last 90 days, and expected at the renewal.

    `used_before` is what was given out at the last published look, where there was one.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(LicenceReview, on_delete=models.PROTECT, related_name="lines")
    product = models.CharField(max_length=120)
    entitled = models.PositiveIntegerField()
    used = models.PositiveIntegerField()
    active = models.PositiveIntegerField()
    used_before = models.PositiveIntegerField(null=True)
    forecast = models.PositiveIntegerField()
    note = models.TextField(blank=True)

    class Meta:
        """A product stands once in a review."""

        ordering = ("product",)
        constraints = (models.UniqueConstraint(fields=("review", "product"), name="licence_line_once"),)

    def __str__(self) -> str:
        """The product."""
        return self.product

    @property
    def use(self) -> Use:
        """The figures as the rules see them."""
        return Use(entitled=self.entitled, used=self.used, active=self.active, forecast=self.forecast)

    @property
    def advice(self) -> str:
        """What could be done."""
        return advice(self.use)
