"""Filing a ticket for a contact."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contracts.queries import effective_plan
from tests.factories import Desk, make_client, make_contract, make_environment
from tests.web.desk.conftest import LATELY, SignIn, text_of
from tickets.models import Ticket

HTMX = {"hx-request": "true"}


def filled(desk: Desk, **changes: object) -> dict[str, object]:
    """The form, filled in."""
    plan = effective_plan(desk.contract)
    return {
        "requester": desk.poc.pk,
        "channel": "phone",
        "request_type": plan.request_types[0].code,
        "urgency": plan.urgencies[0].code,
        "subject": "Nobody can print",
        "description": "Ilse called: since nine nobody can print.",
        "submission_id": "once",
        **changes,
    }


def test_the_client_is_asked_for_first(desk: Desk, other: Desk, engineer: Client) -> None:
    page = text_of(engineer, "/desk/new/")
    assert desk.client.name in page
    assert other.client.name not in page


def test_a_call_becomes_a_ticket_of_the_caller(desk: Desk, engineer: Client) -> None:
    answer = engineer.post("/desk/new/?client=hal", filled(desk))
    made = Ticket.objects.get()
    assert answer.headers["Location"] == f"/desk/tickets/{made.key}/"
    assert (made.requester, made.channel, made.subject) == (desk.poc, "phone", "Nobody can print")
    assert made.exempt_reason, "calls do not start the clock under this plan"


def test_mail_and_chat_and_everything_known_is_taken_down(desk: Desk, engineer: Client) -> None:
    system = make_environment(desk.contract)
    facts = filled(
        desk,
        channel="chat",
        environment=system.pk,
        external_reference="INC-9",
        category=effective_plan(desk.contract).services[0].key,
        files=[SimpleUploadedFile("screen.txt", b"x")],
    )
    engineer.post("/desk/new/?client=hal", facts)
    made = Ticket.objects.get()
    assert (made.environment, made.external_reference, made.channel) == (system, "INC-9", "chat")
    assert made.attachments.count() == 1


def test_a_form_sent_twice_files_once(desk: Desk, engineer: Client) -> None:
    engineer.post("/desk/new/?client=hal", filled(desk))
    engineer.post("/desk/new/?client=hal", filled(desk))
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize("missing", ["subject", "description", "requester", "urgency"])
def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(
    desk: Desk, engineer: Client, missing: str
) -> None:
    answer = engineer.post("/desk/new/?client=hal", filled(desk, **{missing: ""}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error:" in page
    assert "Nobody can print" in page or missing == "subject"
    assert not Ticket.objects.exists()


def test_observers_are_not_offered(desk: Desk, engineer: Client) -> None:
    assert desk.observer.name not in text_of(engineer, "/desk/new/?client=hal")


def test_people_of_another_client_are_refused(desk: Desk, other: Desk, engineer: Client) -> None:
    answer = engineer.post("/desk/new/?client=hal", filled(desk, requester=other.poc.pk))
    assert answer.status_code == 422
    assert not Ticket.objects.exists()


def test_a_client_of_others_is_not_here(other: Desk, engineer: Client) -> None:
    assert engineer.get("/desk/new/?client=orr").status_code == 404
    assert engineer.get(f"/desk/new/?client=hal&contract={other.contract.pk}").status_code == 404
    assert engineer.get(f"/desk/new/answer/?contract={other.contract.pk}").status_code == 404
    assert engineer.get("/desk/new/answer/?contract=x").status_code == 404


def test_an_account_executive_files_none(desk: Desk, sign_in: SignIn) -> None:
    reader = sign_in(desk.account_executive)
    assert reader.get("/desk/new/?client=hal").status_code == 403
    assert 'href="/desk/new/"' not in text_of(reader, "/desk/")


def test_without_a_contract_in_force_there_is_nothing_to_file(lead: Client) -> None:
    make_client("NEW")
    assert "No contract is in force" in text_of(lead, "/desk/new/?client=new")


def test_of_several_contracts_one_is_chosen(desk: Desk, engineer: Client) -> None:
    second = make_contract(desk.client, "pay-as-you-go", starts_on=LATELY)
    page = text_of(engineer, f"/desk/new/?client=hal&contract={second.pk}")
    assert f'contract={second.pk}" aria-current="page"' in page
    assert desk.contract.name in page


def test_the_answer_beside_the_form_follows_it(desk: Desk, engineer: Client) -> None:
    plan = effective_plan(desk.contract)
    query = f"contract={desk.contract.pk}&request_type={plan.request_types[0].code}&urgency=critical"
    by_phone = text_of(engineer, f"/desk/new/answer/?{query}&channel=phone", **HTMX)
    in_portal = text_of(engineer, f"/desk/new/answer/?{query}&channel=portal", **HTMX)
    assert "No clock runs." in by_phone
    assert "<time" in in_portal
    assert "Choose what it is" in text_of(engineer, f"/desk/new/answer/?contract={desk.contract.pk}", **HTMX)
