"""The receipts of incoming mail, and the mailboxes that it is fetched from."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from intake.domain.sorting import WORDS, Ground


class Mailbox(models.Model):
    """A folder on a mail server, and how the last look into it went.

    `failing_since` is when it could first not be read and has not been since; what lies there unread is as
    old as that at most.
    """

    name = models.CharField(max_length=250, unique=True)
    looked_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        """Whose folder on which server."""
        return self.name


class State(models.TextChoices):
    """Where a mail stands; the first is still to be read, the second waits for a person."""

    WAITING = "waiting", "Not read yet"
    HELD = "held", "Waits for a decision"
    REPLY = "reply", "Joined its ticket"
    TICKET = "ticket", "Opened a ticket"
    BOUNCE = "bounce", "Delivery report"
    AUTOMATIC = "automatic", "Set aside"
    DISCARDED = "discarded", "Discarded"


class ReceivedMailQuerySet(models.QuerySet["ReceivedMail"]):
    """Chainable questions to the receipts."""

    def due(self, at: datetime) -> Self:
        """Those to read now."""
        return self.filter(state=State.WAITING, due_at__lte=at)

    def held(self) -> Self:
        """Those that wait for a person."""
        return self.filter(state=State.HELD)

    def open_to_decide(self) -> Self:
        """Those that a person can still file, open as a ticket or discard."""
        return self.filter(state__in=(State.HELD, State.AUTOMATIC))


class ReceivedMail(models.Model):
    """The receipt of one mail: whose it says to be, when we durably had it (S1), and what became of it.

    The mail itself lies as it came under `path`, outside the database. One mail has one receipt, however
    often and by whatever way it is fetched (F19); `mail_id` is its Message-ID. `person` and `client` are set
    only where they are known; `hint` is the ticket that it seems to be about. `due_at` is when it is to be
    read, or when a claim runs out.
    """

    id = models.BigAutoField(primary_key=True)
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="mails")
    uid = models.BigIntegerField(default=0)
    mail_id = models.CharField(max_length=250, blank=True)
    digest = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    is_whole = models.BooleanField(default=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    ground = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    sender = models.CharField(max_length=320, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    file_names = models.JSONField(default=list)
    client = models.ForeignKey("accounts.Client", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    hint = models.ForeignKey("tickets.Ticket", null=True, on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", null=True, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey("tickets.Message", null=True, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey("notify.Delivery", null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    objects = ReceivedMailQuerySet.as_manager()

    class Meta:
        """A mail is received once a mailbox; what waits and what is held have their indexes."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("mailbox", "mail_id", "digest"), name="mail_received_once"),
            models.CheckConstraint(
                condition=Q(state="waiting", due_at__isnull=False)
                | Q(~Q(state="waiting"), due_at__isnull=True),
                name="mail_waiting_is_due",
            ),
        )
        indexes = (
            models.Index(fields=("due_at", "id"), condition=Q(state="waiting"), name="mail_to_read"),
            models.Index(fields=("id",), condition=Q(state="held"), name="mail_held"),
            models.Index(fields=("state", "-id"), name="mail_by_state"),
            models.Index(
                fields=("person", "received_at"), condition=Q(person__isnull=False), name="mail_of_person"
            ),
        )

    def __str__(self) -> str:
        """From whom, and how it stands."""
        return f"{self.sender or 'unknown'}: {self.state}"

    @property
    def why(self) -> str:
        """Why it waits for a person or was set aside, as a sentence; empty for what went its way."""
        known = self.ground in Ground.__members__.values()
        return WORDS[Ground(self.ground)] if known else ""
