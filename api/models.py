"""What the API remembers by itself: answers given under an Idempotency-Key."""

from __future__ import annotations

from django.db import models


class StoredAnswer(models.Model):
    """The answer to one request that carried an Idempotency-Key, kept to be given again (fault F20).

    Stored in the transaction of the effect: there is an answer where there is an effect, and none without.
    `digest` tells whether a repeated key comes with the same method, address and body; `body` is JSON kept as
    text, in the order in which it was told.
    """

    api_key = models.ForeignKey("accounts.ApiKey", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=128)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField(null=True)
    headers = models.JSONField(default=dict)
    stored_at = models.DateTimeField()

    class Meta:
        """A key stands once with its owner; old answers are found to be forgotten."""

        constraints = (models.UniqueConstraint(fields=("api_key", "key"), name="answer_once"),)
        indexes = (models.Index(fields=("stored_at",), name="answer_by_age"),)

    def __str__(self) -> str:
        """The key and how the request ended."""
        return f"{self.key}: {self.status}"
