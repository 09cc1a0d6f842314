"""Problems and vulnerabilities on the desk: of the reader's clients, at the same cost for many."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contracts.models import Environment
from events.domain.actor import SYSTEM
from proactive.domain.advisories import read_entry
from proactive.models import Problem
from proactive.services.advisories import keep_advisories
from proactive.services.watching import start_watching
from tests.factories import MONDAY, Desk, make_desk, make_environment
from tests.proactive.domain.test_vulnerabilities import entry
from tests.proactive.monitoring.steps import announce, hear, minute, signal
from tests.web.desk.conftest import text_of
from tickets.models import Ticket

PAGE = "/desk/monitoring/"


@pytest.fixture
def environment(desk: Desk) -> Environment:
    """A system that is watched."""
    made = make_environment(desk.contract, product="Confluence", version="8.5.3")
    start_watching(actor=SYSTEM, at=MONDAY, environment=made)
    return made


def test_a_problem_stands_there_with_its_ticket_and_count(engineer: Client, environment: Environment) -> None:
    hear(environment, signal(), signal())
    shown = text_of(engineer, PAGE)
    ticket = Ticket.objects.get()
    assert "2 times" in shown
    assert ticket.key in shown


def test_each_view_shows_its_own(engineer: Client, environment: Environment) -> None:
    announce(environment, start=minute(10), end=minute(99), at=MONDAY)
    hear(environment, signal(host="failing"))
    hear(environment, signal(host="mended"))
    hear(environment, signal(host="mended", on=False), at=minute(5))
    hear(environment, signal(host="quiet"), at=minute(20))
    for view, host in (("", "failing"), ("well", "mended"), ("silent", "quiet")):
        shown = text_of(engineer, f"{PAGE}?view={view}")
        assert [name for name in ("failing", "mended", "quiet") if f"web on {name}" in shown] == [host]


def test_vulnerabilities_are_listed_with_their_systems(engineer: Client, environment: Environment) -> None:
    keep_advisories(at=MONDAY, facts=[read_entry(entry())])
    shown = text_of(engineer, f"{PAGE}?view=vulnerabilities")
    assert "CVE-2026-1234" in shown
    assert f"{environment.name} (8.5.3)" in shown


def test_an_engineer_of_other_clients_sees_nothing_of_it(environment: Environment) -> None:
    hear(environment, signal(host="secret-host"))
    browser = Client()
    browser.force_login(make_desk("OTHER").engineer)
    assert "secret-host" not in text_of(browser, PAGE)


def test_many_problems_take_as_many_statements_as_one(engineer: Client, environment: Environment) -> None:
    counts = []
    for hosts in (1, 8):
        hear(environment, *[signal(host=f"h{hosts}-{number}") for number in range(hosts)])
        with CaptureQueriesContext(connection) as statements:
            engineer.get(PAGE)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_the_tickets_page_says_what_monitoring_says_and_what_is_announced(
    engineer: Client, environment: Environment
) -> None:
    announce(environment, start=minute(10), end=minute(99), at=MONDAY)
    hear(environment, *[signal()] * 3)
    shown = text_of(engineer, f"/desk/tickets/{Ticket.objects.get().key}/")
    assert "reported 3 times" in shown
    assert "Maintenance of this system" in shown


@pytest.mark.parametrize("view", ["", "over", "vulnerabilities", "silent", "well", "what", "%00"])
def test_every_view_opens_without_anything(engineer: Client, view: str) -> None:
    assert engineer.get(f"{PAGE}?view={view}").status_code == 200


def test_a_problem_has_a_page_with_every_alert(engineer: Client, environment: Environment) -> None:
    hear(environment, signal(text="Refused at first"), signal(text="Refused again"))
    shown = text_of(engineer, f"{PAGE}{Problem.objects.get().pk}/")
    assert shown.index("Refused again") < shown.index("Refused at first")
    assert "2 times, by nagios" in shown


def test_a_foreign_problem_is_not_here(environment: Environment) -> None:
    hear(environment, signal())
    browser = Client()
    browser.force_login(make_desk("OTHER").engineer)
    assert browser.get(f"{PAGE}{Problem.objects.get().pk}/").status_code == 404
