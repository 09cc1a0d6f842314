"""A ticket as its client reads it: what comes next and why then, the talk, hours, people, decisions."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contracts.models import Contract
from contracts.services import agree_to_rule, propose_rule
from hours.services import log_time
from tests.factories import Desk, actor_of, make_contract, make_ticket, reply
from tests.web.portal.conftest import Door, EnterAs
from tickets.models import Ticket
from tickets.services import ask_approval, change_status, decide_approval


def seen(door: Door, ticket: Ticket) -> str:
    """The page of the ticket."""
    return door.page("ticket", key=ticket.key)


def test_the_page_says_by_when_one_hears_and_why_then(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, at=timezone.now())
    page = seen(enter(), ticket)
    assert "You will hear from an engineer by" in page
    assert "<summary>Why " in page
    assert "These are objectives we work towards." in page


def test_what_is_late_is_called_late(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, at=timezone.now() - timedelta(days=20))
    assert "You should have heard from us by" in seen(enter(), ticket)


def test_a_clock_that_waits_for_the_client_says_so(desk: Desk, enter: EnterAs) -> None:
    contract = make_contract(desk.client, "idalko-premium", name="Server care")
    ticket = make_ticket(contract, requester=desk.poc, at=timezone.now())
    for to, words in (("in_progress", ""), ("waiting_on_client", "Which version?")):
        change_status(
            actor=actor_of(desk.engineer),
            at=timezone.now(),
            ticket=ticket,
            to=to,
            waiting_on=desk.poc if words else None,
            waiting_for=words,
        )
    page = seen(enter(), ticket)
    assert "Waiting for you" in page
    assert "Which version?" in page


def test_messages_of_both_sides_stand_in_their_order(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, at=timezone.now())
    reply(ticket, desk.engineer, "Which *board*?", at=timezone.now())
    page = seen(enter(), ticket)
    assert page.index("Since this morning") < page.index("Which <em>board</em>?")
    assert '<span class="cd-msg__who">You</span>' in page


def test_logged_time_shows_with_who_and_what(desk: Desk, enter: EnterAs) -> None:
    now = timezone.now()
    ticket = make_ticket(desk.contract, requester=desk.member, at=now)
    log_time(
        actor=actor_of(desk.engineer),
        at=now,
        ticket=ticket,
        minutes=20,
        worked_on=now.date(),
        note="Read the log",
    )
    page = seen(enter("member"), ticket)
    assert "0:30" in page
    assert "Read the log" in page
    assert "See all hours" not in page


def test_a_decision_stays_readable_with_its_words(desk: Desk, enter: EnterAs) -> None:
    now = timezone.now()
    ticket = make_ticket(desk.contract, requester=desk.poc, at=now)
    asked = ask_approval(
        actor=actor_of(desk.engineer),
        at=now,
        ticket=ticket,
        kind="other",
        question="Restart at noon?",
        asked_of_role="poc",
    )
    decide_approval(actor=actor_of(desk.poc), at=now, approval=asked, approve=True, comment="After lunch.")
    page = seen(enter(), ticket)
    assert "After lunch." in page
    assert "Your approval is asked" not in page


def test_the_golden_rule_that_governs_it_is_named(desk: Desk, enter: EnterAs) -> None:
    now = timezone.now()
    rule = propose_rule(
        actor=actor_of(desk.poc),
        at=now,
        contract=desk.contract,
        title="Ask before restarts",
        body="Always.",
        categories=["automation"],
    )
    agree_to_rule(actor=actor_of(desk.csm), at=now, version=rule)
    governed = make_ticket(desk.contract, requester=desk.poc, at=now, category="automation")
    free = make_ticket(desk.contract, requester=desk.poc, at=now)
    assert "Ask before restarts" in seen(enter(), governed)
    assert "Ask before restarts" not in seen(enter(), free)


def test_a_colleague_who_takes_no_part_finds_nothing(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc)
    assert enter("member").get("ticket", key=ticket.key).status_code == 404


def test_foreign_and_missing_tickets_are_the_same_404(desk: Desk, other: Desk, enter: EnterAs) -> None:
    theirs = make_ticket(other.contract, requester=other.poc)
    foreign, missing = (enter().get("ticket", key=key) for key in (theirs.key, "ACME-999"))
    assert foreign.status_code == missing.status_code == 404
    assert theirs.subject not in foreign.content.decode()


def test_another_of_ones_clients_does_not_lend_its_tickets(desk: Desk, other: Desk, enter: EnterAs) -> None:
    theirs = make_ticket(other.contract, requester=other.poc)
    desk.poc.memberships.create(client=other.client, role="poc", since=timezone.now())
    assert enter("poc", slug="orca").get("ticket", key=theirs.key).status_code == 200
    assert enter("poc").get("ticket", key=theirs.key).status_code == 404


def test_an_observer_reads_and_is_offered_no_form(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, at=timezone.now())
    page = seen(enter("observer"), ticket).partition("<main")[2].partition("</main>")[0]
    assert "<form" not in page


def test_statements_do_not_grow_with_messages(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, at=timezone.now())
    door, costs = enter(), []
    for _ in range(3):
        reply(ticket, desk.engineer, at=timezone.now())
        seen(door, ticket)
        with CaptureQueriesContext(connection) as made:
            seen(door, ticket)
        costs.append(len(made))
    assert len(set(costs)) == 1
    assert costs[0] <= 12


def test_a_reply_can_be_looked_at_before_it_is_sent(desk: Desk, enter: EnterAs) -> None:
    ticket, door = make_ticket(desk.contract, requester=desk.poc, at=timezone.now()), enter()
    typed = {"body": "It is **down**.", "preview": "1", "submission_id": "one"}
    page = door.post("reply", typed, key=ticket.key).content.decode()
    assert "<strong>down</strong>" in page
    assert "It is **down**.</textarea>" in page
    assert ticket.messages.count() == 1


def test_a_ticket_says_that_only_cleared_engineers_work_on_it(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, at=timezone.now())
    assert "whom you cleared" not in seen(enter(), ticket)
    Contract.objects.filter(pk=desk.contract.pk).update(restricts_engineers=True)
    assert "whom you cleared" in seen(enter(), ticket)


def test_a_reply_outlives_the_session_in_which_it_was_typed(desk: Desk, enter: EnterAs) -> None:
    ticket, door = make_ticket(desk.contract, requester=desk.poc, at=timezone.now()), enter()
    address = door.address("ticket", key=ticket.key)
    door.browser.session.flush()
    sent = door.browser.post(
        door.address("reply", key=ticket.key),
        {"body": "A long answer"},
        headers={"referer": f"http://testserver{address}"},
    )
    assert sent.headers["Location"].endswith(f"?next={address}")
    door.browser.force_login(desk.poc)
    assert "A long answer</textarea>" in seen(door, ticket)
    assert "A long answer" not in seen(door, ticket), "it is told once"


def test_two_megabytes_of_text_are_refused_and_kept(desk: Desk, enter: EnterAs) -> None:
    ticket, door = make_ticket(desk.contract, requester=desk.poc, at=timezone.now()), enter()
    text = "Long \u05e9\u05dc\u05d5\u05dd \U0001f525 " * 130_000
    answer = door.post("reply", {"body": text, "submission_id": "one"}, key=ticket.key)
    assert answer.status_code == 422
    assert "send the rest as a file" in answer.content.decode()
    assert text.strip() in answer.content.decode()
    assert ticket.messages.count() == 1


def test_words_from_right_to_left_stand_from_the_right(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(
        desk.contract, requester=desk.poc, at=timezone.now(), subject="\u05e9\u05dc\u05d5\u05dd"
    )
    page = seen(enter(), ticket)
    assert '<h1 dir="auto">\u05e9\u05dc\u05d5\u05dd</h1>' in page
    assert '<div class="cd-msg__body" dir="auto">' in page
