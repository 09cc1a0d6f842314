"""The list of tickets: views and words in the address, fifty a page, never what one may not see."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import MONDAY, Desk, actor_of, make_ticket, reply
from tests.web.portal.conftest import EnterAs
from tickets.models import Ticket
from tickets.services import post_message, set_tags


def test_words_of_the_subject_and_the_number_find_a_ticket(desk: Desk, enter: EnterAs) -> None:
    found = make_ticket(desk.contract, requester=desk.poc, subject="Printer smokes")
    make_ticket(desk.contract, requester=desk.poc, subject="Board is empty")
    for asked in ("smokes", found.key.lower()):
        page = enter().page("tickets", f"?q={asked}")
        assert "Printer smokes" in page
        assert "Board is empty" not in page


def test_the_view_of_my_own_leaves_out_those_of_others(desk: Desk, enter: EnterAs) -> None:
    make_ticket(desk.contract, requester=desk.poc, subject="Filed by the point of contact")
    make_ticket(desk.contract, requester=desk.member, subject="Filed by the member")
    page = enter("poc").page("tickets", "?view=mine")
    assert "Filed by the point of contact" in page
    assert "Filed by the member" not in page


def test_a_member_finds_nothing_of_colleagues(desk: Desk, enter: EnterAs) -> None:
    make_ticket(desk.contract, requester=desk.poc, subject="The payroll of the board")
    assert "payroll" not in enter("member").page("tickets", "?view=all&q=payroll").partition("<table")[2]


def test_an_observer_reads_all(desk: Desk, enter: EnterAs) -> None:
    make_ticket(desk.contract, requester=desk.poc, subject="The payroll of the board")
    assert "The payroll of the board" in enter("observer").page("tickets")


def test_the_next_fifty_follow_without_a_gap(desk: Desk, enter: EnterAs) -> None:
    make_ticket(desk.contract, requester=desk.poc)
    like = Ticket.objects.get()
    Ticket.objects.bulk_create([_copy(like, number) for number in range(2, 53)])
    door = enter()
    first = door.page("tickets")
    assert first.count('class="cd-subject"') == 50
    after = first.partition("after=")[2].partition('"')[0]
    assert door.page("tickets", f"?after={after}").count('class="cd-subject"') == 2


def test_a_crooked_cursor_is_no_fault(desk: Desk, enter: EnterAs) -> None:
    assert enter().get("tickets", "?after=x%00y&view=what").status_code == 200


def test_statements_do_not_grow_with_rows(desk: Desk, enter: EnterAs) -> None:
    door, costs = enter(), []
    for _ in range(3):
        make_ticket(desk.contract, requester=desk.poc, at=timezone.now())
        door.page("tickets")
        with CaptureQueriesContext(connection) as made:
            door.page("tickets")
        costs.append(len(made))
    assert len(set(costs)) == 1


def _copy(like: Ticket, number: int) -> Ticket:
    facts = ("client_id", "contract_id", "subject", "urgency", "rank", "request_type", "channel")
    return Ticket(
        number=number,
        key=f"ACME-{number}",
        opened_at=like.opened_at,
        updated_at=like.updated_at,
        **{name: getattr(like, name) for name in facts},
    )


def test_words_of_messages_are_found_and_shown(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc)
    reply(ticket, desk.engineer, "The turbine was oiled.")
    page = enter().page("tickets", "?q=turbine")
    assert "The <mark>turbine</mark> was oiled." in page


def test_what_staff_write_among_themselves_finds_nothing(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc)
    staff = actor_of(desk.engineer)
    post_message(actor=staff, at=MONDAY, ticket=ticket, body="A canary", visibility="internal")
    set_tags(actor=staff, at=MONDAY, ticket=ticket, tags=["nuisance"])
    for word in ("canary", "nuisance"):
        page = enter().page("tickets", f"?view=all&q={word}")
        assert "Nothing fits" in page
        assert ticket.key not in page
