"""Plan versions: the immutable states of plan files that contracts are signed under."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    """Chainable questions to the catalogue."""

    def newest(self) -> Self:
        """The newest version of each plan."""
        later = PlanVersion.objects.filter(key=OuterRef("key"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))


class PlanVersion(models.Model):
    """One immutable version of a plan file; running contracts keep the version they were signed under."""

    key = models.SlugField(max_length=60)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    family = models.SlugField(max_length=60)
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        """A version number stands once a plan; the newest comes first."""

        ordering = ("key", "-number")
        constraints = (models.UniqueConstraint(fields=("key", "number"), name="plan_version_once"),)

    def __str__(self) -> str:
        """The title and the version."""
        return f"{self.title}, version {self.number}"
