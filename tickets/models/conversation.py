"""What is said on a ticket: immutable messages, files, and drafts that are not sent yet."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q


class Visibility(models.TextChoices):
    """Who may read a message: the client too, or staff alone."""

    PUBLIC = "public", "Public"
    INTERNAL = "internal", "Internal"


class MessageKind(models.TextChoices):
    """What sort of message it is; calls are logged with people and minutes."""

    DESCRIPTION = "description", "Description"
    REPLY = "reply", "Reply"
    NOTE = "note", "Internal note"
    RESOLUTION = "resolution", "Resolution summary"
    CALL = "call", "Call"
    AUTOMATIC = "automatic", "Automatic message"


class MessageQuerySet(models.QuerySet["Message"]):
    """Chainable questions to the conversation."""

    def public(self) -> Self:
        """What the client may read."""
        return self.filter(visibility=Visibility.PUBLIC)


class Message(models.Model):
    """One immutable message; a correction is a new one, a redaction leaves its mark.

    `author_kind` is `contact`, `staff`, `integration` or `system`. Bodies are Markdown, sanitised when shown.
    `quoted` is what a mail quoted below the words, as plain text: shown on demand.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=12, choices=MessageKind.choices)
    visibility = models.CharField(max_length=8, choices=Visibility.choices)
    author = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    author_kind = models.CharField(max_length=12)
    author_name = models.CharField(max_length=200)
    body = models.TextField()
    quoted = models.TextField(blank=True, db_default="")
    at = models.DateTimeField()
    call_people = models.CharField(max_length=300, blank=True)
    call_minutes = models.PositiveIntegerField(null=True)
    redacted_at = models.DateTimeField(null=True)
    submission_id = models.CharField(max_length=64, null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        """Oldest first within the ticket; one form sent twice makes one message."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("ticket", "submission_id"), name="message_submission_once"),
        )
        indexes = (models.Index(fields=("ticket", "visibility", "id"), name="message_of_ticket"),)

    def __str__(self) -> str:
        """Whose message on what."""
        return f"{self.author_name} on {self.ticket_id}"


class Attachment(models.Model):
    """A file: stored under a random name outside the database, read through a permission check alone.

    Until it is sent with a message (`message` is empty) it is bound to who, or which key, uploaded it.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey(
        "tickets.Ticket", null=True, on_delete=models.PROTECT, related_name="attachments"
    )
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="attachments")
    uploaded_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_by_key = models.ForeignKey(
        "accounts.ApiKey", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200, unique=True)
    uploaded_at = models.DateTimeField()

    class Meta:
        """Files in the order of upload."""

        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("uploaded_at",), condition=Q(message__isnull=True), name="attachment_unsent"
            ),
        )

    def __str__(self) -> str:
        """The name that the uploader gave."""
        return self.name


class Draft(models.Model):
    """What somebody has typed on a ticket, or on a new one, and not sent yet."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", null=True, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    visibility = models.CharField(max_length=8, choices=Visibility.choices)
    body = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        """One draft a person, ticket and visibility; one of a new ticket a person and client."""

        constraints = (
            models.UniqueConstraint(fields=("person", "ticket", "visibility"), name="draft_once"),
            models.UniqueConstraint(
                fields=("person", "client"), condition=Q(ticket__isnull=True), name="draft_of_new_once"
            ),
        )

    def __str__(self) -> str:
        """Whose draft on what."""
        return f"{self.person_id} on {self.ticket_id}"
