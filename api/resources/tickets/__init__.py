"""`/tickets`: the work; the list, one ticket, and what both are told as."""

from api.resources.tickets.listing import TicketList
from api.resources.tickets.one import OneTicket
from api.resources.tickets.shapes import TICKET

__all__ = ["TICKET", "OneTicket", "TicketList"]
