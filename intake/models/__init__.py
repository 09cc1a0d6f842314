"""What came in by other doors: mails with their receipts, and the mailboxes that they were fetched from."""

from intake.models.mail import Mailbox, ReceivedMail, ReceivedMailQuerySet, State

__all__ = ["Mailbox", "ReceivedMail", "ReceivedMailQuerySet", "State"]
