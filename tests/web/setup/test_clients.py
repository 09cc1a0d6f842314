"""Clients taken on and let go, the staff who work for them, their people and calendars."""

import pytest
from django.test import Client

from accounts.models import Assignment, Duty, Invitation, Membership
from accounts.models import Client as Tenant
from contracts.models import CalendarVersion
from tests.factories import Desk, make_desk, make_staff
from tests.web.setup.conftest import SignedIn, Untouched

NEW = {"name": "Birchwell", "key": "birch", "zone": "Europe/Dublin"}
WEEK = {"mon": "09:00-12:30, 13:30-17:00", "tue": "9:00-17:00"}


def test_a_client_is_taken_on(desk: Desk, browser: Client) -> None:
    answer = browser.post("/setup/clients/", NEW)
    assert answer["Location"] == "/setup/clients/birch/"
    assert Tenant.objects.get(key="BIRCH").name == "Birchwell"


def test_the_bare_address_leads_to_the_clients(desk: Desk, browser: Client) -> None:
    assert browser.get("/setup/")["Location"] == "/setup/clients/"


def test_an_account_executive_watches_over_the_client_they_took_on(desk: Desk, signed_in: SignedIn) -> None:
    browser = signed_in(desk.account_executive)
    browser.post("/setup/clients/", NEW)
    assert browser.get("/setup/clients/birch/").status_code == 200


@pytest.mark.parametrize("wrong", [{"key": "ACME"}, {"key": "?"}, {"zone": "Mars"}, {"name": ""}])
def test_a_client_that_cannot_be_leaves_nothing_and_keeps_what_was_typed(
    desk: Desk, browser: Client, untouched: Untouched, wrong: dict[str, str]
) -> None:
    with untouched():
        answer = browser.post("/setup/clients/", {**NEW, **wrong})
    assert answer.status_code == 422
    assert "Europe/Dublin" in answer.content.decode() or "zone" in wrong


def test_letting_a_client_go_asks_first(desk: Desk, browser: Client, untouched: Untouched) -> None:
    with untouched():
        assert "Are you sure?" in browser.get("/setup/clients/acme/end/").content.decode()
    browser.post("/setup/clients/acme/end/")
    assert Tenant.objects.get(key="ACME").ended_at is not None


def test_staff_are_assigned_to_a_client_and_taken_off(desk: Desk, browser: Client) -> None:
    engineer = make_staff("engineer")
    browser.post("/setup/clients/acme/duties/", {"person": engineer.pk, "duty": "serves"})
    assignment = Assignment.objects.get(person=engineer, client=desk.client)
    assert assignment.duty == Duty.SERVES
    browser.post(f"/setup/clients/acme/duties/{assignment.pk}/end/")
    assert not Assignment.objects.filter(pk=assignment.pk).exists()


def test_an_assignment_of_another_client_is_not_there(
    desk: Desk, browser: Client, untouched: Untouched
) -> None:
    other = Assignment.objects.filter(client=make_desk("OTHER").client).first()
    assert other is not None
    with untouched():
        assert browser.post(f"/setup/clients/acme/duties/{other.pk}/end/").status_code == 404


def test_a_contact_is_invited_and_the_invitation_withdrawn(desk: Desk, browser: Client) -> None:
    browser.post(
        "/setup/clients/acme/people/", {"name": "Ann", "email": "ann@acme.example", "role": "member"}
    )
    call = Invitation.objects.get(email="ann@acme.example", client=desk.client)
    browser.post(f"/setup/clients/acme/invitations/{call.pk}/")
    call.refresh_from_db()
    assert call.withdrawn_at is not None


def test_a_contact_gets_another_role_and_leaves(desk: Desk, browser: Client) -> None:
    browser.post(f"/setup/clients/acme/people/{desk.member.pk}/role/", {"role": "observer"})
    membership = Membership.objects.get(person=desk.member)
    assert membership.role == "observer"
    browser.post(f"/setup/clients/acme/people/{desk.member.pk}/remove/")
    membership.refresh_from_db()
    assert membership.ended_at is not None


def test_a_role_that_does_not_exist_is_refused(desk: Desk, browser: Client, untouched: Untouched) -> None:
    with untouched():
        answer = browser.post(f"/setup/clients/acme/people/{desk.member.pk}/role/", {"role": "king"})
    assert answer.status_code == 422


def test_a_calendar_is_made_with_holidays_and_own_closings(desk: Desk, browser: Client) -> None:
    form = {"name": "Office", "content": "Europe/Berlin", "country": "de", "region": "by", **WEEK}
    browser.post("/setup/clients/acme/calendars/", {**form, "closings": "2026-12-24 Party"})
    version = CalendarVersion.objects.get(calendar__name="Office")
    assert version.content["weekly"]["mon"] == [["09:00", "12:30"], ["13:30", "17:00"]]
    assert version.content["holidays"]["2026-12-24"] == "Party"
    assert (version.country, version.region) == ("DE", "BY")


def test_a_changed_calendar_is_a_new_version_that_keeps_single_days(desk: Desk, browser: Client) -> None:
    first = desk.contract.calendar.versions.get()
    CalendarVersion.objects.filter(pk=first.pk).update(
        content={**first.content, "overrides": {"2026-05-05": [["09:00", "10:00"]]}}
    )
    page = f"/setup/clients/acme/calendars/{desk.contract.calendar_id}/change/"
    browser.post(page, {"content": "Europe/London", **WEEK})
    newest = desk.contract.calendar.versions.first()
    assert newest is not None
    assert newest.number == 2
    assert newest.content["overrides"] == {"2026-05-05": [["09:00", "10:00"]]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"mon": "nine to five"},
        {"content": "Mars"},
        {"country": "XX"},
        {"closings": "tomorrow"},
        {"mon": "25:00-26:00"},
    ],
)
def test_hours_that_cannot_be_are_refused_in_the_form(
    desk: Desk, browser: Client, untouched: Untouched, wrong: dict[str, str]
) -> None:
    form = {"name": "Office", "content": "Europe/Berlin", "mon": "09:00-17:00", **wrong}
    with untouched():
        assert browser.post("/setup/clients/acme/calendars/", form).status_code == 422


def test_a_years_view_counts_open_days_and_names_what_closes(desk: Desk, browser: Client) -> None:
    desk.contract.calendar.versions.update(
        content={
            "tz": "Europe/London",
            "weekly": {"mon": [["09:00", "17:00"]]},
            "holidays": {"2026-01-05": "Inventory"},
            "overrides": {},
        }
    )
    page = browser.get(f"/setup/clients/acme/calendars/{desk.contract.calendar_id}/?year=2026")
    assert "5 Inventory" in page.content.decode()
    year = page.context["year"]
    assert (year.rows[0].days, year.rows[0].hours) == (3, "24:00")
