"""Published vulnerabilities of the products that we look after, and whom they concern (P9)."""

from __future__ import annotations

from django.db import models


class Advisory(models.Model):
    """One entry of the feed that is grave enough and about a product we know, as it was last read.

    `ranges` are the affected versions, each as `proactive.domain.cpe.Range` stores itself.
    """

    name = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=500)
    score = models.FloatField()
    published_at = models.DateTimeField()
    modified_at = models.DateTimeField()
    url = models.CharField(max_length=500, blank=True)
    ranges = models.JSONField(default=list)
    read_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first."""

        ordering = ("-published_at", "-id")

    def __str__(self) -> str:
        """Its public name."""
        return self.name


class Exposure(models.Model):
    """That an advisory concerns a client: one ticket with its environments, however often it is read."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="exposures")
    advisory = models.ForeignKey(Advisory, on_delete=models.PROTECT, related_name="exposures")
    ticket = models.ForeignKey(
        "tickets.Ticket", null=True, on_delete=models.PROTECT, related_name="exposures"
    )
    found_at = models.DateTimeField()

    class Meta:
        """An advisory concerns a client once."""

        ordering = ("-id",)
        constraints = (models.UniqueConstraint(fields=("client", "advisory"), name="exposure_once"),)

    def __str__(self) -> str:
        """What concerns whom."""
        return f"{self.advisory_id} at {self.client_id}"


class ExposedEnvironment(models.Model):
    """One environment that an advisory affects, with the version that it had then."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="environments")
    environment = models.ForeignKey("contracts.Environment", on_delete=models.PROTECT, related_name="+")
    version = models.CharField(max_length=40)
    found_at = models.DateTimeField()

    class Meta:
        """An environment stands once in the list."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("exposure", "environment"), name="exposed_environment_once"),
        )

    def __str__(self) -> str:
        """Which environment at which version."""
        return f"{self.environment_id} {self.version}"


class FeedRead(models.Model):
    """One reading of a feed: from where, how far, and what could not be read.

    `slot` is the hour in which the sweep began it: two workers do not read the same feed at once.
    """

    source = models.CharField(max_length=500)
    slot = models.DateTimeField(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    entries = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    fault_count = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    is_complete = models.BooleanField(default=False)

    class Meta:
        """The newest first; the sweep reads a feed once an hour at most."""

        ordering = ("-id",)
        constraints = (models.UniqueConstraint(fields=("source", "slot"), name="feed_read_once"),)

    def __str__(self) -> str:
        """From where and when."""
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}"
