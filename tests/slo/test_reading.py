"""Who sees which clocks, what opening costs, and the bars and pages around it all."""

import sys
from io import StringIO
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from slo.management.progress import bar
from slo.models import Clock, DueChange, Verdict
from slo.queries import visible_to
from tests.factories import Desk, actor_of, make_desk
from tests.factories.work import make_ticket


@pytest.mark.parametrize(
    ("role", "number"),
    [
        ("poc", 2),
        ("observer", 2),
        ("member", 1),
        ("engineer", 2),
        ("csm", 2),
        ("lead", 3),
        ("administrator", 3),
    ],
)
def test_everybody_sees_the_clocks_of_the_tickets_they_see(role: str, number: int, desk: Desk) -> None:
    make_ticket(desk.contract, requester=desk.poc)
    make_ticket(desk.contract, requester=desk.member)
    other = make_desk("OTHER")
    make_ticket(other.contract, requester=other.poc)
    assert visible_to(actor_of(desk.person(role))).count() == number


def test_opening_a_ticket_costs_three_statements_for_its_clocks(managed: Desk) -> None:
    make_ticket(managed.contract, requester=managed.poc)
    with CaptureQueriesContext(connection) as statements:
        make_ticket(managed.contract, requester=managed.poc)
    texts = [one["sql"] for one in statements]
    ours = [
        text
        for text in texts
        if "slo_clock" in text or 'SET "next_due_at" =' in text or "plan_version__digest" in text
    ]
    assert len(ours) == 3


def test_a_clock_says_what_it_is(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc)
    one = Clock.objects.get(ticket=ticket)
    assert str(one) == "First response 1: running"
    assert (one.is_open, one.exempt_reason) == (True, "")
    assert str(Verdict(kind="met", at=one.started_at)).startswith("met at 2026-03-02")
    assert str(DueChange(before=None, after=one.due_at)).startswith("None to 2026")


@pytest.mark.parametrize("model", [Clock, Verdict, DueChange])
def test_nobody_writes_clocks_in_the_administration(model: type) -> None:
    page: Any = admin.site.get_model_admin(model)
    request = RequestFactory().get("/")
    allowed = (page.has_add_permission(request), page.has_change_permission(request))
    assert (*allowed, page.has_delete_permission(request)) == (False, False, False)


class Terminal(StringIO):
    """A stream that people watch."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_a_bar_is_drawn_where_somebody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Terminal()
    monkeypatch.setattr(sys, "stderr", out)
    bar(label="Folding")(5, 10)
    assert "5 of 10" in out.getvalue()


def test_no_bar_is_drawn_where_nobody_does(monkeypatch: pytest.MonkeyPatch) -> None:
    out = StringIO()
    monkeypatch.setattr(sys, "stderr", out)
    bar(label="Folding")(5, 10)
    assert out.getvalue() == ""
