"""How staff work together: views of the queue, canned replies, and who is at a ticket at this moment."""

from __future__ import annotations

from django.db import models


class SavedView(models.Model):
    """A way to look at the queue that somebody keeps under a name, shared with a team or not.

    It holds filters alone. What it shows depends on who looks: a colleague sees their own clients through it.
    """

    owner = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """In the order that the owner chose; a name stands once an owner."""

        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("owner", "name"), name="view_named_once"),)

    def __str__(self) -> str:
        """Its name."""
        return self.name


class CannedReply(models.Model):
    """A text that is sent again and again, with variables in double braces; shared with a team or not."""

    owner = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=80)
    body = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        """By title; a title stands once an owner."""

        ordering = ("title", "id")
        constraints = (models.UniqueConstraint(fields=("owner", "title"), name="canned_titled_once"),)

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Presence(models.Model):
    """That a member of staff had a ticket open at `seen_at`; it counts for less than a minute.

    Whether they write is told by their draft, which their page saves while they type.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        """One row a person and ticket; the old ones are swept away."""

        constraints = (models.UniqueConstraint(fields=("ticket", "person"), name="present_once"),)
        indexes = (models.Index(fields=("seen_at",), name="presence_by_age"),)

    def __str__(self) -> str:
        """Who is where."""
        return f"{self.person_id} at {self.ticket_id}"
