"""Writes: receiving mail, sorting it, and deciding by hand; one function a use case."""

from intake.services.deciding import discard_mail, file_mail, open_ticket_of
from intake.services.fetching import fetch_mail
from intake.services.receiving import receive_mail
from intake.services.sorting import sort_mail

__all__ = ["discard_mail", "fetch_mail", "file_mail", "open_ticket_of", "receive_mail", "sort_mail"]
