"""Who gets into the setup at all, and how many statements its lists take."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import Desk, make_client, make_contract, make_desk, make_environment, make_staff
from tests.web.setup.conftest import SignedIn

HOUSE = ("clients", "plans", "outbox")
CLIENT = ("client", "end_client", "assign_duty", "contacts", "open_contract", "new_calendar")
MACHINES = ("keys", "webhooks")
STAFF = ("people", "new_team")
CONTRACT = (
    "contract",
    "settle",
    "end_contract",
    "amend",
    "contract_people",
    "name_contact",
    "clear",
    "path",
    "environments",
    "add_environment",
    "beginning",
    "rules",
    "propose_rule",
)


def addresses(desk: Desk) -> list[str]:
    """Every page of the setup that can be looked at, about that desk."""
    ours, contract = {"client": desk.client.slug}, {"contract_id": desk.contract.pk}
    calendar = {**ours, "calendar_id": desk.contract.calendar_id}
    system = {"environment_id": make_environment(desk.contract).pk}
    return [
        *(reverse(f"setup:{name}", kwargs=ours) for name in CLIENT),
        *(reverse(f"setup:{name}", kwargs=contract) for name in CONTRACT),
        reverse("setup:open_contract", kwargs=ours) + "?plan=total-care",
        reverse("setup:calendar", kwargs=calendar),
        reverse("setup:change_calendar", kwargs=calendar),
        reverse("setup:change_environment", kwargs=system),
        reverse("setup:announce", kwargs=system),
    ]


def house(desk: Desk) -> list[str]:
    """The pages that are about no client."""
    plan = {"plan": desk.contract.plan_version.key}
    return [
        *(reverse(f"setup:{name}") for name in HOUSE),
        reverse("setup:plan", kwargs=plan),
        reverse("setup:plan_difference", kwargs={**plan, "before": 1, "after": 1}),
    ]


def answers(browser: Client, pages: list[str]) -> set[int]:
    """With what those pages answer."""
    return {browser.get(page).status_code for page in pages}


@pytest.mark.parametrize("role", ["administrator", "account_executive"])
def test_every_page_opens_for_those_who_set_up(desk: Desk, signed_in: SignedIn, role: str) -> None:
    assert answers(signed_in(desk.person(role)), house(desk) + addresses(desk)) == {200}


@pytest.mark.parametrize("role", ["poc", "member", "observer", "engineer", "lead", "csm"])
def test_for_everybody_else_there_is_no_setup(desk: Desk, signed_in: SignedIn, role: str) -> None:
    assert answers(signed_in(desk.person(role)), house(desk) + addresses(desk)) == {404}


def test_an_account_executive_finds_nothing_of_a_client_that_is_not_theirs(
    desk: Desk, signed_in: SignedIn
) -> None:
    other = make_desk("OTHER")
    assert answers(signed_in(desk.account_executive), addresses(other)) == {404}


def test_a_stranger_is_asked_to_sign_in(desk: Desk) -> None:
    answer = Client().get(reverse("setup:clients"))
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_keys_webhooks_and_staff_are_for_administrators_alone(desk: Desk, signed_in: SignedIn) -> None:
    ours = {"client": desk.client.slug}
    pages = [reverse(f"setup:{name}", kwargs=ours) for name in MACHINES]
    pages += [reverse(f"setup:{name}") for name in STAFF]
    assert answers(signed_in(desk.administrator), pages) == {200}
    assert answers(signed_in(desk.account_executive), pages) == {404}


def test_looking_at_pages_writes_nothing(desk: Desk, browser: Client) -> None:
    pages = house(desk) + addresses(desk)
    answers(browser, pages)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answers(browser, pages)
    assert not [one for one in seen if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def statements(browser: Client, address: str) -> int:
    """How many statements a page takes."""
    browser.get(address)
    with CaptureQueriesContext(connection) as seen:
        browser.get(address)
    return len(seen)


def test_the_list_of_clients_takes_as_many_statements_for_many(desk: Desk, browser: Client) -> None:
    few = statements(browser, reverse("setup:clients"))
    for number in range(5):
        client = make_client(f"MORE{number}")
        make_contract(client)
        make_staff("csm", clients=(client,))
    assert statements(browser, reverse("setup:clients")) == few


def test_a_clients_page_takes_as_many_statements_with_many_contracts(desk: Desk, browser: Client) -> None:
    page = reverse("setup:client", kwargs={"client": desk.client.slug})
    few = statements(browser, page)
    for number in range(4):
        make_contract(desk.client, "premier-support", name=f"Another {number}")
        make_staff("engineer", clients=(desk.client,))
    assert statements(browser, page) == few
