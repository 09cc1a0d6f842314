"""A desk with a month of work behind it, and the browsers of its people."""

from django.test import Client

from accounts.models import Person
from tests.factories import MONDAY, Desk, actor_of, make_desk
from tests.factories.work import make_ticket, reply
from tests.slo.reading import after
from tickets.services import change_status

MARCH = "from=2026-03-01&to=2026-03-31"
"""The month of the work, as the report is asked for it."""


def signed_in(person: Person) -> Client:
    """The browser of somebody who has signed in."""
    browser = Client()
    browser.force_login(person)
    return browser


def worked_desk(key: str = "ACME") -> Desk:
    """Six tickets: two answered in time, one late, one exempt, one withdrawn, one still running."""
    desk = make_desk(key)
    tickets = [make_ticket(desk.contract, requester=desk.poc) for _ in range(4)]
    make_ticket(desk.contract, requester=desk.poc, channel="email")
    make_ticket(desk.contract, requester=desk.poc, urgency="low")
    for ticket, minutes in zip(tickets, (5, 10, 45), strict=False):
        reply(ticket, desk.engineer, at=after(minutes=minutes))
    change_status(
        actor=actor_of(desk.engineer),
        at=after(minutes=1),
        ticket=tickets[3],
        to="cancelled",
        reason="Filed twice",
    )
    return desk


def text_of(browser: Client, address: str) -> str:
    """What a page says; it must open."""
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


__all__ = ["MARCH", "MONDAY", "signed_in", "text_of", "worked_desk"]
