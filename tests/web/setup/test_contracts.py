"""Contracts opened, settled, amended, moved and ended; who and what stands in them."""

import pytest
from django.test import Client

from contracts.models import Amendment, Contract, NamedContact, PlanVersion, Sop
from escalation.models import Tier
from tests.factories import Desk, make_contract, make_desk, make_environment, name_contact
from tests.web.setup.conftest import SignedIn, Untouched

OPENING = {"name": "Support", "starts_on": "2026-02-01", "currency": "GBP", "switches": []}


def page(desk: Desk, rest: str = "") -> str:
    """An address below the desk's contract."""
    return f"/setup/contracts/{desk.contract.pk}/{rest}"


def test_opening_a_contract_begins_with_the_plan(desk: Desk, browser: Client) -> None:
    assert "?plan=total-care" in browser.get("/setup/clients/acme/contracts/").content.decode()


def test_a_contract_is_opened_with_its_facts(desk: Desk, browser: Client) -> None:
    make_contract(make_desk("OTHER").client, "premier-support")
    form = {**OPENING, "calendar": desk.contract.calendar_id, "contact_domains": "acme.example, acme.test"}
    answer = browser.post("/setup/clients/acme/contracts/?plan=premier-support", form)
    opened = Contract.objects.get(client=desk.client, name="Support")
    assert answer["Location"] == f"/setup/contracts/{opened.pk}/"
    assert opened.contact_domains == ["acme.example", "acme.test"]
    assert opened.switches["escalate_first_response"] is False


def test_a_second_contract_of_one_plan_is_refused_in_the_form(
    desk: Desk, browser: Client, untouched: Untouched
) -> None:
    form = {**OPENING, "calendar": desk.contract.calendar_id}
    with untouched():
        answer = browser.post("/setup/clients/acme/contracts/?plan=total-care", form)
    assert answer.status_code == 422
    assert "end it first" in answer.content.decode()


def test_facts_are_settled(desk: Desk, browser: Client) -> None:
    form = {"reference": "K-7", "currency": "EUR", "csm": desk.csm.pk, "hours_period": "month"}
    browser.post(
        page(desk, "settle/"), {**form, "hours_per_period_minutes": "20:00", "rollover_periods": "1"}
    )
    desk.contract.refresh_from_db()
    assert (desk.contract.reference, desk.contract.csm) == ("K-7", desk.csm)
    assert desk.contract.hours_per_period_minutes == 1200


def test_a_contract_is_ended_on_a_day(desk: Desk, browser: Client) -> None:
    browser.post(page(desk, "end/"), {"ends_on": "2026-12-31"})
    desk.contract.refresh_from_db()
    assert f"{desk.contract.ends_on}" == "2026-12-31"


def test_a_contract_does_not_end_before_it_starts(desk: Desk, browser: Client, untouched: Untouched) -> None:
    with untouched():
        assert browser.post(page(desk, "end/"), {"ends_on": "2025-12-31"}).status_code == 422


def test_an_amendment_takes_a_number_or_a_table(desk: Desk, browser: Client) -> None:
    agreed = {"reason": "Agreed in May", "agreed_by_client": "Ann"}
    browser.post(page(desk, "amend/"), {"path": "close_after_days", "value": "14", **agreed})
    where = "targets.first_response.incident.critical"
    browser.post(page(desk, "amend/"), {"path": where, "value": '{"seconds": 900}', **agreed})
    assert [one.value for one in Amendment.objects.all()] == [14, {"seconds": 900}]
    assert "Agreed in May" in browser.get(page(desk)).content.decode()


def test_an_amendment_of_nothing_is_refused_with_what_was_typed(
    desk: Desk, browser: Client, untouched: Untouched
) -> None:
    form = {"path": "no.such.place", "value": "14", "reason": "Why", "agreed_by_client": "Ann"}
    with untouched():
        answer = browser.post(page(desk, "amend/"), form)
    assert answer.status_code == 422
    assert "no.such.place" in answer.content.decode()


def test_a_move_shows_the_difference_and_then_moves(desk: Desk, browser: Client) -> None:
    old = desk.contract.plan_version
    body = {**old.body, "close_after_days": 21}
    newer = PlanVersion.objects.create(
        key=old.key,
        number=2,
        title=old.title,
        family=old.family,
        body=body,
        digest="2",
        loaded_at=old.loaded_at,
    )
    assert "Version 2 is out" in browser.get(page(desk)).content.decode()
    shown = browser.get(page(desk, f"move/{newer.pk}/")).content.decode()
    assert "Solved tickets close by themselves after (days)" in shown
    browser.post(page(desk, f"move/{newer.pk}/"))
    desk.contract.refresh_from_db()
    assert desk.contract.plan_version == newer


def test_named_contacts_are_named_swapped_and_released(db: None, browser: Client) -> None:
    desk = make_desk("NAMED", "premier-support", contact_domains=["named.example"])
    browser.post(page(desk, "people/name/"), {"person": desk.poc.pk})
    browser.post(page(desk, f"people/{desk.poc.pk}/swap/"), {"person": desk.member.pk})
    living = NamedContact.objects.filter(contract=desk.contract, ended_at__isnull=True)
    assert [one.person for one in living] == [desk.member]
    browser.post(page(desk, f"people/{desk.member.pk}/release/"))
    assert not living.all().exists()


def test_a_slot_of_somebody_who_holds_none_is_not_there(desk: Desk, browser: Client) -> None:
    assert browser.post(page(desk, f"people/{desk.poc.pk}/release/")).status_code == 404


def test_an_engineer_is_cleared_and_the_clearance_taken_back(desk: Desk, browser: Client) -> None:
    browser.post(page(desk, "clearances/"), {"person": desk.engineer.pk})
    cleared = desk.contract.clearances.filter(ended_at__isnull=True)
    assert cleared.count() == 1
    browser.post(page(desk, f"clearances/{desk.engineer.pk}/end/"))
    assert not cleared.exists()


def test_the_path_is_set_as_a_whole_and_leaves_unnamed_tiers_out(desk: Desk, browser: Client) -> None:
    form = {"tier1-label": "Manager", "tier1-person": desk.csm.pk, "tier1-minutes": "60"}
    form |= {"tier4-label": "Head", "tier4-person": desk.lead.pk, "tier4-minutes": "240"}
    browser.post(page(desk, "path/"), form)
    tiers = Tier.objects.filter(contract=desk.contract)
    assert [(tier.level, tier.label, tier.acknowledge_seconds) for tier in tiers] == [
        (1, "Manager", 3600),
        (2, "Head", 14_400),
    ]


def test_a_tier_needs_somebody_and_a_time(desk: Desk, browser: Client, untouched: Untouched) -> None:
    with untouched():
        answer = browser.post(page(desk, "path/"), {"tier1-label": "Manager"})
    assert answer.status_code == 422
    assert "Name somebody" in answer.content.decode()


def test_a_system_is_added_changed_and_retired(desk: Desk, browser: Client) -> None:
    facts = {"product": "Jira", "is_production": "on", "is_supported": "on", "plug_ins": "Maps, Charts"}
    browser.post(page(desk, "systems/add/"), {"name": "Main", **facts})
    system = desk.contract.environments.get(name="Main")
    assert system.plug_ins == ["Maps", "Charts"]
    browser.post(f"/setup/systems/{system.pk}/", {**facts, "version": "10.4"})
    browser.post(f"/setup/systems/{system.pk}/retire/")
    system.refresh_from_db()
    assert system.version == "10.4"
    assert system.retired_at is not None


def test_maintenance_is_announced_on_the_clients_clock_and_called_off(desk: Desk, browser: Client) -> None:
    system = make_environment(desk.contract)
    form = {"starts_at": "2030-07-01T22:00", "ends_at": "2030-07-02T02:00", "summary": "Upgrade"}
    browser.post(f"/setup/systems/{system.pk}/maintenance/", form)
    window = system.windows.get()
    assert f"{window.starts_at:%H:%M}" == "21:00"
    browser.post(f"/setup/maintenance/{window.pk}/call-off/")
    window.refresh_from_db()
    assert window.cancelled_at is not None


@pytest.mark.parametrize("act", ["", "retire/", "maintenance/"])
def test_an_account_executive_finds_no_system_of_another_client(
    desk: Desk, signed_in: SignedIn, act: str
) -> None:
    system = make_environment(make_desk("OTHER").contract)
    browser = signed_in(desk.account_executive)
    assert browser.post(f"/setup/systems/{system.pk}/{act}").status_code == 404


def test_a_golden_rule_is_proposed_agreed_and_declined(desk: Desk, browser: Client) -> None:
    rule = {"title": "Changes on Fridays", "body": "None."}
    browser.post(page(desk, "rules/propose/"), rule)
    sop = Sop.objects.get(contract=desk.contract)
    first = sop.versions.get()
    assert first.provider_agreed_at is not None
    browser.post(page(desk, f"rules/wordings/{first.pk}/decline/"), {"reason": "Too strict"})
    first.refresh_from_db()
    assert first.declined_at is not None
    browser.post(page(desk, f"rules/{sop.pk}/propose/"), {"body": "Only urgent ones."})
    assert sop.versions.count() == 2


def test_a_precondition_is_shown_to_be_in_place(browser: Client, db: None) -> None:
    desk = make_desk("MANA", "managed-self-hosted")
    answer = browser.get(page(desk, "beginning/"))
    wanted = answer.context["preconditions"]
    for one in wanted:
        proof = {"proof": "Seen it run.", "met_on": "2026-02-01"}
        browser.post(page(desk, f"preconditions/{one['wanted'].key}/"), proof)
    assert desk.contract.preconditions.count() == len(wanted)
    assert browser.get(page(desk, "preconditions/nothing/")).status_code == 404


def test_a_plan_that_nobody_offers_is_not_there(desk: Desk, browser: Client) -> None:
    assert browser.get("/setup/plans/nothing/").status_code == 404
    assert browser.get("/setup/plans/total-care/1-9/").status_code == 404
    assert browser.get("/setup/clients/acme/contracts/?plan=nothing").status_code == 404


def test_named_contact_pages_offer_only_people_without_a_slot(db: None, browser: Client) -> None:
    desk = make_desk("NAMED", "premier-support")
    name_contact(desk.contract, desk.poc)
    offered = browser.get(page(desk, "people/name/")).context["form"].fields["person"].queryset
    assert desk.poc not in offered
    assert desk.member in offered
