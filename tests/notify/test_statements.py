"""What telling costs an act: two statements in its transaction, the rest later."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_ticket, reply
from tests.notify.told import Desk


def ours(queries: CaptureQueriesContext) -> list[str]:
    """The statements that find people to tell, or write to the outbox."""
    texts = [query["sql"] for query in queries.captured_queries]
    return [text for text in texts if "notify_" in text or " UNION " in text]


def test_opening_a_ticket_with_its_receipts_costs_two_statements_more(desk: Desk) -> None:
    make_ticket(desk.contract, requester=desk.member)
    with CaptureQueriesContext(connection) as queries:
        make_ticket(desk.contract, requester=desk.member)
    assert len(ours(queries)) == 2


def test_replying_with_its_mails_costs_two_statements_more(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.member)
    with CaptureQueriesContext(connection) as queries:
        reply(ticket, desk.engineer)
    assert len(ours(queries)) == 2
