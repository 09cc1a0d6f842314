"""Plan and calendar files become versions; a fault anywhere loads nothing."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from contracts.domain.canonical import digest_of
from contracts.models import CalendarVersion, PlanVersion
from contracts.queries import newest_version, offered_plans, plan_of_version, shared_calendars
from contracts.reading import PlanFaults
from contracts.services import load_plans
from contracts.services.plans import CALENDARS, PLANS, Loaded
from events.domain.actor import SYSTEM
from events.domain.errors import NotAllowed, NotHere
from events.models import Record
from tests.contracts.conftest import Refusal, counts
from tests.factories import MONDAY, Desk, actor_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(PLANS, tmp_path / "plans")
    shutil.copytree(CALENDARS, tmp_path / "calendars")
    return tmp_path


@pytest.fixture
def load(folder: Path) -> Callable[..., Loaded]:
    def run(days: int = 0) -> Loaded:
        at = MONDAY + timedelta(days=days)
        return load_plans(actor=SYSTEM, at=at, plans=folder / "plans", calendars=folder / "calendars")

    return run


def edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_the_first_load_makes_version_one_of_every_plan_and_calendar(load: Callable[..., Loaded]) -> None:
    loaded = load()
    assert (len(loaded.plans), len(loaded.calendars)) == (12, 4)
    assert set(PlanVersion.objects.values_list("number", flat=True)) == {1}


def test_a_second_load_changes_nothing(load: Callable[..., Loaded]) -> None:
    load()
    before = counts()
    assert (load(days=1).unchanged, counts()) == (16, before)


def test_a_changed_file_makes_a_new_version_and_keeps_the_old(
    load: Callable[..., Loaded], folder: Path
) -> None:
    load()
    edit(folder / "plans" / "total-care.toml", 'low = "16h"', 'low = "12h"')
    assert len(load(days=1).plans) == 4
    both = PlanVersion.objects.filter(key="total-care").order_by("number")
    assert [plan_of_version(version).targets[3].seconds for version in both] == [16 * 3600, 12 * 3600]


def test_a_new_version_is_told(load: Callable[..., Loaded]) -> None:
    load()
    kinds = Record.objects.values_list("kind", flat=True)
    assert (list(kinds).count("plan.loaded"), list(kinds).count("calendar.changed")) == (12, 4)


def test_a_comment_in_a_file_makes_no_version(load: Callable[..., Loaded], folder: Path) -> None:
    load()
    edit(folder / "plans" / "total-care.toml", "# Total Care", "# Really Total Care")
    assert load(days=1).plans == []


def test_a_changed_calendar_file_makes_a_new_state(load: Callable[..., Loaded], folder: Path) -> None:
    load()
    edit(folder / "calendars" / "idalko-standard.toml", "17:00", "18:00")
    assert load(days=1).calendars == ["idalko-standard"]
    assert [row.number for row in shared_calendars() if row.calendar.name == "idalko-standard"] == [2]


def test_a_fault_in_one_file_loads_none(load: Callable[..., Loaded], folder: Path) -> None:
    edit(folder / "plans" / "idalko.toml", 'severity-a = "4h"', 'severity-a = "4"')
    before = counts()
    with pytest.raises(PlanFaults):
        load()
    assert counts() == before


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [('country = "BE"', 'country = "XX"', "no country"), ('mon = [["09:00", "17:00"]]', "mon = [[]]", "mon")],
)
def test_a_calendar_that_cannot_be_reckoned_with_is_a_fault(
    old: str, new: str, words: str, load: Callable[..., Loaded], folder: Path
) -> None:
    edit(folder / "calendars" / "idalko-standard.toml", old, new)
    with pytest.raises(PlanFaults, match=words):
        load()


def test_holidays_are_written_out_with_their_names(load: Callable[..., Loaded]) -> None:
    load()
    content = CalendarVersion.objects.get(calendar__name="idalko-premium").content
    assert {"2026-01-01", "2036-12-25"} <= set(content["holidays"])


def test_the_stored_digest_is_that_of_the_stored_body(load: Callable[..., Loaded]) -> None:
    load()
    assert all(version.digest == digest_of(version.body) for version in PlanVersion.objects.all())


def test_the_catalogue_offers_the_newest_versions(load: Callable[..., Loaded], folder: Path) -> None:
    load()
    edit(folder / "plans" / "premier.toml", 'title = "Select"', 'title = "Selected"')
    load(days=1)
    assert [plan.title for plan in offered_plans() if plan.key == "select"] == ["Selected"]
    assert newest_version("select").number == 2


def test_a_plan_that_nobody_offers_is_not_here() -> None:
    with pytest.raises(NotHere):
        newest_version("gold")


def test_only_administrators_load_plans(desk: Desk, refused: Refusal) -> None:
    with refused(NotAllowed, "Administrators"):
        load_plans(actor=actor_of(desk.account_executive), at=MONDAY)


def test_the_command_loads_and_checks() -> None:
    out = StringIO()
    call_command("load_plans", stdout=out)
    call_command("load_plans", check=True, stdout=out)
    assert "12 plans changed" in out.getvalue()
    assert "12 plans read, no fault" in out.getvalue()


def test_the_command_tells_all_faults_and_fails(folder: Path) -> None:
    (folder / "plans" / "broken.toml").write_text("x", "utf-8")
    edit(folder / "plans" / "idalko.toml", 'severity-a = "4h"', 'severity-a = "4"')
    arguments = {"plans": folder / "plans", "calendars": folder / "calendars"}
    with pytest.raises(CommandError, match=r"(?s)faults, nothing loaded.*broken\.toml.*idalko\.toml"):
        call_command("load_plans", check=True, **arguments)
