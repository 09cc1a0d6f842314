"""S17: the success desk asks what would have been under other terms, and nothing is written."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Record
from slo.models import Clock
from tests.factories import Desk, make_desk, make_plan_version, make_ticket, reply
from web.success import replay


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on iDalko Premium with an incident of last week that was answered after three open hours."""
    made = make_desk("GUAR", "idalko-premium")
    make_plan_version("idalko-standard")
    monday = monday_before_last()
    ticket = make_ticket(made.contract, requester=made.poc, at=monday)
    reply(ticket, made.engineer, at=monday + timedelta(hours=3))
    return made


def monday_before_last() -> Any:  # noqa: ANN401
    """Nine in the morning of a Monday that has gone by."""
    today = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0)
    return today - timedelta(days=today.weekday() + 7)


def ask(desk: Desk, browser: Browser, role: str = "csm", **asked: Any) -> Any:  # noqa: ANN401
    """The page with that question, as that person."""
    browser.force_login(desk.person(role))
    given = {"contract": desk.contract.pk, "days": 30, **asked} if asked else {}
    return browser.get(reverse("success:replay", kwargs={"client": desk.client.slug}), given)


def test_the_page_asks_what_would_be_otherwise(desk: Desk, client: Browser) -> None:
    page = ask(desk, client)
    assert page.status_code == 200
    assert "Nothing replayed yet" in page.text


def test_the_clients_page_leads_there(desk: Desk, client: Browser) -> None:
    client.force_login(desk.csm)
    page = client.get(reverse("success:client", kwargs={"client": desk.client.slug}))
    assert reverse("success:replay", kwargs={"client": desk.client.slug}) in page.text


def test_a_slower_plan_shows_what_would_have_been_kept(desk: Desk, client: Browser) -> None:
    page = ask(desk, client, plan="idalko-standard")
    changes = {one.label: one for one in page.context["changes"]}
    answer = changes["First answer"]
    assert (answer.before.state, answer.after.state, answer.minutes) == ("missed", "met", -60)
    assert "60 min late" in page.text


def test_the_states_are_counted_before_and_after(desk: Desk, client: Browser) -> None:
    page = ask(desk, client, plan="idalko-standard")
    told = {state: (before, after) for state, before, after, _ in page.context["states"]}
    assert told["missed"][0] > told["missed"][1]


def test_support_around_the_clock_can_be_asked_for(desk: Desk, client: Browser) -> None:
    page = ask(desk, client, hours="other", opens="00:00", closes="23:59", weekends="on")
    assert page.status_code == 200
    assert page.context["told"].tickets == 1


def test_a_named_calendar_can_be_asked_for(desk: Desk, client: Browser) -> None:
    page = ask(desk, client, hours=desk.contract.calendar.name)
    assert page.context["told"].differences == []
    assert "Every verdict would stand as it does" in page.text


def test_nothing_is_written(desk: Desk, client: Browser) -> None:
    before = (list(Clock.objects.values()), Record.objects.count())
    ask(desk, client, plan="idalko-standard")
    assert (list(Clock.objects.values()), Record.objects.count()) == before


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"plan": ""}, "plan"),
        ({"plan": "gold"}, "plan"),
        ({"plan": "idalko-standard", "days": 0}, "days"),
        ({"hours": "other"}, "opens"),
        ({"hours": "other", "opens": "09:00", "closes": "09:00"}, "closes"),
        ({"plan": "idalko-standard", "contract": 999_999}, "contract"),
    ],
)
def test_what_cannot_be_replayed_is_said_at_its_field(
    desk: Desk, client: Browser, asked: dict[str, Any], field: str
) -> None:
    page = ask(desk, client, **asked)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert "told" not in page.context


def test_too_many_tickets_are_left_to_the_command(
    desk: Desk, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "MOST_TICKETS", 0)
    page = ask(desk, client, plan="idalko-standard")
    assert page.status_code == 422
    assert "Choose fewer days" in page.text


@pytest.mark.parametrize(
    ("role", "status"),
    [("csm", 200), ("lead", 200), ("administrator", 200), ("engineer", 404), ("poc", 404), ("member", 404)],
)
def test_only_those_who_watch_over_clients_ask(desk: Desk, client: Browser, role: str, status: int) -> None:
    assert ask(desk, client, role, plan="idalko-standard").status_code == status


def test_another_manager_finds_nothing(desk: Desk, client: Browser) -> None:
    other = make_desk("BETA")
    client.force_login(other.csm)
    address = reverse("success:replay", kwargs={"client": desk.client.slug})
    assert client.get(address).status_code == 404


def test_more_tickets_cost_no_more_statements(desk: Desk, client: Browser) -> None:
    few = statements(desk, client)
    for _ in range(4):
        make_ticket(desk.contract, requester=desk.poc, at=monday_before_last())
    assert statements(desk, client) == few


def statements(desk: Desk, client: Browser) -> int:
    """What a replay costs, once everything is warm."""
    ask(desk, client, plan="idalko-standard")
    with CaptureQueriesContext(connection) as told:
        ask(desk, client, plan="idalko-standard")
    return len(told)


def test_changed_verdicts_stand_before_what_only_moves(desk: Desk, client: Browser) -> None:
    page = ask(desk, client, plan="idalko-standard")
    assert all(one.is_judged for one in page.context["changes"])
    assert not any(one.is_judged for one in page.context["others"])
    shown = len(page.context["changes"]) + len(page.context["others"])
    assert shown == len(page.context["told"].differences) > 0


def test_the_page_speaks_in_words_and_not_in_codes(desk: Desk, client: Browser) -> None:
    page = ask(desk, client, plan="idalko-standard")
    assert page.context["plan_title"] == "iDalko Standard"
    assert "under iDalko Standard" in page.text
    assert ">missed<" not in page.text
