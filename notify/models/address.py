"""Addresses that take no mail: found out by mails that came back."""

from __future__ import annotations

from django.db import models


class DeadAddress(models.Model):
    """An address to which nothing is sent any more, since when and why; in lower case (F10)."""

    address = models.EmailField(max_length=254, unique=True)
    since = models.DateTimeField()
    reason = models.CharField(max_length=300)
    delivery = models.ForeignKey("notify.Delivery", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """In the order of finding out."""

        ordering = ("id",)

    def __str__(self) -> str:
        """The address."""
        return self.address
