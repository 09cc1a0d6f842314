"""What came in by other doors (mails, rows of other desks), and clients that leave whole."""

from intake.models.mail import Mailbox, ReceivedMail, ReceivedMailQuerySet, State
from intake.models.moving import ClientExport, ExportState, ImportedRow, RowOutcome

__all__ = [
    "ClientExport",
    "ExportState",
    "ImportedRow",
    "Mailbox",
    "ReceivedMail",
    "ReceivedMailQuerySet",
    "RowOutcome",
    "State",
]
