"""Reading what came in by other doors."""

from intake.queries.mail import failing_mailboxes, held_count, mail_for, oldest_unread_at, visible_to

__all__ = ["failing_mailboxes", "held_count", "mail_for", "oldest_unread_at", "visible_to"]
