"""Service levels in a real browser: explained, agreed on, reported and replayed, on every screen."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Person
from slo.queries import agreement_of
from slo.services import agree_updates, sweep_due
from tests.browser.looking import Fault, faults_of
from tests.browser.test_desk import signed_in
from tests.factories import Desk, actor_of, make_desk, make_plan_version, make_ticket, reply
from tickets.models import Ticket

SCREENS = [(1440, "light"), (390, "dark")]
DESK = ("desk/tickets/MANA-1/", "desk/tickets/MANA-1/updates/", "desk/tickets/MANA-1/updates/end/")
SUCCESS = (
    "success/clients/mana/what-if/",
    "success/clients/mana/what-if/?days=30&contract={contract}&plan=total-care",
    "success/service-levels/?by=client",
    "success/service-levels/clocks/?state=missed",
)
PORTAL = ("p/mana/tickets/MANA-1/", "p/mana/report/", "p/mana/report/?by=month")


@pytest.fixture
def desk(live_server: LiveServer) -> Desk:
    """A client that is owed updates, with one agreement, one answer in time and one miss."""
    desk, now = make_desk("MANA", "managed-self-hosted"), timezone.now()
    make_plan_version("total-care")
    first, answered, _ = (
        make_ticket(desk.contract, requester=desk.poc, at=now - timedelta(hours=hours)) for hours in (1, 3, 4)
    )
    reply(answered, desk.engineer, at=now - timedelta(hours=2.9))
    agree_updates(
        actor=actor_of(desk.engineer), at=now - timedelta(minutes=50), ticket=first,
        interval=timedelta(hours=4), agreed_with="Ada", until=now + timedelta(days=2),
    )  # fmt: skip
    sweep_due(at=now)
    return desk


@pytest.fixture
def screen(chromium: Browser, live_server: LiveServer, desk: Desk) -> Iterator[Page]:
    """The engineer's wide screen."""
    context = signed_in(chromium, live_server, desk.engineer, viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def faults_unfolded(page: Page, addresses: tuple[str, ...], contract: int) -> list[Fault]:
    """What axe finds on those pages with everything folded out, and which of them scroll sideways."""
    faults: list[Fault] = []
    for address in addresses:
        answer = page.goto(f"/{address.format(contract=contract)}")
        assert answer is not None
        assert answer.status == 200, address
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        faults += faults_of(page)
    return faults


@pytest.mark.looks
@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    chromium: Browser, live_server: LiveServer, desk: Desk, width: int, scheme: str
) -> None:
    faults = []
    readers: list[tuple[Person, tuple[str, ...]]] = [
        (desk.engineer, DESK), (desk.csm, SUCCESS), (desk.poc, PORTAL),
    ]  # fmt: skip
    for person, addresses in readers:
        size = {"width": width, "height": 900}
        context = signed_in(chromium, live_server, person, viewport=size, color_scheme=scheme)
        faults += faults_unfolded(context.new_page(), addresses, desk.contract.pk)
        context.close()
    assert faults == []


def test_an_agreement_is_recorded_by_hand_and_shown_beside_the_clocks(screen: Page, desk: Desk) -> None:
    screen.goto("/desk/tickets/MANA-1/updates/")
    screen.get_by_label("An update every").fill("6")
    screen.get_by_label("Who agreed for the client").fill("Grace")
    screen.get_by_role("button", name="Record the agreement").click()
    expect(screen.get_by_text("Now an update every 6 h, agreed with Grace")).to_be_visible()
    told = agreement_of(Ticket.objects.get(key="MANA-1"), at=timezone.now())
    assert told is not None
    assert told.interval == timedelta(hours=6)


def test_the_question_what_if_is_asked_and_answered_on_one_page(
    chromium: Browser, live_server: LiveServer, desk: Desk
) -> None:
    context = signed_in(chromium, live_server, desk.csm, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto("/success/clients/mana/what-if/")
    page.get_by_label("Plan (optional)").select_option("total-care")
    page.get_by_role("button", name="Replay").click()
    expect(page.get_by_role("heading", name="Verdicts that would change")).to_be_visible()
    expect(page.get_by_text("under Total Care")).to_be_visible()
    context.close()
