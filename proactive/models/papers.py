"""What every written piece of proactive work has: its client and contract, a draft, a published state."""

from __future__ import annotations

from django.db import models


class Paper(models.Model):
    """A report that staff write and the client reads once it is published.

    Published ones are not written again. `occurrence` is the delivery that it fulfils, where there is one.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="%(class)ss")
    occurrence = models.OneToOneField(
        "proactive.Occurrence", null=True, on_delete=models.PROTECT, related_name="%(class)s"
    )
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    author = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first."""

        abstract = True
        ordering = ("-begun_at", "-id")

    def __str__(self) -> str:
        """The title."""
        return self.title

    @property
    def is_published(self) -> bool:
        """Whether the client reads it."""
        return self.published_at is not None
