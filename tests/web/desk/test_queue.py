"""The queue: who sees what, in which order, in which groups, and at what cost."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Person
from contracts.queries import effective_plan
from escalation.models import Tier
from escalation.services import raise_escalation
from tests.factories import Desk, actor_of, make_team, make_ticket
from tests.web.desk.conftest import SignIn, text_of
from tickets.models import Ticket
from tickets.services import assign, change_status
from web.desk.listing import Narrowing, narrowed

HTMX = {"hx-request": "true"}


def file(desk: Desk, subject: str, *, due_in: int | None = None, **columns: object) -> Ticket:
    """A ticket of that subject whose next clock is due in so many minutes (None: no clock runs)."""
    now = timezone.now()
    made = make_ticket(desk.contract, requester=desk.poc, subject=subject, at=now - timedelta(minutes=5))
    due_at = None if due_in is None else now + timedelta(minutes=due_in)
    Ticket.objects.filter(pk=made.pk).update(next_due_at=due_at, **columns)
    made.refresh_from_db()
    return made


def order_in(page: str, *words: str) -> bool:
    """Whether the words stand on the page in this order."""
    places = [page.index(word) for word in words]
    return places == sorted(places)


def test_a_stranger_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/desk/").headers["Location"].startswith("/accounts/login/")


def test_a_contact_finds_no_desk(desk: Desk, sign_in: SignIn) -> None:
    assert sign_in(desk.poc).get("/desk/").status_code == 404


def test_tickets_stand_by_their_next_due_moment(desk: Desk, engineer: Client) -> None:
    file(desk, "Third")
    file(desk, "Second", due_in=60)
    file(desk, "First", due_in=-10)
    assert order_in(text_of(engineer, "/desk/"), "Missed", "First", "Second", "No clock running", "Third")


def test_an_engineer_sees_only_the_clients_that_they_serve(
    desk: Desk, other: Desk, engineer: Client, lead: Client
) -> None:
    file(other, "Somebody else’s")
    assert "Somebody else’s" not in text_of(engineer, "/desk/")
    assert "Somebody else’s" in text_of(lead, "/desk/")


def test_an_empty_queue_says_that_all_is_done(engineer: Client) -> None:
    assert "All done" in text_of(engineer, "/desk/")


def test_filters_that_leave_nothing_say_so(desk: Desk, engineer: Client) -> None:
    file(desk, "Anything")
    assert "Nothing fits" in text_of(engineer, "/desk/?text=unheard")


def test_solved_tickets_stand_aside_until_asked_for(desk: Desk, engineer: Client) -> None:
    solved = file(desk, "Long solved")
    change_status(
        actor=actor_of(desk.engineer), at=timezone.now(), ticket=solved, to="resolved", summary="Done."
    )
    assert "Long solved" not in text_of(engineer, "/desk/")
    assert "Long solved" in text_of(engineer, "/desk/?solved=1")


def test_each_view_shows_its_own(desk: Desk, engineer: Client) -> None:
    mine = file(desk, "Mine alone", due_in=600)
    assign(actor=actor_of(desk.engineer), at=timezone.now(), ticket=mine, assignee=desk.engineer)
    file(desk, "In danger", due_in=600, at_risk=True)
    asked = file(desk, "Asked back", due_in=600)
    change_status(
        actor=actor_of(desk.engineer),
        at=timezone.now(),
        ticket=asked,
        to="waiting_on_client",
        waiting_for="Which?",
    )
    shown = {view: text_of(engineer, f"/desk/?view={view}") for view in ("mine", "unowned", "risk", "client")}
    assert "Mine alone" in shown["mine"]
    assert "In danger" not in shown["mine"]
    assert "In danger" in shown["unowned"]
    assert "Mine alone" not in shown["unowned"]
    assert "In danger" in shown["risk"]
    assert "Asked back" in shown["client"]
    assert "In danger" not in shown["client"]


def test_escalated_tickets_have_a_view_and_a_mark(desk: Desk, engineer: Client) -> None:
    raised = file(desk, "Called for somebody", due_in=600)
    Tier.objects.create(
        client=desk.client, contract=desk.contract, level=1, label="Lead", acknowledge_seconds=3600
    )
    raise_escalation(actor=actor_of(desk.poc), at=timezone.now(), ticket=raised, ground="late_response")
    file(desk, "Calm", due_in=600)
    page = text_of(engineer, "/desk/?view=escalated")
    assert "Called for somebody" in page
    assert "Tier 1" in page
    assert "Calm" not in page


def test_filters_narrow_by_client_urgency_kind_plan_team_and_words(
    desk: Desk, lead: Client, other: Desk
) -> None:
    team = make_team(desk.engineer, key="lyon")
    wanted = file(desk, "Printer on fire", due_in=90, team=team)
    file(other, "Nothing alike", due_in=90, rank=4)
    for query in (
        "client=hal",
        f"rank={wanted.rank}",
        "team=lyon",
        "text=printer",
        f"text={wanted.key}",
        f"client=hal&plan={desk.contract.plan_version.key}&kind={wanted.request_type}",
    ):
        page = text_of(lead, f"/desk/?{query}")
        assert "Printer on fire" in page, query
        assert "Nothing alike" not in page, query


@pytest.mark.parametrize("query", ["view=x", "sort=x", "rank=9", "after=x~y", "after=2026-01-01~3", "rows=x"])
def test_an_address_that_makes_no_sense_shows_the_queue(desk: Desk, engineer: Client, query: str) -> None:
    file(desk, "Still here", due_in=30)
    assert "Still here" in text_of(engineer, f"/desk/?{query}")


def test_the_queue_can_be_sorted_otherwise(desk: Desk, engineer: Client) -> None:
    file(desk, "Small", due_in=10, rank=4)
    file(desk, "Grave", due_in=600, rank=1)
    assert order_in(text_of(engineer, "/desk/?sort=urgency"), "Grave", "Small")
    assert order_in(text_of(engineer, "/desk/?sort=new"), "Grave", "Small")


@pytest.mark.parametrize("sort", ["due", "urgency", "client", "new"])
def test_every_page_goes_on_where_the_last_one_ended(
    desk: Desk, engineer: Client, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = {file(desk, f"Number {n}", due_in=None if n % 3 == 0 else 30).key for n in range(9)}
    monkeypatch.setattr("web.desk.queue.PAGE", 2)
    seen: list[str] = []
    address = f"/desk/?sort={sort}"
    while address:
        answer = engineer.get(address)
        seen += [row.ticket.key for group, _ in answer.context["groups"] for row in group.rows]
        more = answer.context["more"]
        address = f"/desk/{more}" if more else ""
    assert sorted(seen) == sorted(keys)
    assert len(seen) == len(set(seen))


def test_more_rows_come_without_the_page_around_them(
    desk: Desk, engineer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        file(desk, f"Number {n}", due_in=30)
    monkeypatch.setattr("web.desk.queue.PAGE", 2)
    more = engineer.get("/desk/").context["more"]
    part = text_of(engineer, f"/desk/{more}", **HTMX)
    assert "<h1>" not in part
    assert part.count("data-cd-row") == 2
    assert "Next two hours" not in part, "the heading stands on the page already"


def test_a_refresh_draws_as_many_rows_as_there_were(
    desk: Desk, engineer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(5):
        file(desk, f"Number {n}", due_in=30)
    monkeypatch.setattr("web.desk.queue.PAGE", 2)
    first = engineer.get("/desk/")
    second = engineer.get(f"/desk/{first.context['more']}", headers=HTMX)
    refreshed = text_of(engineer, f"/desk/{second.context['refresh']}", **HTMX)
    assert refreshed.count("data-cd-row") == 4
    assert "<h1>" not in refreshed


def test_groups_and_views_say_how_many_they_hold(desk: Desk, engineer: Client) -> None:
    file(desk, "Late one", due_in=-10)
    file(desk, "Late two", due_in=-20)
    answer = engineer.get("/desk/")
    counts = {view["label"]: view["count"] for view in answer.context["views"]}
    assert counts["All open"] == "2"
    assert counts["At risk or missed"] == "2"
    assert [(group.title, count) for group, count in answer.context["groups"]] == [("Missed", "2")]


def test_counting_stops_where_nobody_cares(
    desk: Desk, engineer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.desk.counting.COUNTED_AT_MOST", 2)
    for n in range(4):
        file(desk, f"Number {n}", due_in=30)
    assert "2+" in text_of(engineer, "/desk/")


def test_the_plan_s_own_word_names_the_urgency(desk: Desk, engineer: Client) -> None:
    found = file(desk, "Anything", due_in=30)
    plan = effective_plan(desk.contract)
    assert plan.urgency(found.urgency).label in text_of(engineer, "/desk/")


def test_a_long_reason_for_no_clock_stands_below_the_subject(desk: Desk, engineer: Client) -> None:
    make_ticket(desk.contract, requester=desk.poc, actor=actor_of(desk.engineer), channel="phone")
    answer = engineer.get("/desk/")
    (row,) = (row for group, _ in answer.context["groups"] for row in group.rows)
    assert row.chip.state == "exempt"
    assert row.no_clock_reason in answer.content.decode()


def test_the_queue_walks_its_index(desk: Desk) -> None:
    found = narrowed(actor_of(desk.lead), Narrowing(), at=timezone.now()).filter(next_due_at__isnull=False)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # On a small table any index with a sort looks as cheap; only one gives the order without.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
        plan = found.order_by("next_due_at", "id")[:50].explain()
    assert "ticket_queue" in plan


def test_the_queue_costs_the_same_for_one_ticket_and_for_many(desk: Desk, engineer: Client) -> None:
    file(desk, "One", due_in=30)
    text_of(engineer, "/desk/")
    with CaptureQueriesContext(connection) as for_one:
        text_of(engineer, "/desk/")
    for n in range(12):
        made = file(desk, f"Number {n}", due_in=None if n % 2 else 30)
        Ticket.objects.filter(pk=made.pk).update(assignee=Person.objects.get(pk=desk.engineer.pk))
    with CaptureQueriesContext(connection) as for_many:
        text_of(engineer, "/desk/")
    assert len(for_many) == len(for_one)
    assert len(for_many) == 3 + 6, "signing in; views, rows, clocks, terms, counts, frame"


def test_any_filter_and_order_keeps_to_the_same_statements(desk: Desk, engineer: Client) -> None:
    file(desk, "One", due_in=30)
    for query in ("client=hal", "rank=1", "team=x", "text=one", "view=escalated", "sort=client", "solved=1"):
        text_of(engineer, f"/desk/?{query}")
        with CaptureQueriesContext(connection) as made:
            text_of(engineer, f"/desk/?{query}")
        assert len(made) <= 3 + 6 + ("text=" in query), query  # words are looked up before any ticket


def test_a_menu_fetches_what_it_offers_when_it_is_opened(desk: Desk, other: Desk, engineer: Client) -> None:
    page = text_of(engineer, "/desk/narrow/?by=client&rank=1")
    assert "/desk/?rank=1&amp;client=hal" in page
    assert "client=orr" not in page
    part = text_of(engineer, "/desk/narrow/?by=rank", **HTMX)
    assert "rank=1" in part
    assert "<h1>" not in part
    assert engineer.get("/desk/narrow/?by=secret").status_code == 404


def test_chosen_filters_are_called_by_their_names(desk: Desk, engineer: Client) -> None:
    file(desk, "One", due_in=30)
    assert f"Client: {desk.client.name}" in text_of(engineer, "/desk/?client=hal")
    assert "Plan: Total care" in text_of(engineer, "/desk/?plan=total-care")


def test_columns_can_be_chosen_and_stay_chosen(desk: Desk, engineer: Client) -> None:
    file(desk, "One", due_in=30)
    assert '<th scope="col" class="d-none d-xl-table-cell">Opened</th>' not in text_of(engineer, "/desk/")
    chosen = text_of(engineer, "/desk/?keep=1&columns=opened&columns=client&columns=nonsense")
    assert chosen.count("Opened</th>") == 1
    assert "Owner</th>" not in chosen
    assert text_of(engineer, "/desk/").count("Opened</th>") == 1, "the browser remembers"
    assert "Owner</th>" in text_of(engineer, "/desk/?columns=owner")


class TestPulse:
    """Whether the queue changed since it was drawn."""

    def told(self, browser: Client, pulse: str) -> bool:
        answer = browser.get(pulse)
        assert answer.status_code == 204
        return answer.headers.get("HX-Trigger") == "cd-queue-changed"

    def test_it_beats_when_something_happened_to_a_ticket(self, desk: Desk, engineer: Client) -> None:
        made = file(desk, "One", due_in=30)
        pulse = engineer.get("/desk/").context["pulse"]
        assert not self.told(engineer, pulse)
        assign(actor=actor_of(desk.engineer), at=timezone.now(), ticket=made, assignee=desk.engineer)
        assert self.told(engineer, pulse)

    def test_what_happens_at_other_clients_is_not_told(
        self, desk: Desk, other: Desk, engineer: Client
    ) -> None:
        pulse = engineer.get("/desk/").context["pulse"]
        file(other, "Theirs")
        assert not self.told(engineer, pulse)

    def test_it_costs_one_statement(self, engineer: Client, ticket: Ticket) -> None:
        with CaptureQueriesContext(connection) as made:
            self.told(engineer, "/desk/pulse/?last=crooked")
        assert len(made) == 3 + 1
