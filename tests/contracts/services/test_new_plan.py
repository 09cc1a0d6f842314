"""A provider adds a plan by writing one file: it loads, is sold, answers questions and can be changed."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contracts.domain.coverage import CoverageAnswer, answer
from contracts.models import BusinessCalendar, Contract, PlanVersion
from contracts.queries import calendars_of, effective_plan, newest_version, offered_plans, version_difference
from contracts.services import load_plans, move_to_version, open_contract
from contracts.services.calendars import save_calendar
from events.domain.actor import SYSTEM
from events.models import Record
from tests.factories import MONDAY, make_client, moment

pytestmark = pytest.mark.django_db

PLAN = (Path(__file__).parents[1] / "lighthouse.toml").read_text("utf-8")

NEW_SERVICE = """
[[services]]
key = "horn"
group = "Sound"
label = "The horn"
stance = "included"
items = ["Air"]

"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue of one file."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "calendars").mkdir()
    (tmp_path / "plans" / "lighthouse.toml").write_text(PLAN, "utf-8")
    return tmp_path


def load(folder: Path) -> list[str]:
    loaded = load_plans(actor=SYSTEM, at=MONDAY, plans=folder / "plans", calendars=folder / "calendars")
    return loaded.plans


def rewrite(folder: Path, old: str, new: str) -> None:
    assert old in PLAN
    (folder / "plans" / "lighthouse.toml").write_text(PLAN.replace(old, new), "utf-8")


@pytest.fixture
def contract(folder: Path) -> Contract:
    """A client that bought the new plan."""
    load(folder)
    client = make_client()
    content = {"tz": "Europe/London", "weekly": {"mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]]}}
    save_calendar(actor=SYSTEM, at=MONDAY, client=client, name="Hours", content=content)
    return open_contract(
        actor=SYSTEM,
        at=MONDAY,
        client=client,
        version=newest_version("lighthouse-keeper"),
        name="Light",
        starts_on=date(2026, 3, 2),
        calendar=BusinessCalendar.objects.get(client=client),
    )


def asked(contract: Contract, **facts: str) -> CoverageAnswer:
    about: dict[str, Any] = {"service_key": "lamp", "request_type": "incident", "urgency": "red", **facts}
    return answer(
        effective_plan(contract),
        add_ons=(),
        production=None,
        calendars=calendars_of(contract),
        at=MONDAY,
        **about,
    )


def test_one_file_is_a_plan_on_offer(folder: Path) -> None:
    assert load(folder) == ["lighthouse-keeper"]
    assert [plan.title for plan in offered_plans()] == ["Lighthouse Keeper"]


def test_a_second_load_makes_no_second_version(folder: Path) -> None:
    load(folder)
    assert load(folder) == []
    assert PlanVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("urgency", "due"),
    [
        ("red", "2026-03-02 09:15"),
        ("orange", "2026-03-02 10:00"),
        ("yellow", "2026-03-02 13:00"),
        ("green", "2026-03-02 17:00"),
    ],
)
def test_it_promises_what_it_says(contract: Contract, urgency: str, due: str) -> None:
    assert asked(contract, urgency=urgency).first_response_due_at == moment(due)


@pytest.mark.parametrize(("service", "is_covered"), [("lamp", True), ("tower", False)])
def test_it_covers_what_it_says(contract: Contract, service: str, is_covered: bool) -> None:
    found = asked(contract, service_key=service)
    assert (found.covered, bool(found.exempt_reason)) == (is_covered, not is_covered)


def test_a_channel_that_it_exempts_promises_nothing(contract: Contract) -> None:
    assert asked(contract, channel="chat").exempt_reason == "Chats carry no service level."


def test_a_changed_file_leaves_the_running_contract_alone(contract: Contract, folder: Path) -> None:
    rewrite(folder, 'red = "15m"', 'red = "10m"')
    assert load(folder) == ["lighthouse-keeper"]
    contract.refresh_from_db()
    assert (contract.plan_version.number, newest_version("lighthouse-keeper").number) == (1, 2)


def test_the_difference_is_one_place(contract: Contract, folder: Path) -> None:
    rewrite(folder, 'red = "15m"', 'red = "10m"')
    load(folder)
    (place,) = version_difference(contract.plan_version, newest_version("lighthouse-keeper"))
    assert place.path.startswith("targets.first_response.incident.red")
    assert (place.before, place.after) == (900, 600)


def test_a_service_that_is_added_shows_as_new(contract: Contract, folder: Path) -> None:
    rewrite(folder, "[escalation]", NEW_SERVICE + "[escalation]")
    load(folder)
    places = version_difference(contract.plan_version, newest_version("lighthouse-keeper"))
    assert {place.before for place in places} == {None}
    assert all(place.path.startswith("services.horn") for place in places)


def test_the_move_is_told_with_what_changes(contract: Contract, folder: Path) -> None:
    rewrite(folder, 'red = "15m"', 'red = "10m"')
    load(folder)
    move_to_version(actor=SYSTEM, at=MONDAY, contract=contract, version=newest_version("lighthouse-keeper"))
    told = Record.objects.get(kind="contract.moved").data
    assert (told["before"], told["after"], len(told["changed"])) == (1, 2, 1)
    assert asked(Contract.objects.get()).first_response_due_at == moment("2026-03-02 09:10")
