"""Writes: receiving mail, sorting it, deciding by hand, taking tickets over; one function a use case."""

from intake.services.deciding import discard_mail, file_mail, open_ticket_of
from intake.services.exchanging import Taken, read_theirs, take_over
from intake.services.exporting import ask_for_export, fetch_export, make_due_exports
from intake.services.fetching import fetch_mail
from intake.services.importing import counted, import_rows
from intake.services.receiving import receive_mail
from intake.services.sorting import sort_mail

__all__ = [
    "Taken",
    "ask_for_export",
    "counted",
    "discard_mail",
    "fetch_export",
    "fetch_mail",
    "file_mail",
    "import_rows",
    "make_due_exports",
    "open_ticket_of",
    "read_theirs",
    "receive_mail",
    "sort_mail",
    "take_over",
]
