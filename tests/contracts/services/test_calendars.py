"""Each edit of a calendar is a new version; one that cannot be reckoned with is refused."""

from typing import Any

import pytest

from contracts.models import CalendarVersion
from contracts.queries import business_calendars_of, calendars_of
from contracts.services import save_calendar
from events.domain.errors import Invalid, NotAllowed
from events.models import Record
from tests.contracts.conftest import Refusal
from tests.factories import MONDAY, Desk, actor_of, moment
from tests.factories.promises import WEEKDAYS_9_TO_17

LONDON = {"tz": "Europe/London", "weekly": WEEKDAYS_9_TO_17}


def save(desk: Desk, by: str = "administrator", **facts: Any) -> CalendarVersion:  # noqa: ANN401 - whatever the service takes
    given = {"name": "Office", "content": LONDON, **facts}
    return save_calendar(actor=actor_of(desk.person(by)), at=MONDAY, client=desk.client, **given)


def test_the_first_save_makes_version_one(desk: Desk) -> None:
    version = save(desk)
    assert (version.number, version.calendar.client, version.calendar.name) == (1, desk.client, "Office")


def test_an_edit_makes_the_next_version_and_keeps_the_old(desk: Desk) -> None:
    first = save(desk)
    second = save(desk, content={**LONDON, "tz": "Europe/Paris"})
    assert (second.number, second.calendar) == (2, first.calendar)
    assert CalendarVersion.objects.get(pk=first.pk).content["tz"] == "Europe/London"


def test_an_edit_is_told(desk: Desk) -> None:
    version = save(desk)
    record = Record.objects.get(kind="calendar.changed")
    assert (record.subject_id, record.client, record.data) == (
        version.calendar_id,
        desk.client,
        {"number": 1},
    )


def test_saving_what_stands_changes_nothing(desk: Desk) -> None:
    assert save(desk) == save(desk)
    assert Record.objects.filter(kind="calendar.changed").count() == 1


def test_public_holidays_and_own_closings_are_written_out(desk: Desk) -> None:
    content = save(desk, country="GB", region="ENG", closings={"2026-03-20": "Moving house"}).content
    assert {"2026-12-25", "2026-03-20"} <= set(content["holidays"])


def test_the_contract_counts_on_the_newest_version(desk: Desk) -> None:
    save(desk, name=desk.contract.calendar.name, content={**LONDON, "weekly": {"sun": [["10:00", "12:00"]]}})
    business = calendars_of(desk.contract)["business"]
    assert business.next_open(MONDAY) == moment("2026-03-08 10:00")


def test_an_always_open_calendar_has_no_holidays(desk: Desk) -> None:
    assert save(desk, content={"always": True}, country="GB").content == {"always": True}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"content": {"tz": "Europe/London", "weekly": {}}}, "cannot be used"),
        ({"content": {"tz": "Mars/Base", "weekly": WEEKDAYS_9_TO_17}}, "cannot be used"),
        ({"content": {"tz": "Europe/London", "weekly": {"mon": [["25:00", "26:00"]]}}}, "cannot be used"),
        ({"content": {}}, "cannot be used"),
        ({"closings": {"someday": "x"}}, "cannot be used"),
        ({"country": "XX"}, "not known"),
        ({"name": " "}, "needs a name"),
    ],
)
def test_a_calendar_that_cannot_be_reckoned_with_is_refused(
    facts: dict[str, Any], words: str, desk: Desk, refused: Refusal
) -> None:
    with refused(Invalid, words):
        save(desk, **facts)


@pytest.mark.parametrize("role", ["poc", "engineer", "lead", "csm"])
def test_only_those_who_manage_contracts_save_calendars(role: str, desk: Desk, refused: Refusal) -> None:
    with refused(NotAllowed, "manage calendars"):
        save(desk, by=role)


def test_a_clients_calendars_are_listed_in_their_newest_state(desk: Desk) -> None:
    save(desk)
    newest = save(desk, content={**LONDON, "tz": "Europe/Paris"})
    assert newest in business_calendars_of(desk.client)
    assert len(business_calendars_of(desk.client)) == 2
